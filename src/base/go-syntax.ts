// Go's `%q` and `%#v`: values written as Go source, as they appear in kubectl's error texts.
import {formatFloatG, GoFloat, isGoInt} from './go-number.ts';
import {sortedKeys} from './json/order.ts';

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const PLAIN = /^[ !#-[\]-~]*$/;

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** Whether Go's `unicode.IsPrint` says yes: letters, marks, numbers, punctuation, symbols and the ASCII blank. */
export const isGoPrintable = (char: string): boolean => PRINTABLE.test(char);

const escapeRune = (char: string, quote: string, asciiOnly: boolean): string => {
  if (char === quote) return `\\${char}`;
  const named = NAMED[char];
  if (named !== undefined) return named;
  const code = char.codePointAt(0)!;
  if (asciiOnly ? code >= 0x20 && code < 0x7f : isGoPrintable(char)) return char;
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
};

/** `%q` of a string; `asciiOnly` is `%+q`. */
export const goQuote = (text: string, asciiOnly = false): string => {
  if (PLAIN.test(text)) return `"${text}"`;
  return `"${Array.from(text.toWellFormed(), (char) => escapeRune(char, '"', asciiOnly)).join('')}"`;
};

/** `%q` of an int: a character in single quotes. */
export const goQuoteRune = (code: number, asciiOnly = false): string => {
  const valid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
  return `'${escapeRune(String.fromCodePoint(valid ? code : 0xfffd), "'", asciiOnly)}'`;
};

/** `%#v` of a value read from JSON: `map[string]interface {}{"a":1}`. */
export const goSyntax = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return goQuote(value);
    case 'number':
      return isGoInt(value) ? String(value) : sharpFloat(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      break;
  }
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (value instanceof GoFloat) return sharpFloat(value.value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  const object = value as Record<string, unknown>;
  const pairs = sortedKeys(object)
    .filter((key) => object[key] !== undefined)
    .map((key) => `${goQuote(key)}:${goSyntax(object[key])}`);
  return `map[string]interface {}{${pairs.join(', ')}}`;
};

const sharpFloat = (value: number): string => formatFloatG(value);
