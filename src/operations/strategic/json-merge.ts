// JSON merge patches (RFC 7386): what custom resources are patched with, two-way and three-way. Pure.
import {isMap, same} from './lists.ts';
import type {Json, JsonMap} from './lists.ts';

/** The result of applying a JSON merge patch. */
export const applyJsonMerge = (target: Json | undefined, patch: Json): Json => {
  if (!isMap(patch)) return patch;
  const out: JsonMap = isMap(target) ? {...target} : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete out[key];
    else out[key] = applyJsonMerge(out[key], value);
  }
  return out;
};

/** The patch that turns `before` into `after`. Empty map: nothing to do. */
export const jsonMergePatch = (before: JsonMap, after: JsonMap): JsonMap => {
  const patch: JsonMap = {};
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (isMap(old) && isMap(value)) {
      const inner = jsonMergePatch(old, value);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!Object.hasOwn(before, key) || !same(old, value)) patch[key] = value;
  }
  return patch;
};

/** Keeps only the nulls of a patch (`deletions`), or everything but them; maps left empty go. */
const only = (patch: JsonMap, nulls: boolean): JsonMap =>
  Object.fromEntries(
    Object.entries(patch).flatMap(([key, value]): [string, Json][] => {
      if (value === null) return nulls ? [[key, null]] : [];
      if (isMap(value) && Object.keys(value).length > 0) {
        const inner = only(value, nulls);
        return Object.keys(inner).length > 0 ? [[key, inner]] : [];
      }
      return nulls ? [] : [[key, value]];
    }),
  );

const join = (a: JsonMap, b: JsonMap): JsonMap => {
  const out: JsonMap = {...a};
  for (const [key, value] of Object.entries(b)) {
    const before = out[key];
    out[key] = isMap(before) && isMap(value) ? join(before, value) : value;
  }
  return out;
};

/** The patch for `kubectl apply` on a custom resource: changes from `current` to `modified`, deletions from `original` to it. */
export const threeWayJsonMerge = (original: JsonMap, modified: JsonMap, current: JsonMap): JsonMap =>
  join(only(jsonMergePatch(original, modified), true), only(jsonMergePatch(current, modified), false));
