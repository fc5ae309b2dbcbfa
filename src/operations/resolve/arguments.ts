// Words of a command line as types and names: `TYPE`, `TYPE NAME…`, `TYPE/NAME…`, `T1,T2 NAME…`. Pure.
import {askedWrong} from './info.ts';

/** What the words name. */
export type NamedArguments =
  | {readonly form: 'none'}
  | {readonly form: 'pairs'; readonly pairs: readonly {readonly type: string; readonly name: string}[]}
  /** Types, without names or with; several types with names have become pairs already. */
  | {readonly form: 'types'; readonly types: readonly string[]; readonly names: readonly string[]};

const splitTypes = (word: string): string[] => [...new Set(word.split(','))];

// `a,b c d` means a/c a/d b/c b/d.
const normalize = (words: readonly string[]): readonly string[] => {
  const [first, ...names] = words;
  if (first === undefined || names.length === 0) return words;
  const types = splitTypes(first);
  return types.length < 2 ? words : types.flatMap((type) => names.map((name) => `${type}/${name}`));
};

const splitPair = (word: string): {type: string; name: string} => {
  const parts = word.split('/');
  if (parts.length !== 2) throw askedWrong('arguments in resource/name form may not have more than one slash');
  const [type = '', name = ''] = parts;
  if (type === '' || name === '' || splitTypes(type).length !== 1) {
    throw askedWrong('arguments in resource/name form must have a single resource and name');
  }
  return {type, name};
};

/** Reads the words; `program` is the name the error of mixed forms shows. */
export const readArguments = (words: readonly string[], program: string): NamedArguments => {
  const args = normalize(words);
  const slashes = args.filter((word) => word.includes('/')).length;
  if (slashes > 0 && slashes !== args.length) {
    throw askedWrong(
      'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form ' +
        `(e.g. '${program} get resource/<resource_name>' instead of '${program} get resource resource/<resource_name>'`,
    );
  }
  if (slashes > 0) return {form: 'pairs', pairs: args.map(splitPair)};
  const [types, ...names] = args;
  return types === undefined ? {form: 'none'} : {form: 'types', types: splitTypes(types), names};
};

/** True when the words name objects and not only types. */
export const hasNames = (words: readonly string[], program: string): boolean => {
  const read = readArguments(words, program);
  return read.form === 'pairs' || (read.form === 'types' && read.names.length > 0);
};
