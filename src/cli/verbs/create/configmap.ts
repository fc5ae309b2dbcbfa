// `create configmap`.
import {newConfigMap} from '../../../operations/create/config-map.ts';
import type {Flag, Verb, VerbContext} from '../../verb.ts';
import {generatorFlags, runGenerator} from './generated.ts';

/** Flags that say where keys and values come from. */
export const sourceFlags: readonly Flag[] = [
  {name: 'append-hash', type: 'bool', usage: 'Append a hash of the content to the name.'},
  {name: 'from-env-file', type: 'csv', usage: 'File of KEY=value lines; a KEY alone takes its value from the environment.'},
  {name: 'from-file', type: 'csv', usage: '[key=]file, or a folder whose files become keys.'},
  {name: 'from-literal', type: 'list', usage: 'key=value.'},
];

/** The sources of the flags. */
export const sourcesOf = ({flags}: VerbContext) => ({
  literals: flags.strings('from-literal'),
  files: flags.strings('from-file'),
  envFiles: flags.strings('from-env-file'),
});

export const verb: Verb = {
  name: 'configmap',
  aliases: ['cm'],
  short: 'Create a config map from a local file, directory or literal value',
  long: 'Create a ConfigMap from files, folders, literal values or env files. Files that are no UTF-8 go into binaryData.',
  examples: `
  # Keys are the names of the files
  {program} create configmap settings --from-file=conf.d/

  # Literal values
  {program} create configmap settings --from-literal=color=blue --from-literal=size=3`,
  usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  flags: generatorFlags(sourceFlags),
  run: (context) =>
    runGenerator(context, (target) => newConfigMap(target, sourcesOf(context), context.env, context.flags.bool('append-hash')), {
      failed: 'failed to create configmap:',
    }),
};
