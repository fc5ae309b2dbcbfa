// Values while a Go template runs. JSON values stand for themselves; these types tell apart what Go tells apart.
import {GoFloat, isGoInt} from '../go-number.ts';

/** Go's `int`, as literals and `len` give it; numbers from JSON are int64. */
export class GoInt {
  readonly value: bigint;

  constructor(value: bigint | number) {
    this.value = BigInt(value);
  }

  toString(): string {
    return this.value.toString();
  }
}

/** A byte of a string, which `index` gives. */
export class GoByte extends GoInt {}

/** A value taken out of a map or list: Go sees an `interface {}` around it until a pipeline looks inside. */
export class Boxed {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** No value at all: a missing key. Prints `<no value>`. */
export const NOTHING = undefined;

/** What a box holds; an empty box holds nothing. */
export const unbox = (value: unknown): unknown => (value instanceof Boxed ? (value.value === null ? NOTHING : value.value) : value);

/** Groups of values that compare with each other. */
export type BasicKind = 'bool' | 'int' | 'float' | 'string' | 'uint' | 'other';

export const basicKind = (value: unknown): BasicKind => {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (value instanceof GoByte) return 'uint';
  if (value instanceof GoInt || isGoInt(value)) return 'int';
  if (value instanceof GoFloat || typeof value === 'number') return 'float';
  return 'other';
};

/** An int of any kind as bigint. */
export const intOf = (value: unknown): bigint => (value instanceof GoInt ? value.value : BigInt(value as number | bigint));

/** The Go type of a value, as `%T` and errors show it. */
export const goType = (value: unknown): string => {
  if (value instanceof Boxed) return 'interface {}';
  if (value === null || value === undefined) return '<nil>';
  switch (basicKind(value)) {
    case 'bool':
      return 'bool';
    case 'string':
      return 'string';
    case 'uint':
      return 'uint8';
    case 'int':
      return value instanceof GoInt ? 'int' : 'int64';
    case 'float':
      return 'float64';
    default:
      return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
  }
};

/** Whether Go takes a value for true: not nil, zero or empty. */
export const isTrue = (boxed: unknown): boolean => {
  const value = unbox(boxed);
  if (value === NOTHING || value === null) return false;
  switch (basicKind(value)) {
    case 'bool':
      return value === true;
    case 'string':
      return value !== '';
    case 'int':
    case 'uint':
      return intOf(value) !== 0n;
    case 'float':
      return Number(value) !== 0;
    default:
      return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
  }
};
