// The value of one flag: how text becomes it, in pflag's types and with Go's complaints.
import {quoteGo} from './quote-go.ts';
import {splitCsv} from './csv.ts';
import {parseGoDuration} from './go-duration.ts';
import type {Flag} from '../verb.ts';

/** What a flag holds once parsed. */
export type FlagValue = string | number | boolean | readonly string[] | undefined;

/** Either a value, or Go's words for what is wrong with the text. */
export type Parsed = {readonly value: FlagValue} | {readonly error: string};

const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

const parseBool = (text: string): Parsed => {
  if (TRUE.has(text)) return {value: true};
  if (FALSE.has(text)) return {value: false};
  return {error: `strconv.ParseBool: parsing ${quoteGo(text)}: invalid syntax`};
};

const INT = /^[+-]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9]\d*|0)$/;

const parseInteger = (text: string): Parsed => {
  if (!INT.test(text)) return {error: `strconv.ParseInt: parsing ${quoteGo(text)}: invalid syntax`};
  const digits = text.replace(/^[+-]/, '').replace(/^0([0-7]+)$/, '0o$1');
  const value = BigInt(digits) * (text.startsWith('-') ? -1n : 1n);
  if (value > 2n ** 63n - 1n || value < -(2n ** 63n))
    return {error: `strconv.ParseInt: parsing ${quoteGo(text)}: value out of range`};
  return {value: Number(value)};
};

/** Adds one occurrence of a flag to what it held; `before` is undefined on its first occurrence. */
export const addOccurrence = (flag: Flag, text: string, before: FlagValue): Parsed => {
  switch (flag.type) {
    case 'bool':
      return parseBool(text);
    case 'tri':
      return parseBool(text);
    case 'int':
      return parseInteger(text);
    case 'duration': {
      const parsed = parseGoDuration(text);
      return typeof parsed === 'number' ? {value: parsed} : parsed;
    }
    case 'csv': {
      const parsed = splitCsv(text);
      if ('error' in parsed) return parsed;
      return {value: [...((before as readonly string[] | undefined) ?? []), ...parsed]};
    }
    case 'map': {
      const parsed = splitCsv(text);
      if ('error' in parsed) return parsed;
      const wrong = parsed.find((pair) => !pair.includes('='));
      if (wrong !== undefined) return {error: `${wrong} must be formatted as key=value`};
      return {value: [...((before as readonly string[] | undefined) ?? []), ...parsed]};
    }
    case 'list':
      return {value: [...((before as readonly string[] | undefined) ?? []), text]};
    default:
      return {value: text};
  }
};

/** What a flag holds when it does not stand on the command line. */
export const defaultOf = (flag: Flag): FlagValue => {
  if (flag.default !== undefined) {
    if (flag.type === 'duration' && typeof flag.default === 'string') {
      const parsed = parseGoDuration(flag.default);
      return typeof parsed === 'number' ? parsed : 0;
    }
    return flag.default;
  }
  switch (flag.type) {
    case 'bool':
      return false;
    case 'int':
    case 'duration':
      return 0;
    case 'csv':
    case 'list':
    case 'map':
      return [];
    case 'tri':
      return undefined;
    default:
      return '';
  }
};

/** The value a flag takes when it stands alone; undefined: it needs one. */
export const bareValue = (flag: Flag): string | undefined =>
  flag.bare ?? (flag.type === 'bool' || flag.type === 'tri' ? 'true' : undefined);
