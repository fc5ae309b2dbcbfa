// `create namespace`.
import {newMeta, typed} from '../../../operations/create/typed.ts';
import type {Verb} from '../../verb.ts';
import {generatorFlags, runGenerator} from './generated.ts';

export const verb: Verb = {
  name: 'namespace',
  aliases: ['ns'],
  short: 'Create a namespace with the specified name',
  long: 'Create a namespace.',
  examples: `
  # A namespace named shop
  {program} create namespace shop`,
  usage: 'NAME [--dry-run=server|client|none]',
  flags: generatorFlags([]),
  run: (context) =>
    runGenerator(context, ({name}) => typed('Namespace', 'v1', newMeta({name}), {spec: {}, status: {}}), {clusterScoped: true}),
};
