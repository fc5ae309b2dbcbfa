// Applies a strategic merge patch, as the API server does: for client dry runs, --local, and to join two patches into one. Pure.
import {distinct, identity, interleave, isList, isMap, partition, same} from './lists.ts';
import type {Json, JsonMap} from './lists.ts';
import type {PatchSchema} from './schema.ts';

/** `keep` joins two patches and leaves their directives standing; `obey` turns an object into a patched object. */
export type MergeOptions = {readonly directives: 'keep' | 'obey'; readonly unmatchedNulls: 'keep' | 'drop'};

const deletePrefix = '$deleteFromPrimitiveList/';
const orderPrefix = '$setElementOrder/';

/** A value without patch directives in it; undefined when it is one itself. */
const withoutDirectives = (value: Json): Json | undefined => {
  if (isList(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isMap(value)) return value;
  if (Object.hasOwn(value, '$patch')) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const clean = withoutDirectives(inner);
      return clean === undefined ? [] : [[key, clean]];
    }),
  );
};

const withoutNulls = (value: Json): Json => {
  if (isList(value)) return value.map(withoutNulls);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])));
};

/**
 * The result of applying `patch` to `original`; neither is changed.
 *
 * @throws Error for a patch that makes no sense, with the reference's wording where scripts see it.
 */
export const mergeInto = (original: JsonMap, patch: JsonMap, schema: PatchSchema, options: MergeOptions): JsonMap => {
  const directive = patch['$patch'];
  if (directive !== undefined) {
    const {$patch: _, ...rest} = patch;
    if (directive === 'replace') return rest;
    if (directive === 'delete') return {};
    throw new Error(`unknown patch type: ${JSON.stringify(directive)}`);
  }
  const out: JsonMap = {...original};
  const left: JsonMap = {...patch};
  retainKeys(out, left, options);
  mergeOrdered(out, left, schema, options);
  for (const [patchKey, value] of Object.entries(left)) {
    const isDeletion = patchKey.startsWith(deletePrefix);
    if (isDeletion && options.directives === 'keep') {
      out[patchKey] = value;
      continue;
    }
    const key = isDeletion ? patchKey.slice(deletePrefix.length) : patchKey;
    if (value === null) {
      delete out[key];
      if (options.unmatchedNulls === 'drop') continue;
    }
    mergeField(out, key, value, isDeletion, schema, options);
  }
  return out;
};

const mergeField = (
  out: JsonMap,
  key: string,
  value: Json,
  isDeletion: boolean,
  schema: PatchSchema,
  options: MergeOptions,
): void => {
  const before = out[key];
  const {strategy, mergeKey, below} = schema.field(key);
  if (isMap(before) && isMap(value)) {
    out[key] = strategy === 'replace' ? value : mergeInto(before, value, below, options);
    return;
  }
  if (isList(before) && isList(value)) {
    out[key] = strategy === 'merge' || isDeletion ? mergeLists(before, value, below, mergeKey, isDeletion, options) : value;
    return;
  }
  if (isDeletion) return;
  // A patch that will be merged again later keeps its directives; an object never shows one.
  const clean =
    options.directives === 'keep' ? value : withoutDirectives(options.unmatchedNulls === 'drop' ? withoutNulls(value) : value);
  if (clean === undefined) delete out[key];
  else out[key] = clean;
};

const retainKeys = (out: JsonMap, patch: JsonMap, options: MergeOptions): void => {
  const wanted = patch['$retainKeys'];
  if (wanted === undefined) return;
  delete patch['$retainKeys'];
  if (!isList(wanted)) throw new Error('invalid patch format of retainKeys');
  if (options.directives === 'keep') {
    out['$retainKeys'] = wanted;
    return;
  }
  for (const key of Object.keys(out)) if (!wanted.includes(key)) delete out[key];
};

