// Writes KYAML, the flow-style YAML dialect of `-o kyaml`: every string quoted, keys bare when safe, trailing commas.
import {isGoPrintable} from '../go-syntax.ts';
import {GoFloat} from '../go-number.ts';
import {sortedKeys} from '../json/order.ts';
import {writeJson, type KeyOrder} from '../json/write.ts';
import {isTimestamp} from './resolve.ts';

/** One document without the leading `---` and without a line break at the end. `top` keeps the first level as it was built. */
export const writeKyaml = (value: unknown, order: KeyOrder = 'sorted', top = false): string => node(value, 0, order, top);

const pad = (indent: number): string => '  '.repeat(indent);

const isCollection = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof GoFloat);

const node = (value: unknown, indent: number, order: KeyOrder, asBuilt: boolean): string => {
  if (typeof value === 'string') return kyamlString(value, indent + 1, false);
  if (Array.isArray(value)) return sequence(value as unknown[], indent, order);
  if (isCollection(value)) return mapping(value as Record<string, unknown>, indent, order, asBuilt);
  return writeJson(value);
};

const sequence = (items: readonly unknown[], indent: number, order: KeyOrder): string => {
  if (items.length === 0) return '[]';
  // Lists of maps or lists are cuddled: the brackets share lines.
  if (items.every(isCollection)) return `[${items.map((item) => node(item, indent, order, false)).join(', ')}]`;
  const lines = items.map((item) => `${pad(indent + 1)}${node(item, indent + 1, order, false)},\n`);
  return `[\n${lines.join('')}${pad(indent)}]`;
};

const mapping = (value: Record<string, unknown>, indent: number, order: KeyOrder, asBuilt: boolean): string => {
  const keys = (asBuilt || order === 'struct' ? Object.keys(value) : sortedKeys(value)).filter((key) => value[key] !== undefined);
  if (keys.length === 0) return '{}';
  const lines = keys.map((key) => {
    const name = needsQuotes(key) ? kyamlString(key, indent + 1, true) : key;
    return `${pad(indent + 1)}${name}: ${node(value[key], indent + 1, order, false)},\n`;
  });
  return `{\n${lines.join('')}${pad(indent)}}`;
};

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\0': '\\0',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** A double-quoted string; with several lines and not `compact`, one line of the text per line of the output. */
const kyamlString = (text: string, indent: number, compact: boolean): string => {
  const several = !compact && text.includes('\n');
  let out = several ? '"\\\n' : '"';
  for (const char of text.toWellFormed()) {
    if (out.endsWith('\n')) {
      // Blanks at the start of a line would be folded away, so the first one is escaped.
      out += pad(indent) + (/^\s$/u.test(char) && char !== '\n' && char !== '\ufeff' ? '\\' : ' ');
    }
    out += escaped(char, compact);
  }
  if (several) out += `${out.endsWith('\n') ? '' : '\\\n'}${pad(indent)}`;
  return `${out}"`;
};

const escaped = (char: string, compact: boolean): string => {
  if (char === '\n') return compact ? '\\n' : '\\n\\\n';
  if (char === '\t') return compact ? '\\t' : '\t';
  if (char === '"' || char === '\\') return `\\${char}`;
  if (isGoPrintable(char)) return char;
  const named = NAMED[char];
  if (named !== undefined) return named;
  const code = char.codePointAt(0)!;
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
};

const WORDS = new Set([
  'null',
  '~',
  '',
  'true',
  'y',
  'yes',
  'on',
  'false',
  'n',
  'no',
  'off',
  '.inf',
  '-.inf',
  '+.inf',
  '.nan',
  't',
  'f',
]);
const GO_BOOLS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False']);
const INTEGER = /^[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf|infinity|nan|0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)p[-+]?\d+)$/i;
const SEXAGESIMAL = /^[+-]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

const looksLikeAnotherType = (text: string): boolean => {
  if (GO_BOOLS.has(text)) return true;
  if (text.length <= 5 && text !== 't' && text !== 'f' && text !== 'T' && text !== 'F' && WORDS.has(text.toLowerCase()))
    return true;
  const plain = text.replaceAll('_', '');
  if (INTEGER.test(plain) && parsesAsInteger(plain)) return true;
  if (FLOAT.test(plain) && (!/^[-+]?nan$/i.test(plain) || /^nan$/i.test(plain)) && parsesAsFloat(plain)) return true;
  return SEXAGESIMAL.test(text) || isTimestamp(text);
};

const parsesAsInteger = (text: string): boolean => {
  const digits = text.replace(/^[-+]/, '').toLowerCase();
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith('-') ? value <= 2n ** 63n : value < 2n ** 63n;
};

const parsesAsFloat = (text: string): boolean => /inf|nan|x/i.test(text) || Number.isFinite(Number(text));

const needsQuotes = (text: string): boolean => {
  if (looksLikeAnotherType(text) || text === '') return true;
  const chars = Array.from(text);
  return chars.some((char, index) => {
    if (/^[\p{L}\p{N}_]$/u.test(char)) return false;
    return !(index > 0 && index < chars.length - 1 && (char === '-' || char === '.' || char === '/'));
  });
};
