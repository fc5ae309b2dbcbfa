// Applies a JSON patch (RFC 6902) on this side, for dry runs; its errors read as those of the library kubectl uses.
import {isDeepStrictEqual} from 'node:util';
import {KdeckError} from '../base/errors.ts';

/** One operation of a JSON patch. */
export type JsonPatchOperation = {readonly op: string; readonly path: string; readonly from?: string; readonly value?: unknown};

type Container = Record<string, unknown> | unknown[];

const broken = (message: string): KdeckError => new KdeckError('KD-PATCH-JSON', message);

const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const childOf = (container: Container, key: string): unknown =>
  Array.isArray(container) ? container[Number(key)] : container[key];

const has = (container: Container, key: string): boolean =>
  Array.isArray(container) ? Number(key) < container.length : Object.hasOwn(container, key);

/** The container the last key of a pointer stands in. */
const parentOf = (root: Container, pointer: string): {readonly parent: Container; readonly key: string} | undefined => {
  const keys = keysOf(pointer);
  const key = keys.pop() ?? '';
  let parent: unknown = root;
  for (const step of keys) {
    if (!isContainer(parent) || !has(parent, step)) return undefined;
    parent = childOf(parent, step);
  }
  return isContainer(parent) ? {parent, key} : undefined;
};

const indexOf = (list: readonly unknown[], key: string, most: number, where: string): number => {
  if (key === '-') return list.length;
  const index = Number(key);
  if (!Number.isInteger(index))
    throw broken(`error in ${where}: value was not a proper array index: '${key}': strconv.Atoi: parsing "${key}": invalid syntax`);
  if (index > most || index < -list.length)
    throw broken(`error in ${where}: Unable to access invalid index: ${index}: invalid index referenced`);
  return index < 0 ? index + list.length : index;
};

const add = (root: Container, path: string, value: unknown): void => {
  const at = parentOf(root, path);
  if (at === undefined) throw broken(`add operation does not apply: doc is missing path: "${path}": missing value`);
  if (Array.isArray(at.parent)) at.parent.splice(indexOf(at.parent, at.key, at.parent.length, `add for path: '${path}'`), 0, value);
  else at.parent[at.key] = value;
};

const remove = (root: Container, path: string): void => {
  const at = parentOf(root, path);
  if (at === undefined) throw broken(`remove operation does not apply: doc is missing path: "${path}": missing value`);
  if (Array.isArray(at.parent)) at.parent.splice(indexOf(at.parent, at.key, at.parent.length - 1, `remove for path: '${path}'`), 1);
  else if (!has(at.parent, at.key))
    throw broken(`error in remove for path: '${path}': Unable to remove nonexistent key: ${at.key}: missing value`);
  else delete at.parent[at.key];
};

const read = (root: Container, path: string, op: string): unknown => {
  const at = parentOf(root, path);
  if (at === undefined) throw broken(`${op} operation does not apply: doc is missing from path: ${path}: missing value`);
  if (!has(at.parent, at.key))
    throw broken(`error in ${op} for path: '${path}': Unable to get nonexistent key: ${at.key}: missing value`);
  return childOf(at.parent, at.key);
};

/** The patched copy of an object. */
export const applyJsonPatch = <T extends object>(object: T, patch: readonly JsonPatchOperation[]): T => {
  const root = structuredClone(object) as Container;
  for (const {op, path, from = '', value} of patch) {
    if (op === 'add') add(root, path, value);
    else if (op === 'remove') remove(root, path);
    else if (op === 'replace') {
      const at = parentOf(root, path);
      if (at === undefined) throw broken(`replace operation does not apply: doc is missing path: ${path}: missing value`);
      // The library replaces keys that are not there, against the RFC; only a list knows what it lacks.
      if (!Array.isArray(at.parent)) at.parent[at.key] = value;
      else if (has(at.parent, at.key)) at.parent[Number(at.key)] = value;
      else throw broken(`Object to be patched is missing field (${path}: missing value)`);
    } else if (op === 'test') {
      const at = parentOf(root, path);
      if (at === undefined) throw broken(`test operation does not apply: is missing path: ${path}: missing value`);
      if (!isDeepStrictEqual(has(at.parent, at.key) ? childOf(at.parent, at.key) : null, value ?? null))
        throw broken(`testing value ${path} failed: test failed`);
    } else if (op === 'move') {
      const moved = read(root, from, 'move');
      remove(root, from);
      add(root, path, moved);
    } else if (op === 'copy') add(root, path, structuredClone(read(root, from, 'copy')));
    else throw broken(`Unexpected kind: ${op}`);
  }
  return root as T;
};
