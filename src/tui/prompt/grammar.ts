// What a line of the `:` prompt means: a kind with where and what, a context, a namespace, or a command.
import type {CommandRegistry} from '../../commands/registry.ts';
import type {Catalogue, KnownKind} from '../session/catalogue.ts';

/** A read line. */
export type Line =
  | {readonly is: 'empty'}
  | {
      readonly is: 'kind';
      readonly known: KnownKind;
      readonly namespaces: readonly string[] | 'all' | undefined;
      readonly filter: string | undefined;
      readonly labels: string | undefined;
      readonly context: string | undefined;
    }
  | {readonly is: 'context'; readonly name: string}
  | {readonly is: 'namespace'; readonly namespaces: readonly string[] | 'all'}
  /** `argument` is what stands behind the word; empty when nothing does. */
  | {readonly is: 'command'; readonly id: string; readonly argument: string}
  /** A line for the user's shell. */
  | {readonly is: 'local'; readonly line: string}
  /** Several kinds of different groups go by this word. */
  | {readonly is: 'ambiguous'; readonly word: string; readonly kinds: readonly KnownKind[]}
  | {readonly is: 'unknown'; readonly word: string};

/** What reading needs to know. */
export type Words = {readonly kinds: Catalogue; readonly registry: CommandRegistry; readonly contexts: readonly string[]};

const namespacesOf = (word: string): readonly string[] | 'all' =>
  /^(all|[*])$/.test(word) ? 'all' : word.split(',').filter(Boolean);

/** Splits a line into words; a filter takes the rest from its slash on, a quoted selector may hold blanks. */
const wordsOf = (line: string): readonly string[] => line.match(/(?<=^|\s)\/.*$|'[^']*'?|\S+/g) ?? [];

/** Reads a line. Case is kept for contexts and labels, and names of kinds are never guessed from other words. */
export const readLine = (line: string, {kinds, registry, contexts}: Words): Line => {
  const local = /^(?:!|(?:run|sh)\s)\s*(.*)$/s.exec(line.trim())?.[1];
  if (local !== undefined && local !== '') return {is: 'local', line: local};
  const [first, ...rest] = wordsOf(line.trim());
  if (first === undefined) return {is: 'empty'};
  const [second] = rest;
  if (/^(ctx|context|contexts)$/i.test(first) && second !== undefined) return {is: 'context', name: second};
  // `namespaces /shop` filters their list; any other second word is a namespace to go to.
  if (/^(ns|namespace|namespaces)$/i.test(first) && second !== undefined && !/^\/|=/.test(second))
    return {is: 'namespace', namespaces: namespacesOf(second)};
  if (first.startsWith('@') && rest.length === 0) return {is: 'context', name: first.slice(1)};
  const byAlias = registry.all().find(({command}) => command.aliases?.includes(first.toLowerCase()) === true);
  const found = kinds.find(first);
  // `ns` and `ctx` alone open their own lists; every other word of a kind is that kind.
  if (byAlias !== undefined && (found.length === 0 || /^(ctx|contexts?|a)$/i.test(first)))
    return {is: 'command', id: byAlias.command.id, argument: line.trim().slice(first.length).trim()};
  const exact = found.length === 1 ? found[0] : undefined;
  if (exact !== undefined) {
    let namespaces: readonly string[] | 'all' | undefined;
    let filter: string | undefined;
    let labels: string | undefined;
    let context: string | undefined;
    for (const word of rest) {
      if (word.startsWith('/')) filter = word.slice(1).trim();
      else if (word.startsWith('@')) context = word.slice(1);
      else if (word.startsWith("'")) labels = word.replaceAll("'", '');
      else if (word.includes('=')) labels = word;
      else if (word !== '-A') namespaces = namespacesOf(word);
      else namespaces = 'all';
    }
    return {is: 'kind', known: exact, namespaces, filter, labels, context};
  }
  if (found.length > 1) return {is: 'ambiguous', word: first, kinds: found};
  if (rest.length === 0 && registry.get(first) !== undefined) return {is: 'command', id: first, argument: ''};
  if (rest.length === 0 && contexts.includes(first)) return {is: 'context', name: first};
  return {is: 'unknown', word: first};
};
