// Cuts a parsed JSON object down to the fields a kind keeps, in the same nested shape.
import {apiVersionOf, type ResourceRef} from '../types/object.ts';
import type {KeepTree} from './keep.ts';
import {newShape, type Shape} from './shape.ts';
import type {StringPool} from './strings.ts';

type JsonObject = {[field: string]: unknown};

/** A keep tree with what is needed to make objects of it. */
type Template =
  'all' | 'keys' | 'unique' | {readonly fields: readonly (readonly [name: string, below: Template])[]; readonly Shape: Shape};

/**
 * Makes trimmed objects of one kind from full ones, which are used up by it: parts that are kept whole are taken over. Items of
 * a list carry no apiVersion and kind; here they always do.
 */
export const projector = (type: ResourceRef & {readonly kind: string}, keep: ReadonlyMap<string, KeepTree>, pool: StringPool) => {
  const apiVersion = apiVersionOf(type);
  const {fields, Shape: Kept} = templateOf(keep, '') as Exclude<Template, string>;
  return (full: JsonObject): JsonObject => {
    const kept = new Kept();
    kept['apiVersion'] = apiVersion;
    kept['kind'] = type.kind;
    copyFields(full, fields, kept, pool);
    return kept;
  };
};

/** Texts that differ in each object: pooling them would only push the useful words out. */
const UNIQUE = new Set(['metadata.name', 'metadata.uid', 'metadata.resourceVersion', 'status.podIP', 'status.podIPs.ip']);

const templateOf = (tree: KeepTree, path: string): Template => {
  if (tree === 'all') return UNIQUE.has(path) ? 'unique' : 'all';
  if (tree === 'keys') return 'keys';
  const fields = [...tree].map(([name, below]) => [name, templateOf(below, path === '' ? name : `${path}.${name}`)] as const);
  return {fields, Shape: newShape()};
};

const copyFields = (from: JsonObject, fields: readonly (readonly [string, Template])[], to: JsonObject, pool: StringPool): void => {
  for (const [name, below] of fields) {
    const value = from[name];
    if (value !== undefined) to[name] = copy(value, below, pool);
  }
};

const copy = (value: unknown, template: Template, pool: StringPool): unknown => {
  if (template === 'unique') return value;
  if (typeof value === 'string') return pool.intern(value);
  if (typeof value !== 'object' || value === null) return value;
  if (template === 'all') return pooled(value as JsonObject, pool);
  if (Array.isArray(value)) return value.map((item) => copy(item, template, pool));
  if (template === 'keys') return Object.fromEntries(Object.keys(value).map((key) => [key, '']));
  const kept = new template.Shape();
  copyFields(value as JsonObject, template.fields, kept, pool);
  return kept;
};

/** The same object or list, its texts exchanged for the pool's. */
const pooled = (value: JsonObject, pool: StringPool): JsonObject => {
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (typeof inner === 'string') value[key] = pool.intern(inner);
    else if (typeof inner === 'object' && inner !== null) pooled(inner as JsonObject, pool);
  }
  return value;
};
