// What a list does not show because it may not be listed: a list that looks complete and is not would be a lie.
import type {OpenTable} from '../../session/app.ts';

/** Which namespaces a list shows, and which it may not. */
export type Limits = {
  /** Namespaces whose objects are shown or on their way. */
  readonly shown: readonly string[];
  /** Namespaces asked for that may not be listed; `all` when the whole cluster was asked for. */
  readonly denied: readonly string[] | 'all';
};

/** `team-a`, `team-a and team-b`, or `a, b, c and 5 more`. */
export const namesText = (names: readonly string[], most = 4): string => {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const words = names.length > most ? [...shown, `${names.length - shown.length} more`] : shown;
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
};

/** Undefined when everything asked for is shown. */
export const limitsOf = (table: OpenTable | undefined): Limits | undefined => {
  if (table === undefined) return undefined;
  const {instead, phases} = table;
  const isDenied = (name: string): boolean => phases.get(name)?.is === 'denied';
  const names = instead?.namespaces ?? [...phases.keys()];
  const shown = names.filter((name) => !isDenied(name));
  if (instead !== undefined) return {shown, denied: 'all'};
  const denied = names.filter(isDenied);
  return denied.length === 0 ? undefined : {shown, denied};
};

/** `all namespaces` or the names. */
export const deniedText = ({denied}: Limits): string => (denied === 'all' ? 'all namespaces' : namesText(denied));

/** One sentence: what may not be listed, and what is shown. */
export const limitsText = (plural: string, limits: Limits): string =>
  `You may not list ${plural} in ${deniedText(limits)}; showing ${namesText(limits.shown)}`;
