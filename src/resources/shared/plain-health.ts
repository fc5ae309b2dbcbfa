// Health of things that have no state of their own: they exist, or are on their way out.
import type {KubeObject} from '../../kube/types/object.ts';
import type {Health} from '../kind.ts';

/** Says the sentence, unless the object is being deleted. */
export const plainHealth =
  <T extends KubeObject>(says: (object: T) => string) =>
  (object: T): Health => {
    const {deletionTimestamp, finalizers} = object.metadata;
    if (deletionTimestamp === undefined) return {tone: 'ok', reason: says(object)};
    if (finalizers === undefined || finalizers.length === 0) return {tone: 'busy', reason: 'It is being deleted.'};
    return {tone: 'busy', reason: `It is being deleted and waits for ${finalizers.join(', ')}.`};
  };
