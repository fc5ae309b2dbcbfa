// Computes strategic merge patches: two-way for set and edit, three-way for apply. Pure.
// Behaviour follows k8s.io/apimachinery's strategicpatch, the reference that the API server applies.
import {identity, inOrderOf, isList, isMap, same, sortText} from './lists.ts';
import type {Json, JsonMap} from './lists.ts';
import {mergeInto} from './merge.ts';
import type {PatchSchema} from './schema.ts';

/** Which side of a difference to look at; three-way patches join a deletions-only and a changes-only difference. */
type Options = {readonly deletions: boolean; readonly changes: boolean; readonly order: boolean};

const diffMaps = (original: JsonMap, modified: JsonMap, schema: PatchSchema, options: Options, retain: boolean): JsonMap => {
  const patch: JsonMap = {};
  for (const [key, after] of Object.entries(modified)) {
    if (!Object.hasOwn(original, key)) {
      if (options.changes) patch[key] = after;
      continue;
    }
    const before = original[key]!;
    if (isMap(before) && isMap(after)) diffMapField(patch, key, before, after, schema, options);
    else if (isList(before) && isList(after)) diffListField(patch, key, before, after, schema, options);
    else if (options.changes && !same(before, after)) patch[key] = after;
  }
  if (options.deletions) for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) patch[key] = null;
  if (retain) {
    const kept = Object.keys(modified).filter((key) => modified[key] !== null);
    const clears = Object.entries(original).some(([key, value]) => value !== null && !Object.hasOwn(modified, key));
    if (kept.length > 0 && (Object.keys(patch).length > 0 || clears)) patch['$retainKeys'] = kept.sort();
  }
  return patch;
};

const diffMapField = (
  patch: JsonMap,
  key: string,
  before: JsonMap,
  after: JsonMap,
  schema: PatchSchema,
  options: Options,
): void => {
  const {strategy, retainKeys, below} = schema.field(key);
  if (strategy === 'replace') {
    if (options.changes) patch[key] = after;
    return;
  }
  const inner = diffMaps(before, after, below, options, retainKeys);
  if (Object.keys(inner).length > 0) patch[key] = inner;
};

const diffListField = (
  patch: JsonMap,
  key: string,
  before: readonly Json[],
  after: readonly Json[],
  schema: PatchSchema,
  options: Options,
): void => {
  const {strategy, mergeKey, below, retainKeys} = schema.field(key);
  if (strategy !== 'merge') {
    if (options.changes && !same(before, after)) patch[key] = after;
    return;
  }
  const {items, deletions, order} = diffLists(before, after, below, mergeKey, options, retainKeys);
  if (items.length > 0) patch[key] = items;
  if (deletions.length > 0) patch[`$deleteFromPrimitiveList/${key}`] = deletions;
  if (order.length > 0) patch[`$setElementOrder/${key}`] = order;
};

type ListDiff = {readonly items: readonly Json[]; readonly deletions: readonly Json[]; readonly order: readonly Json[]};

const diffLists = (
  before: readonly Json[],
  after: readonly Json[],
  schema: PatchSchema,
  mergeKey: string,
  options: Options,
  retain: boolean,
): ListDiff => {
  if (before.length === 0) return {items: options.changes ? after : [], deletions: [], order: []};
  return isMap(before[0]) || isMap(after[0])
    ? diffMapLists(before, after, schema, mergeKey, options, retain)
    : diffScalarLists(before, after, options);
};

const diffScalarLists = (before: readonly Json[], after: readonly Json[], options: Options): ListDiff => {
  const added = options.changes ? after.filter((item) => !before.includes(item)) : [];
  const deletions = options.deletions
    ? [...new Set(before.filter((item) => !after.includes(item)))].sort((a, b) => (sortText(a) < sortText(b) ? -1 : 1))
    : [];
  // The reference compares after sorting the original in place, so an unchanged but unsorted list still names its order.
  const sorted = [...before].sort((a, b) => (sortText(a) < sortText(b) ? -1 : sortText(a) > sortText(b) ? 1 : 0));
  const ordered = options.order && ((options.deletions && deletions.length > 0) || (options.changes && !same(sorted, after)));
  return {items: inOrderOf(added, after, ''), deletions, order: ordered ? after : []};
};

const requireKey = (item: Json, mergeKey: string): JsonMap => {
  if (!isMap(item) || item[mergeKey] === undefined)
    throw new Error(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
  return item;
};

const diffMapLists = (
  before: readonly Json[],
  after: readonly Json[],
  schema: PatchSchema,
  mergeKey: string,
  options: Options,
  retain: boolean,
): ListDiff => {
  const byKey = (a: JsonMap, b: JsonMap): number => {
    const [left, right] = [sortText(a[mergeKey]), sortText(b[mergeKey])];
    return left < right ? -1 : left > right ? 1 : 0;
  };
  const originals = before.map((item) => requireKey(item, mergeKey)).sort(byKey);
  const modifieds = after.map((item) => requireKey(item, mergeKey)).sort(byKey);
  const changed: Json[] = [];
  const deleted: Json[] = [];
  for (let i = 0, j = 0; i < originals.length || j < modifieds.length;) {
    const original = originals[i];
    const modified = modifieds[j];
    const side = original === undefined ? 1 : modified === undefined ? -1 : byKey(original, modified);
    if (side === 0) {
      const inner = diffMaps(original!, modified!, schema, options, retain);
      if (Object.keys(inner).length > 0) changed.push({...inner, [mergeKey]: modified![mergeKey]!});
      i++;
      j++;
    } else if (side > 0) {
      if (options.changes) changed.push(modified!);
      j++;
    } else {
      if (options.deletions) deleted.push({$patch: 'delete', [mergeKey]: original![mergeKey]!});
      i++;
    }
  }
  const items = [...inOrderOf(changed, after, mergeKey), ...deleted];
  const sameOrder =
    before.length === after.length &&
    before.every((item, index) => same(identity(item, mergeKey), identity(after[index]!, mergeKey)));
  const ordered =
    options.order && ((options.changes && (items.length > 0 || !sameOrder)) || (options.deletions && items.length > 0));
  return {items, deletions: [], order: ordered ? after.map((item) => ({[mergeKey]: identity(item, mergeKey)!})) : []};
};

/** The patch that turns `original` into `modified`. Empty map: nothing to do. */
export const twoWayPatch = (original: JsonMap, modified: JsonMap, schema: PatchSchema): JsonMap =>
  diffMaps(original, modified, schema, {deletions: true, changes: true, order: true}, false);

/**
 * The patch for `kubectl apply`: changes from `current` to `modified`, and deletions of what `original` (last applied)
 * had and `modified` has no more. What others added to `current` stays.
 *
 * @throws Error when a list item lacks its merge key.
 */
export const threeWayPatch = (original: JsonMap, modified: JsonMap, current: JsonMap, schema: PatchSchema): JsonMap => {
  const delta = diffMaps(current, modified, schema, {deletions: false, changes: true, order: true}, false);
  const deletions = diffMaps(original, modified, schema, {deletions: true, changes: false, order: true}, false);
  return mergeInto(deletions, delta, schema, {directives: 'keep', unmatchedNulls: 'keep'});
};
