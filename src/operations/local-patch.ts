// A patch of any type applied on this side, for `--local` and client dry runs.
import {KdeckError} from '../base/errors.ts';
import type {AnyObject} from '../kube/types/object.ts';
import {applyJsonPatch, type JsonPatchOperation} from './json-patch.ts';
import type {PatchType} from './objects.ts';
import {applyJsonMerge} from './strategic/json-merge.ts';
import type {JsonMap} from './strategic/lists.ts';
import {mergeInto} from './strategic/merge.ts';
import {patchSchemaOf} from './strategic/schema.ts';

/** The object as the patch would leave it. */
export const patchLocally = (object: AnyObject, type: PatchType, patch: unknown): AnyObject => {
  const original = structuredClone(object) as unknown as JsonMap;
  if (type === 'json') return applyJsonPatch(object, patch as readonly JsonPatchOperation[]);
  if (type === 'merge') return applyJsonMerge(original, patch as JsonMap) as unknown as AnyObject;
  const {apiVersion = '', kind = ''} = object;
  const schema = patchSchemaOf(apiVersion, kind);
  if (schema === undefined) {
    throw new KdeckError(
      'KD-PATCH-LOCAL',
      `strategic merge patch is not supported for ${apiVersion}, Kind=${kind} locally, try --type merge`,
    );
  }
  return mergeInto(original, patch as JsonMap, schema, {directives: 'obey', unmatchedNulls: 'drop'}) as unknown as AnyObject;
};
