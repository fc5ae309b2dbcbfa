// Applies the user's keys.yaml to the default keys: chords added, taken away, or all defaults gone.
import {parseBinding} from './chord.ts';

/** The user's wishes for one command, as `config/keys.ts` reads them. */
export type KeyChange = {readonly add: readonly string[]; readonly remove: readonly string[]; readonly removeAll: boolean};

/** A key of a command, and whether the user asked for it: those beat every built-in key. */
export type BoundKey = {readonly binding: string; readonly byUser: boolean};

/** The one spelling of a whole binding. */
export const normaliseBinding = (text: string): string | undefined => parseBinding(text)?.join(' ');

/**
 * The keys of one command after the user's change. Naming a key replaces the defaults only when `none` stands beside it;
 * otherwise it is one more key. Unknown key names come back as problems and change nothing.
 */
export const keysAfter = (
  defaults: readonly string[],
  change: KeyChange | undefined,
): {readonly keys: readonly BoundKey[]; readonly problems: readonly string[]} => {
  const problems: string[] = [];
  const read = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => {
      const binding = normaliseBinding(text);
      if (binding === undefined) problems.push(text);
      return binding === undefined ? [] : [binding];
    });
  const own = read(defaults).map((binding) => ({binding, byUser: false}));
  if (change === undefined) return {keys: own, problems};
  const removed = new Set(read(change.remove));
  const added = read(change.add).map((binding) => ({binding, byUser: true}));
  const kept = change.removeAll
    ? []
    : own.filter(({binding}) => !removed.has(binding) && !added.some((key) => key.binding === binding));
  return {keys: [...added, ...kept], problems};
};
