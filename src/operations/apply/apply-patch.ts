// The patch that brings an object to its manifest, by the rules of its kind. Pure.
import {KdeckError, messageOf} from '../../base/errors.ts';
import {writeJson} from '../../base/json/write.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import type {PatchType} from '../objects.ts';
import {threeWayPatch} from '../strategic/diff.ts';
import {applyJsonMerge, threeWayJsonMerge} from '../strategic/json-merge.ts';
import type {JsonMap} from '../strategic/lists.ts';
import {mergeInto} from '../strategic/merge.ts';
import {patchSchemaOf} from '../strategic/schema.ts';
import {lastAppliedOf} from './last-applied.ts';

/** A patch ready to send; `text` is `{}` when there is nothing to do. */
export type ApplyPatch = {readonly type: PatchType; readonly text: string; readonly value: JsonMap};

// Patches compare by value: plain numbers everywhere, whatever way they were written.
const plain = (value: unknown): JsonMap => JSON.parse(writeJson(value)) as JsonMap;

/**
 * The patch from `current` to `manifest` (which carries its annotation already), deleting what was applied before and is
 * gone now. Built-in kinds get a strategic merge patch, custom ones a JSON merge patch.
 *
 * @throws KdeckError when apiVersion, kind or name would change, or a list item lacks its merge key.
 */
export const applyPatch = (manifest: AnyObject, current: AnyObject): ApplyPatch => {
  const original = plain(lastAppliedOf(current) ?? {});
  const schema = patchSchemaOf(manifest.apiVersion ?? '', manifest.kind ?? '');
  try {
    const value =
      schema === undefined
        ? threeWayJsonMerge(original, plain(manifest), plain(current))
        : threeWayPatch(original, plain(manifest), plain(current), schema);
    const metadata = value['metadata'] as JsonMap | undefined;
    if (schema === undefined && ('apiVersion' in value || 'kind' in value || (metadata !== undefined && 'name' in metadata)))
      throw new Error('At least one of apiVersion, kind and name was changed');
    return {type: schema === undefined ? 'merge' : 'strategic', text: writeJson(value), value};
  } catch (error) {
    throw new KdeckError('KD-APPLY-PATCH', messageOf(error), {cause: error});
  }
};

/** The object as the patch would leave it, worked out on this side for client dry runs. */
export const patchedLocally = (current: AnyObject, patch: ApplyPatch): AnyObject => {
  const schema = patchSchemaOf(current.apiVersion ?? '', current.kind ?? '');
  const result =
    schema === undefined
      ? applyJsonMerge(plain(current), patch.value)
      : mergeInto(plain(current), patch.value, schema, {directives: 'obey', unmatchedNulls: 'drop'});
  return result as unknown as AnyObject;
};
