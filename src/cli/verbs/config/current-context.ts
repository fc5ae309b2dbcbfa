// `config current-context`.
import {readKubeconfig} from '../../../operations/kubeconfig.ts';
import {cliError} from '../../errors.ts';
import type {Verb} from '../../verb.ts';

export const verb: Verb = {
  name: 'config current-context',
  short: 'Display the current-context',
  long: 'Print the name of the current context.',
  examples: `
  # Which one is it?
  {program} config current-context`,
  usage: '[flags]',
  flags: [],
  run: async ({connection, env, streams}) => {
    const {currentContext} = await readKubeconfig(connection, env);
    if (currentContext === '') throw cliError('current-context is not set');
    streams.stdout.write(`${currentContext}\n`);
    return 0;
  },
};
