// metadata.managedFields: who owns the annotation of client-side apply, and how that ownership moves to server-side apply. Pure.
import type {AnyObject} from '../../kube/types/object.ts';
import {LAST_APPLIED} from './last-applied.ts';

/** One entry of managedFields. */
type Entry = {
  manager?: string;
  operation?: string;
  apiVersion?: string;
  time?: string;
  fieldsType?: string;
  fieldsV1?: Fields;
  subresource?: string;
};
type Fields = {[key: string]: Fields};

const entriesOf = (object: AnyObject): readonly Entry[] => (object.metadata.managedFields ?? []) as Entry[];

const ownsAnnotation = (entry: Entry): boolean =>
  entry.fieldsV1?.['f:metadata']?.['f:annotations']?.[`f:${LAST_APPLIED}`] !== undefined;

/** Managers that own the last-applied annotation by an operation. */
export const clientSideOwners = (object: AnyObject, operation: 'Apply' | 'Update'): readonly string[] => [
  ...new Set(
    entriesOf(object)
      .filter((entry) => entry.operation === operation && (entry.subresource ?? '') === '' && ownsAnnotation(entry))
      .map((entry) => entry.manager ?? ''),
  ),
];

const union = (a: Fields, b: Fields): Fields => {
  const out: Fields = {...a};
  for (const [key, value] of Object.entries(b)) out[key] = out[key] === undefined ? value : union(out[key], value);
  return out;
};

/**
 * The JSON patch that merges the entries of client-side managers into the server-side one; undefined when there is
 * nothing to move. It only fits the version of the object it was made from.
 */
export const upgradePatch = (object: AnyObject, owners: readonly string[], manager: string): readonly unknown[] | undefined => {
  const entries = entriesOf(object);
  const isClient = (entry: Entry): boolean =>
    entry.operation === 'Update' && (entry.subresource ?? '') === '' && owners.includes(entry.manager ?? '');
  const moving = entries.filter(isClient);
  if (moving.length === 0) return undefined;
  const isServer = (entry: Entry): boolean =>
    entry.manager === manager && entry.operation === 'Apply' && (entry.subresource ?? '') === '';
  const target = entries.find(isServer) ?? moving[0]!;
  const fields = moving.reduce((all, entry) => union(all, entry.fieldsV1 ?? {}), isServer(target) ? (target.fieldsV1 ?? {}) : {});
  const merged: Entry = {...target, manager, operation: 'Apply', fieldsV1: fields};
  const rest = entries.flatMap((entry) => (entry === target ? [merged] : isClient(entry) ? [] : [entry]));
  return [
    {op: 'replace', path: '/metadata/managedFields', value: rest},
    {op: 'replace', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion ?? ''},
  ];
};
