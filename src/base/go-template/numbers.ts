// Number constants of a template by the rules of Go's ideal constants.
import {GoFloat} from '../go-number.ts';
import {goQuote} from '../go-syntax.ts';
import {GoInt} from './values.ts';
import {unquote} from '../jsonpath/unquote.ts';

const INTEGER = /^[-+]?(?:0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/;
const FLOAT = /^[-+]?(?:(?:\d(?:_?\d)*)?\.?(?:\d(?:_?\d)*)?)(?:[eE][-+]?\d+)?$/;
const HEX_FLOAT = /^([-+]?)0[xX]([0-9a-fA-F_]*)\.?([0-9a-fA-F_]*)[pP]([-+]?\d+)$/;

/** Value of a number token. Throws text/template's message. */
export const numberValue = (text: string): unknown => {
  const plain = text.replaceAll('_', '');
  if (INTEGER.test(text)) {
    const value = integer(plain);
    if (value >= -(2n ** 63n) && value < 2n ** 63n) return new GoInt(value);
    // Too big for an int; an unsigned one parses but overflows when it is used.
    if (value < 2n ** 64n && !text.startsWith('+') && !text.startsWith('-')) return {overflow: true};
    throw new Error(`integer overflow: ${goQuote(text)}`);
  }
  const hex = HEX_FLOAT.exec(plain);
  if (hex !== null) {
    const digits = `${hex[2]}${hex[3]}`;
    const value =
      (hex[1] === '-' ? -1 : 1) * Number(BigInt(`0x${digits === '' ? '0' : digits}`)) * 2 ** (Number(hex[4]) - 4 * hex[3]!.length);
    return asFloat(value);
  }
  if (FLOAT.test(text) && /\d/.test(text)) {
    const value = Number(plain);
    if (!/[.eE]/.test(text)) throw new Error(`integer overflow: ${goQuote(text)}`);
    if (Number.isFinite(value)) return asFloat(value);
  }
  throw new Error(`illegal number syntax: ${goQuote(text)}`);
};

const asFloat = (value: number): unknown => (Number.isSafeInteger(value) ? new GoFloat(value) : value);

const integer = (plain: string): bigint => {
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '').toLowerCase();
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return negative ? -value : value;
};

/** Value of a character constant such as `'a'`. */
export const characterValue = (text: string): GoInt => {
  const inner = unquote(text);
  if (inner === undefined) {
    if (text === "''" || text === "'''") throw new Error('invalid syntax');
    throw new Error(text.startsWith("'\\") ? 'invalid syntax' : `malformed character constant: ${text}`);
  }
  const chars = Array.from(inner);
  if (chars.length === 0) throw new Error('invalid syntax');
  if (chars.length > 1) throw new Error(`malformed character constant: ${text}`);
  return new GoInt(BigInt(chars[0]!.codePointAt(0)!));
};
