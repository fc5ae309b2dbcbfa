// From a document to objects: kind and metadata are checked as kubectl checks them, lists fall apart into their items.
import {writeJson} from '../../base/json/write.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {askedWrong} from './info.ts';

const goType = (value: unknown): string => {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' ? 'object' : 'number';
};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What Go says when a field of metadata has the wrong type; undefined when all is well. */
const metadataProblem = (metadata: unknown): string | undefined => {
  if (metadata === undefined || metadata === null) return undefined;
  if (!isMap(metadata))
    return `json: cannot unmarshal ${goType(metadata)} into Go struct field metadataOnlyObject.metadata of type v1.ObjectMeta`;
  const wrong = (field: string, value: unknown, type: string): string =>
    `json: cannot unmarshal ${goType(value)} into Go struct field ObjectMeta.metadata.${field} of type ${type}`;
  for (const field of ['name', 'generateName', 'namespace', 'uid', 'resourceVersion']) {
    const value = metadata[field];
    if (value !== undefined && value !== null && typeof value !== 'string')
      return wrong(field, value, field === 'uid' ? 'types.UID' : 'string');
  }
  for (const field of ['labels', 'annotations']) {
    const map = metadata[field];
    if (map === undefined || map === null) continue;
    if (!isMap(map)) return wrong(field, map, 'map[string]string');
    for (const value of Object.values(map)) {
      if (value !== null && typeof value !== 'string') return wrong(field, value, 'string');
    }
  }
  return undefined;
};

/** The object a document holds. Throws kubectl's `unable to decode "f.yaml": …`. */
export const decodeObject = (value: unknown, source: string): AnyObject => {
  const fail = (detail: string): Error => askedWrong(`unable to decode ${JSON.stringify(source)}: ${detail}`);
  if (!isMap(value)) {
    throw fail(`json: cannot unmarshal ${goType(value)} into Go value of type unstructured.detector`);
  }
  if (typeof value['kind'] !== 'string' || value['kind'] === '') throw fail(`Object 'Kind' is missing in '${writeJson(value)}'`);
  const problem = metadataProblem(value['metadata']);
  if (problem !== undefined) throw fail(problem);
  // Everything downstream may rely on metadata being there.
  if (value['items'] === undefined && !isMap(value['metadata'])) value['metadata'] = {};
  return value as AnyObject;
};

/** True for anything with items, which is what makes a list for kubectl. */
export const isList = (object: AnyObject): boolean => Array.isArray(object['items']);

/** Items of a list, lists in it flattened; items of a typed list get the kind the server left out. */
export const itemsOf = (list: AnyObject): readonly AnyObject[] => {
  const found: AnyObject[] = [];
  const queue: AnyObject[] = [list];
  for (let at = 0; at < queue.length; at += 1) {
    const current = queue[at]!;
    if (!isList(current)) {
      found.push(current);
      continue;
    }
    const kind = (current.kind ?? '').replace(/List$/, '');
    for (const item of current['items'] as AnyObject[]) {
      if (item.kind === undefined && item.apiVersion === undefined) {
        item.kind = kind;
        if (current.apiVersion !== undefined) item.apiVersion = current.apiVersion;
      }
      queue.push(item);
    }
  }
  return found;
};
