// Actions on objects of any kind: labels and annotations, and deleting at once.
import type {KubeObject, ResourceRef} from '../../../kube/types/object.ts';
import {action, type Action} from '../../action.ts';
import {targetOf} from '../../operations.ts';

/** The type an action works on, as `targetOf` wants it. */
export type ActedOn = ResourceRef & {readonly kind: string};

type Changes = {readonly changes: string};

/** Reads `app=web tier- "note=two words"`: set, take away, set with blanks. */
export const readChanges = (text: string): Readonly<Record<string, string | null>> | string => {
  const changes: Record<string, string | null> = {};
  for (const word of text.match(/"[^"]*"|\S+/g) ?? []) {
    const plain = word.replace(/^"|"$/g, '');
    const equals = plain.indexOf('=');
    if (equals > 0) changes[plain.slice(0, equals)] = plain.slice(equals + 1);
    else if (equals < 0 && plain.endsWith('-') && plain.length > 1) changes[plain.slice(0, -1)] = null;
    else return `${plain}: write key=value to set, or key- to take away`;
  }
  return Object.keys(changes).length === 0 ? 'write key=value to set, or key- to take away' : changes;
};

const check = (text: string): string | undefined => {
  const read = readChanges(text);
  return typeof read === 'string' ? read : undefined;
};

const changesOf = (text: string): Readonly<Record<string, string | null>> => {
  const read = readChanges(text);
  if (typeof read === 'string') throw new Error(read);
  return read;
};

const previewOf = (objects: readonly KubeObject[], field: 'labels' | 'annotations', text: string): readonly string[] => {
  const read = readChanges(text);
  if (typeof read === 'string') return [];
  return objects.flatMap(({metadata}) =>
    Object.entries(read).map(
      ([key, value]) => `${metadata.name}: ${key}: ${metadata[field]?.[key] ?? '(not set)'} → ${value ?? '(removed)'}`,
    ),
  );
};

/** Sets and takes away labels. */
export const labelAction = <T extends KubeObject>(ref: ActedOn): Action<T, Changes> =>
  action<T, Changes>({
    id: 'object.label',
    title: 'Label',
    summary: 'Sets labels, or takes them away.',
    danger: 'changes',
    needs: {verb: 'patch'},
    inputs: () => ({changes: {type: 'text', label: 'key=value key-', check}}),
    preview: (objects, {changes}) => previewOf(objects, 'labels', changes),
    run: (operations, object, {changes}) => operations.label(targetOf(object, ref), changesOf(changes)),
  });

/** Sets and takes away annotations. */
export const annotateAction = <T extends KubeObject>(ref: ActedOn): Action<T, Changes> =>
  action<T, Changes>({
    id: 'object.annotate',
    title: 'Annotate',
    summary: 'Sets annotations, or takes them away.',
    danger: 'changes',
    needs: {verb: 'patch'},
    inputs: () => ({changes: {type: 'text', label: 'key=value key-', check}}),
    // Live lists keep no annotations.
    whole: true,
    preview: (objects, {changes}) => previewOf(objects, 'annotations', changes),
    run: (operations, object, {changes}) => operations.annotate(targetOf(object, ref), changesOf(changes)),
  });

type Deletion = {readonly grace: number};

/** Deletes a pod without waiting, or with a grace period of the user's choice. */
export const killAction = <T extends KubeObject>(ref: ActedOn): Action<T, Deletion> =>
  action<T, Deletion>({
    id: 'object.kill',
    title: 'Kill',
    summary: 'Deletes at once: its processes get no time to end unless you give them some.',
    keys: ['ctrl+k'],
    danger: 'destroys',
    needs: {verb: 'delete'},
    inputs: () => ({grace: {type: 'number', label: 'Seconds to end by itself', initial: 0, min: 0}}),
    preview: (objects, {grace}) =>
      objects.map(
        ({metadata}) =>
          `${metadata.name} is deleted${grace > 0 ? ` and has ${grace} seconds to end` : ' at once; its processes are not waited for'}`,
      ),
    run: (operations, object, {grace}) =>
      operations.remove(targetOf(object, ref), grace > 0 ? {gracePeriodSeconds: grace} : {force: true}),
  });

/** Label and annotate, which every kind has. */
export const metadataActions = <T extends KubeObject>(ref: ActedOn): readonly Action<T>[] => [
  labelAction<T>(ref),
  annotateAction<T>(ref),
];
