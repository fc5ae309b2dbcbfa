// From the words a person types to the types a server has.
import type {Discovery} from '../../kube/client.ts';
import {builtInTypes} from '../../kube/discovery/built-in.ts';
import type {ApiResource} from '../../kube/types/object.ts';
import {askedWrong} from './info.ts';

const PLAIN_GROUPS = new Map([
  ['', 'v1'],
  ['apps', 'v1'],
  ['batch', 'v1'],
]);

/**
 * The type of a full name such as `pods` or `deployment` that every cluster has and nothing can take away: no other group comes
 * before these. Then not even the file of known types has to be read.
 */
const plainType = (word: string): ApiResource | undefined =>
  builtInTypes().find((type) => (type.plural === word || type.singular === word) && PLAIN_GROUPS.get(type.group) === type.version);

/** The type a word means; kubectl's error when there is none. */
export const typeOf = async (discovery: Discovery, word: string): Promise<ApiResource> => {
  const found = plainType(word) ?? (await discovery.find(word))[0];
  if (found === undefined) throw askedWrong(`the server doesn't have a resource type ${JSON.stringify(word.split('.')[0])}`);
  return found;
};

/** Replaces categories such as `all` by their members. */
export const expandCategories = async (discovery: Discovery, words: readonly string[]): Promise<readonly string[]> => {
  const expanded: string[] = [];
  for (const word of words) {
    const members = plainType(word) === undefined ? await discovery.category(word) : undefined;
    if (members === undefined) expanded.push(word);
    else expanded.push(...members.map(({plural, group}) => (group === '' ? plural : `${plural}.${group}`)));
  }
  return [...new Set(expanded)];
};

/** Types of several words, each once. */
export const typesOf = async (discovery: Discovery, words: readonly string[]): Promise<readonly ApiResource[]> => {
  const types: ApiResource[] = [];
  for (const word of words) {
    const type = await typeOf(discovery, word);
    if (!types.some((known) => known.group === type.group && known.version === type.version && known.kind === type.kind))
      types.push(type);
  }
  return types;
};
