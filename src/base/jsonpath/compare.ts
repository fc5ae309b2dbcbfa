// Compares two values in a JSONPath filter with Go's strictness: an int is no float, a map is nothing to compare.
import {isGoFloat, isGoInt} from '../go-number.ts';
import {compareBytes} from '../json/order.ts';

type Basic = 'bool' | 'int' | 'float' | 'string';

const basic = (value: unknown): Basic => {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (isGoInt(value)) return 'int';
  if (isGoFloat(value)) return 'float';
  throw new Error('invalid type for comparison');
};

const equal = (a: unknown, b: unknown): boolean => {
  const kind = basic(a);
  if (kind !== basic(b)) throw new Error('incompatible types for comparison');
  if (kind === 'string' || kind === 'bool') return a === b;
  // == on purpose: a bigint and a number may be the same int.
  return kind === 'int' ? BigInt(a as number) === BigInt(b as number) : Number(a) === Number(b);
};

const less = (a: unknown, b: unknown): boolean => {
  const kind = basic(a);
  if (kind !== basic(b)) throw new Error('incompatible types for comparison');
  if (kind === 'bool') throw new Error('invalid type for comparison');
  if (kind === 'string') return compareBytes(a as string, b as string) < 0;
  return kind === 'int' ? (a as number) < (b as number) : Number(a) < Number(b);
};

/** Result of `left operator right`. Throws Go's message for types that cannot be compared. */
export const compareValues = (operator: string, left: unknown, right: unknown): boolean => {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '<':
      return less(left, right);
    case '<=':
      return less(left, right) || equal(left, right);
    case '>':
      return !(less(left, right) || equal(left, right));
    case '>=':
      return !less(left, right);
    default:
      throw new Error(`unrecognized filter operator ${operator}`);
  }
};
