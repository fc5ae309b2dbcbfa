// Labels and annotations to set and to remove, as a plan that can be checked before anything is sent.
import {KdeckError} from '../base/errors.ts';
import type {KubeObject} from '../kube/types/object.ts';

/** Which map of the metadata. */
export type MetadataField = 'labels' | 'annotations';

/** What to set (text) and to remove (null). */
export type MetadataChanges = Readonly<Record<string, string | null>>;

/** What a change would do to one object. */
export type MetadataPlan = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Keys that were to be removed but are not there. */
  readonly absent: readonly string[];
  /** Keys that have another value already. */
  readonly overwritten: readonly {readonly key: string; readonly was: string}[];
  /** Merge patch; undefined when nothing changes. */
  readonly patch: {readonly metadata: Record<string, unknown>} | undefined;
  /** What takes it back. */
  readonly undo: MetadataChanges;
};

/** Compares what is wanted with what is there. */
export const planMetadata = (object: KubeObject, field: MetadataField, changes: MetadataChanges): MetadataPlan => {
  const now = object.metadata[field] ?? {};
  const added: string[] = [];
  const removed: string[] = [];
  const absent: string[] = [];
  const overwritten: {key: string; was: string}[] = [];
  const send: Record<string, string | null> = {};
  const undo: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(changes)) {
    const was = now[key];
    if (value === null) {
      if (was === undefined) absent.push(key);
      else removed.push(key);
    } else if (was !== value) {
      added.push(key);
      if (was !== undefined) overwritten.push({key, was});
    }
    if (value === null ? was === undefined : was === value) continue;
    send[key] = value;
    undo[key] = was ?? null;
  }
  return {
    added,
    removed,
    absent,
    overwritten,
    undo,
    patch: Object.keys(send).length === 0 ? undefined : {metadata: {[field]: send}},
  };
};

/** A copy of the object with the changes made, for a dry run on this side. */
export const withMetadata = <T extends KubeObject>(object: T, field: MetadataField, changes: MetadataChanges): T => {
  const map = {...object.metadata[field]};
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete map[key];
    else map[key] = value;
  }
  return {...object, metadata: {...object.metadata, [field]: map}};
};

// Annotation that says why a rollout happened; kubectl lets everybody overwrite it.
const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** Throws kubectl's error when a value would be overwritten. */
export const refuseOverwrites = (field: MetadataField, plan: MetadataPlan): void => {
  const kept = field === 'annotations' ? plan.overwritten.filter(({key}) => key !== CHANGE_CAUSE) : plan.overwritten;
  if (kept.length === 0) return;
  const texts = kept.map(({key, was}) => `'${key}' already has a value (${was})`);
  if (field === 'annotations') {
    throw new KdeckError(
      'KD-ANNOTATE-OVERWRITE',
      `--overwrite is false but found the following declared annotation(s): ${texts.join('; ')}`,
    );
  }
  const errors = texts.map((text) => new KdeckError('KD-LABEL-OVERWRITE', `${text}, and --overwrite is false`));
  throw errors.length === 1 ? errors[0] : new AggregateError(errors);
};
