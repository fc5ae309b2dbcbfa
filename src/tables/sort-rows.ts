// Sorts rows by the value of a column, equal ones as they stood. Numbers are sorted in a typed array and few different texts
// as groups, so that the column's own comparison is rarely called.
import type {Column} from '../resources/column.ts';
import {naturalKey} from './natural-key.ts';
import type {Row} from './row.ts';

type Order = (a: unknown, b: unknown) => number;

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** Compares two sort keys: the column's own order, or `<`; missing values stand first. */
export const compareKeys = (a: unknown, b: unknown, order: Order | undefined): number => {
  const aMissing = isMissing(a);
  const bMissing = isMissing(b);
  if (aMissing || bMissing) return Number(bMissing) - Number(aMissing);
  if (order !== undefined) return order(a, b);
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
};

/** Key of a value: texts become natural keys, so that `<` is all it takes. */
export const sortKeyOf = (value: unknown, column: Column<any>): unknown =>
  typeof value === 'string' && column.order === undefined ? naturalKey(value) : value;

/** Rows in order of their `sortKey`, equal ones as they stand in `rows`. */
export const sortRows = <R extends Row>(rows: readonly R[], order: Order | undefined, down: boolean): R[] => {
  const sorted = sortNumbers(rows, order, down) ?? sortFew(rows, order, down);
  if (sorted !== undefined) return sorted;
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => sign * compareKeys(a.sortKey, b.sortKey, order));
};

const sortNumbers = <R extends Row>(rows: readonly R[], order: Order | undefined, down: boolean): R[] | undefined => {
  const count = rows.length;
  const keys = new Float64Array(count);
  const places = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) {
    const key = rows[index]!.sortKey;
    if (typeof key === 'number') keys[index] = key;
    else if (isMissing(key)) keys[index] = -Infinity;
    else return undefined;
    places[index] = index;
  }
  // Infinities minus each other are no number; then the place decides, which is right for equal ones.
  places.sort(down ? (a, b) => keys[b]! - keys[a]! || a - b : (a, b) => keys[a]! - keys[b]! || a - b);
  const out = new Array<R>(count);
  for (let index = 0; index < count; index += 1) out[index] = rows[places[index]!]!;
  if (order === undefined) return out;
  // The column's own order must agree, else it means something else than size.
  for (let index = 1; index < count; index += 1) {
    const sign = compareKeys(out[index - 1]!.sortKey, out[index]!.sortKey, order);
    if (down ? sign < 0 : sign > 0) return undefined;
  }
  return out;
};

/** For columns with few different values, such as STATUS or NODE. */
const sortFew = <R extends Row>(rows: readonly R[], order: Order | undefined, down: boolean): R[] | undefined => {
  const groups = new Map<unknown, R[]>();
  for (const row of rows) {
    const key = row.sortKey;
    if (typeof key === 'object' && key !== null) return undefined;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const sign = down ? -1 : 1;
  const sorted = [...groups.keys()].sort((a, b) => sign * compareKeys(a, b, order));
  const out: R[] = [];
  for (const key of sorted) for (const row of groups.get(key)!) out.push(row);
  return out;
};
