// What verbs that change objects have in common: which objects they mean, and pairs of keys and values.
import type {AnyObject} from '../../../kube/types/object.ts';
import type {ObjectAddress} from '../../../operations/objects.ts';
import {askedWrong, type Info} from '../../../operations/resolve/info.ts';
import type {ResolveOptions} from '../../../operations/resolve/resolve.ts';
import {cliError} from '../../errors.ts';
import type {VerbContext} from '../../verb.ts';

/** Files named by `-f` and `-k`. */
export const hasFiles = ({flags}: VerbContext): boolean => flags.strings('filename').length > 0 || flags.string('kustomize') !== '';

/** Options for resolving the objects a verb is about: words, files, selector, namespace. A verb without `-f` says `filenames: []`. */
export const objectsOf = async (context: VerbContext, more: Partial<ResolveOptions> = {}): Promise<ResolveOptions> => {
  const {flags, args} = context;
  const cluster = more.local === true ? undefined : await context.cluster();
  return {
    args,
    ...(more.filenames === undefined
      ? {filenames: flags.strings('filename'), kustomize: flags.string('kustomize'), recursive: flags.bool('recursive')}
      : {}),
    stdin: context.streams.stdin as AsyncIterable<Buffer>,
    namespace: cluster?.namespace ?? context.connection.namespace ?? 'default',
    enforceNamespace: cluster?.namespaceExplicit ?? context.connection.namespace !== undefined,
    program: context.program,
    ...more,
  };
};

/** Words as names of a type, unless they name their own: what kubectl's `ResourceNames("pods", …)` does. */
export const namesOf = (type: string, words: readonly string[]): readonly string[] =>
  words.map((word) => (word.includes('/') ? word : `${type}/${word}`));

/** Where an object is. Its type is known, because the server was asked. */
export const addressOf = ({resource, namespace, name}: Info): ObjectAddress => {
  if (resource === undefined) throw askedWrong('local operation only');
  const {group, version, plural} = resource;
  return {group, version, plural, namespace: resource.namespaced ? namespace : undefined, name};
};

/** The object of an info that was read. */
export const objectOf = (info: Info): AnyObject => {
  if (info.object === undefined) throw askedWrong(`${info.name} was not read`);
  return info.object;
};

/** Splits words at the first `KEY=VALUE` or `KEY-`. `what` names the pairs in the error. */
export const splitPairs = (
  words: readonly string[],
  what: string,
): {readonly resources: readonly string[]; readonly pairs: readonly string[]} => {
  const isPair = (word: string): boolean => (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
  const first = words.findIndex(isPair);
  if (first < 0) return {resources: words, pairs: []};
  const pairs = words.slice(first);
  const stray = pairs.find((word) => !isPair(word));
  if (stray !== undefined) throw cliError(`all resources must be specified before ${what} changes: ${stray}`);
  return {resources: words.slice(0, first), pairs};
};

/** Reads `KEY=VALUE` and, where removing is possible, `KEY-`. */
export const readPairs = (
  pairs: readonly string[],
  what: string,
  removes: boolean,
): {readonly set: ReadonlyMap<string, string>; readonly remove: readonly string[]} => {
  const set = new Map<string, string>();
  const remove: string[] = [];
  const invalid: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) set.set(pair.slice(0, equals), pair.slice(equals + 1));
    else if (removes && pair.endsWith('-') && pair !== '-') remove.push(pair.slice(0, -1));
    else invalid.push(pair);
  }
  if (invalid.length > 0) throw cliError(`invalid ${what} format: ${invalid.join(', ')}`);
  return {set, remove};
};
