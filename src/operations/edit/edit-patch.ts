// What a person's edit changed, as a patch that leaves everything else alone. Pure.
import {KdeckError, messageOf} from '../../base/errors.ts';
import {writeJson} from '../../base/json/write.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import type {PatchType} from '../objects.ts';
import {twoWayPatch} from '../strategic/diff.ts';
import {jsonMergePatch} from '../strategic/json-merge.ts';
import type {JsonMap} from '../strategic/lists.ts';
import {patchSchemaOf} from '../strategic/schema.ts';

/** A patch ready to send; undefined when the edit changed nothing. */
export type EditPatch = {readonly type: PatchType; readonly text: string};

const plain = (value: unknown): JsonMap => JSON.parse(writeJson(value)) as JsonMap;

/**
 * The patch from the object as it was shown to the object as it was saved.
 *
 * @throws KdeckError when apiVersion, kind or name was changed: that would be another object.
 */
export const editPatch = (before: AnyObject, after: AnyObject): EditPatch | undefined => {
  const [original, edited] = [plain(before), plain(after)];
  const schema = patchSchemaOf(before.apiVersion ?? '', before.kind ?? '');
  let patch: JsonMap;
  try {
    patch = schema === undefined ? jsonMergePatch(original, edited) : twoWayPatch(original, edited, schema);
  } catch (error) {
    throw new KdeckError('KD-EDIT-PATCH', messageOf(error), {cause: error});
  }
  const metadata = patch['metadata'] as JsonMap | undefined;
  if ('apiVersion' in patch || 'kind' in patch || (metadata !== undefined && 'name' in metadata)) {
    throw new KdeckError('KD-EDIT-IDENTITY', 'At least one of apiVersion, kind and name was changed');
  }
  return Object.keys(patch).length === 0 ? undefined : {type: schema === undefined ? 'merge' : 'strategic', text: writeJson(patch)};
};
