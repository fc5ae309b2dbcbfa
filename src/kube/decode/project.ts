// Cuts a parsed JSON object down to the fields a kind keeps, in the same nested shape.
import type {ResourceRef} from '../types/object.ts';
import {apiVersionOf} from '../types/object.ts';
import type {KeepTree} from './keep.ts';
import type {StringPool} from './strings.ts';

type JsonObject = {[field: string]: unknown};

/** Identity texts are different in each object: pooling them would only push the useful words out. */
const UNIQUE = new Set(['uid', 'resourceVersion', 'podIP', 'ip', 'containerID']);

/** Makes trimmed objects of one kind from full ones. Items of a list carry no apiVersion and kind; here they always do. */
export const projector = (type: ResourceRef & {readonly kind: string}, keep: ReadonlyMap<string, KeepTree>, pool: StringPool) => {
  const apiVersion = apiVersionOf(type);
  const fields = [...keep];
  return (full: JsonObject): JsonObject => {
    const kept: JsonObject = {apiVersion, kind: type.kind};
    copyFields(full, fields, kept, pool);
    return kept;
  };
};

const trees = new WeakMap<ReadonlyMap<string, KeepTree>, (readonly [string, KeepTree])[]>();
const entriesOf = (tree: ReadonlyMap<string, KeepTree>): readonly (readonly [string, KeepTree])[] => {
  let entries = trees.get(tree);
  if (entries === undefined) trees.set(tree, (entries = [...tree]));
  return entries;
};

const copyFields = (from: JsonObject, fields: readonly (readonly [string, KeepTree])[], to: JsonObject, pool: StringPool): void => {
  for (const [name, tree] of fields) {
    const value = from[name];
    if (value !== undefined) to[name] = copy(value, tree, name, pool);
  }
};

const copy = (value: unknown, tree: KeepTree, name: string, pool: StringPool): unknown => {
  if (typeof value === 'string') return UNIQUE.has(name) ? value : pool.intern(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item, tree, name, pool));
  const from = value as JsonObject;
  const kept: JsonObject = {};
  if (tree === 'all') for (const key of Object.keys(from)) kept[key] = copy(from[key], 'all', key, pool);
  else if (tree === 'keys') for (const key of Object.keys(from)) kept[key] = '';
  else copyFields(from, entriesOf(tree), kept, pool);
  return kept;
};
