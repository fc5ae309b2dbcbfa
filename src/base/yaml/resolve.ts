// What a plain YAML 1.1 scalar means to Go's yaml.v2: null, bool, int, float, timestamp, or a string.
import {GoFloat} from '../go-number.ts';

/** A resolved plain scalar. Timestamps stay text: Kubernetes reads them as strings. */
export type Resolved =
  | {readonly tag: 'null' | 'bool' | 'int' | 'float' | 'merge'; readonly value: unknown}
  | {readonly tag: 'timestamp' | 'str'; readonly value: string};

const WORDS = new Map<string, Resolved>();
const words = (resolved: Resolved, ...spellings: string[]): void => {
  for (const spelling of spellings) WORDS.set(spelling, resolved);
};
words({tag: 'bool', value: true}, 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON');
words({tag: 'bool', value: false}, 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF');
words({tag: 'null', value: null}, '', '~', 'null', 'Null', 'NULL');
words({tag: 'float', value: NaN}, '.nan', '.NaN', '.NAN');
words({tag: 'float', value: Infinity}, '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF');
words({tag: 'float', value: -Infinity}, '-.inf', '-.Inf', '-.INF');

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
// Here yaml.v2 hands the text to ParseFloat as it stands, which knows Go's underscores between digits.
const DOT_FLOAT = /^\.[0-9](_?[0-9])*([eE][-+]?[0-9](_?[0-9])*)?$/;
const INT = /^[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)$/;
const TIMESTAMP = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)?)?$/;

const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** Resolves a plain scalar as yaml.v2 does. */
export const resolvePlain = (text: string): Resolved => {
  const first = text.charCodeAt(0);
  const digit = first >= 48 && first <= 57;
  if (!digit && !'+-.yYnNtTfFoO~'.includes(text[0] ?? '~'))
    return text === '<<' ? {tag: 'merge', value: '<<'} : {tag: 'str', value: text};
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (first === 46) {
    const value = DOT_FLOAT.test(text) ? Number(text.replaceAll('_', '')) : Infinity;
    return Number.isFinite(value) ? float(value) : {tag: 'str', value: text};
  }
  if (!digit && first !== 43 && first !== 45) return {tag: 'str', value: text};
  if (isTimestamp(text)) return {tag: 'timestamp', value: text};
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const whole = INT.test(plain) ? int(plain) : undefined;
  if (whole !== undefined) return {tag: 'int', value: whole};
  if (FLOAT.test(plain)) {
    const value = Number(plain);
    // Go's ParseFloat refuses what overflows.
    if (Number.isFinite(value)) return float(value);
  }
  return {tag: 'str', value: text};
};

const float = (value: number): Resolved => ({tag: 'float', value: Number.isSafeInteger(value) ? new GoFloat(value) : value});

const int = (plain: string): number | bigint | undefined => {
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '');
  if (/^[1-9][0-9]{0,14}$/.test(digits)) return negative ? -Number(digits) : Number(digits);
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  if (negative ? value > MAX_INT64 + 1n : value > (plain.startsWith('+') ? MAX_INT64 : MAX_UINT64)) return undefined;
  const small = Number(negative ? -value : value);
  return Number.isSafeInteger(small) ? (small === 0 ? 0 : small) : negative ? -value : value;
};

/** Whether Go reads the text as a date, with or without a time. */
export const isTimestamp = (text: string): boolean => {
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const [, year, month, day, between, hour, minute, second, zone] = match;
  if (between === ' ' ? zone !== undefined : between !== undefined && zone === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (Number(month) < 1 || Number(month) > 12 || date.getUTCDate() !== Number(day) || Number(day) < 1) return false;
  if (hour !== undefined && (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)) return false;
  return zone === undefined || zone === 'Z' || (Number(zone.slice(1, 3)) <= 24 && Number(zone.slice(4)) < 60);
};

const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether a plain spelling of this string would be read back as the same string, also by parsers with base 60 numbers. */
export const isPlainString = (text: string): boolean => {
  const tag = resolvePlain(text).tag;
  return (tag === 'str' || tag === 'merge') && !(text.includes(':') && SEXAGESIMAL.test(text));
};
