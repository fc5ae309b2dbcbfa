// Order and identity of list items in strategic merge patches: by merge key for maps, by value for scalars.
export type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};
export type JsonMap = {[key: string]: Json};

/** A JSON map, not a list and not null. */
export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Deep equality of JSON values; the order of map keys does not matter. */
export const same = (a: Json | undefined, b: Json | undefined): boolean => {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
  }
  return false;
};

/** What identifies an item: the value of its merge key, or the scalar itself. */
export const identity = (item: Json, mergeKey: string): Json | undefined =>
  mergeKey !== '' && isMap(item) ? item[mergeKey] : item;

const indexIn = (order: readonly Json[], item: Json, mergeKey: string): number => {
  const wanted = identity(item, mergeKey);
  return order.findIndex((other) => same(identity(other, mergeKey), wanted));
};

const isDelete = (item: Json): boolean => isMap(item) && item['$patch'] === 'delete';

/** Items in the order another list has them; items unknown there keep their place, deletions go last. */
export const inOrderOf = (items: readonly Json[], order: readonly Json[], mergeKey: string): Json[] => {
  const kept = items.filter((item) => !isDelete(item));
  const positions = new Map(kept.map((item) => [item, indexIn(order, item, mergeKey)]));
  const known = kept.filter((item) => (positions.get(item) ?? -1) >= 0).sort((a, b) => positions.get(a)! - positions.get(b)!);
  // Unknown items stand before known ones, as the reference's comparison puts them.
  const unknown = kept.filter((item) => (positions.get(item) ?? -1) < 0);
  return [...unknown, ...known, ...items.filter(isDelete)];
};

/**
 * Joins the items of a patch with those only the server has: patch items in the patch's order, server items in the
 * server's, and a server item goes before a patch item when the server had it before that one.
 */
export const interleave = (
  patch: readonly Json[],
  serverOnly: readonly Json[],
  patchOrder: readonly Json[],
  serverOrder: readonly Json[],
  mergeKey: string,
): Json[] => {
  const left = inOrderOf(serverOnly, serverOrder, mergeKey);
  const right = inOrderOf(patch, patchOrder, mergeKey);
  const out: Json[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i >= left.length) out.push(right[j++]!);
    else if (j >= right.length) out.push(left[i++]!);
    else {
      const leftAt = indexIn(serverOrder, left[i]!, mergeKey);
      const rightAt = indexIn(serverOrder, right[j]!, mergeKey);
      out.push(leftAt >= 0 && rightAt >= 0 && leftAt < rightAt ? left[i++]! : right[j++]!);
    }
  }
  return out;
};

/** Items that a second list also has, and those it has not. */
export const partition = (
  items: readonly Json[],
  by: readonly Json[],
  mergeKey: string,
): {readonly both: Json[]; readonly rest: Json[]} => {
  const both: Json[] = [];
  const rest: Json[] = [];
  for (const item of items) (indexIn(by, item, mergeKey) >= 0 ? both : rest).push(item);
  return {both, rest};
};

/** Each scalar once, first occurrence kept. */
export const distinct = (items: readonly Json[]): Json[] => [...new Set(items)];

/** The text list items are sorted by, as Go's `%v` prints scalars. */
export const sortText = (value: Json | undefined): string =>
  value === undefined || value === null ? '<nil>' : typeof value === 'object' ? JSON.stringify(value) : String(value);
