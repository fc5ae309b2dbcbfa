// Reads JSON without losing what Go keeps: int64 beyond 2^53 become bigint, whole floats such as `1.0` become GoFloat.
import {GoFloat} from '../go-number.ts';

// A number JSON.parse would change for Go: 16 or more digits, an exponent, or a fraction of zeros only. It may also match
// inside a string; then the slow way is taken for nothing, and is still right.
const SPECIAL = /[\s:,[]-?(?:\d{16}|\d+(?:\.\d+)?[eE]|\d+\.0+(?!\d))/;
const NEGATIVE_ZERO = /-0[\s,}\]]/;

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** A number as Go's JSON decoders for untyped objects hold it: int64 when it is written as one and fits, else float64. */
export const goNumber = (source: string): number | bigint | GoFloat => {
  if (/^-?\d+$/.test(source)) {
    const small = Number(source);
    if (Number.isSafeInteger(small)) return small === 0 ? 0 : small;
    const big = BigInt(source);
    return big <= INT64_MAX && big >= INT64_MIN ? big : small;
  }
  const value = Number(source);
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? new GoFloat(value) : value;
};

type ReviverContext = {readonly source?: string};

const lossless = function (this: unknown, _key: string, value: unknown, context?: ReviverContext): unknown {
  return typeof value === 'number' && context?.source !== undefined ? goNumber(context.source) : value;
};

const needsCare = (text: string): boolean => SPECIAL.test(text) || NEGATIVE_ZERO.test(text) || /^\s*-?\d/.test(text);

/** Parses JSON text. Fast (plain `JSON.parse`) unless the text holds a number that needs care. */
export const readJson = (text: string): unknown =>
  needsCare(text) ? (JSON.parse(text, lossless) as unknown) : (JSON.parse(text) as unknown);