/** Fields with a `$setElementOrder` list: merged together with it, so that the order asked for is the order that results. */
const mergeOrdered = (out: JsonMap, patch: JsonMap, schema: PatchSchema, options: MergeOptions): void => {
  for (const [orderKey, order] of Object.entries(patch)) {
    if (!orderKey.startsWith(orderPrefix) || !isList(order)) continue;
    delete patch[orderKey];
    if (options.directives === 'keep') out[orderKey] = order;
    const key = orderKey.slice(orderPrefix.length);
    const {strategy, mergeKey, below} = schema.field(key);
    const before = out[key];
    const items = patch[key];
    delete patch[key];
    const serverOrder = isList(before) ? [...before] : [];
    let merged: readonly Json[];
    if (isList(before) && isList(items))
      merged = strategy === 'merge' ? mergeLists(before, items, below, mergeKey, false, options, serverOrder) : items;
    else if (isList(items)) merged = withoutDirectives(items) as readonly Json[];
    else if (isList(before)) merged = before;
    else continue;
    const {both, rest} = partition(merged, order, mergeKey);
    out[key] = interleave(both, rest, order, serverOrder, mergeKey);
  }
};

/**
 * Merges a patch list into a list. `backing`, when given, is left as the reference leaves the memory of the list it works
 * in: deletions shift items left and additions fill the freed end. That memory decides the final order there, so here too.
 */
const mergeLists = (
  before: readonly Json[],
  patch: readonly Json[],
  schema: PatchSchema,
  mergeKey: string,
  isDeletion: boolean,
  options: MergeOptions,
  backing: Json[] = [],
): Json[] => {
  if (before.length === 0 && patch.length === 0) return [];
  if (!isMap(before[0] ?? patch[0])) {
    if (isDeletion && options.directives === 'obey') return before.filter((item) => !patch.includes(item));
    const merged = distinct([...before, ...patch]);
    const {both, rest} = partition(merged, patch, '');
    return interleave(both, rest, patch, before, '');
  }
  if (mergeKey === '') throw new Error('cannot merge lists without merge key');
  const list: Json[] = [...before];
  const {plain, deleted, replace} = sortOutDirectives(patch as readonly JsonMap[], mergeKey, options);
  if (replace) return plain;
  for (const key of deleted) {
    for (let at = 0; (at = list.findIndex((other) => same(identity(other, mergeKey), key))) >= 0;) {
      backing.copyWithin(at, at + 1, list.length);
      list.splice(at, 1);
    }
  }
  const serverOrder = [...list];
  for (const item of plain) {
    const key = requireKey(item, mergeKey);
    const at = list.findIndex((other) => same(identity(other, mergeKey), key));
    const known = list[at];
    if (isMap(known)) list[at] = mergeInto(known, item, schema, options);
    else {
      // The reference appends a new item as it stands in the patch.
      if (list.length < backing.length) backing[list.length] = item;
      list.push(item);
    }
  }
  const {both, rest} = partition(list, plain, mergeKey);
  return interleave(both, rest, plain, serverOrder, mergeKey);
};

const requireKey = (item: JsonMap, mergeKey: string): Json => {
  const key = item[mergeKey];
  if (key === undefined) throw new Error(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
  return key;
};

/** Splits a patch list into plain items, merge keys to delete, and whether it replaces the list. */
const sortOutDirectives = (
  patch: readonly JsonMap[],
  mergeKey: string,
  options: MergeOptions,
): {readonly plain: JsonMap[]; readonly deleted: readonly Json[]; readonly replace: boolean} => {
  const plain: JsonMap[] = [];
  const deleted: Json[] = [];
  let replace = false;
  for (const item of patch) {
    const directive = item['$patch'];
    if (directive === undefined || (directive === 'delete' && options.directives === 'keep')) plain.push(item);
    else if (directive === 'replace') replace = true;
    else if (directive === 'delete') deleted.push(requireKey(item, mergeKey));
    else throw new Error(`unknown patch type: ${JSON.stringify(directive)}`);
  }
  return {plain, deleted, replace};
};
