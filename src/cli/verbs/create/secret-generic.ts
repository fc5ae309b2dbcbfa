// `create secret generic`.
import {newGenericSecret} from '../../../operations/create/secret.ts';
import type {Verb} from '../../verb.ts';
import {sourceFlags, sourcesOf} from './configmap.ts';
import {generatorFlags, runGenerator} from './generated.ts';

export const verb: Verb = {
  name: 'generic',
  short: 'Create a secret from a local file, directory, or literal value',
  long: 'Create a Secret from files, folders, literal values or env files.',
  examples: `
  # A password
  {program} create secret generic db --from-literal=password=s3cr3t`,
  usage: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  flags: generatorFlags([...sourceFlags, {name: 'type', type: 'string', usage: 'Type of the Secret.'}]),
  run: (context) => {
    const {flags, env} = context;
    return runGenerator(
      context,
      (target) => newGenericSecret(target, flags.string('type'), sourcesOf(context), env, flags.bool('append-hash')),
      {
        failed: 'failed to create secret',
      },
    );
  },
};
