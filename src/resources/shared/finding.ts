// Small helpers to write findings down.
import type {KubeObject} from '../../kube/types/object.ts';
import type {Finding, ObjectRef} from '../kind.ts';
import {groupOf} from './refs.ts';

/** How close to the root a finding is: a cause found beats a symptom told. */
export const RANK = {
  missingThing: 95,
  refused: 94,
  outOfMemory: 92,
  cause: 90,
  probe: 85,
  symptom: 60,
  count: 40,
  health: 10,
} as const;

/** Points at an object; `kind` and group from the object or from what is given. */
export const refOf = (object: KubeObject, known?: {readonly group: string; readonly kind: string}): ObjectRef => ({
  group: known?.group ?? groupOf(object.apiVersion),
  kind: known?.kind ?? object.kind ?? '',
  namespace: object.metadata.namespace,
  name: object.metadata.name ?? '',
  uid: object.metadata.uid,
});

/** Evidence rows, without those that have no value. */
export const evidence = (...rows: readonly (readonly [path: string, value: string | number | undefined])[]): Finding['evidence'] =>
  rows.flatMap(([path, value]) => (value === undefined || value === '' ? [] : [{path, value: String(value)}]));

/** The names nearest to a wanted one, best first: what somebody may have meant. */
export const similarNames = (wanted: string, names: readonly string[]): readonly string[] =>
  names
    .map((name) => ({name, far: distance(wanted, name)}))
    .filter(({far, name}) => far <= Math.max(2, Math.floor(Math.max(wanted.length, name.length) / 3)))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({name}) => name);

/** `"a"`, `"a" or "b"`, `"a", "b" or "c"`. */
export const oneOf = (names: readonly string[]): string => {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
};

const distance = (a: string, b: string): number => {
  let row = Array.from({length: b.length + 1}, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
