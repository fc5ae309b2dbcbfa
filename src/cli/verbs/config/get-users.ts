// `config get-users`.
import {readKubeconfig} from '../../../operations/kubeconfig.ts';
import type {Verb} from '../../verb.ts';

export const verb: Verb = {
  name: 'config get-users',
  short: 'Display users defined in the kubeconfig',
  long: "Print the names of the kubeconfig's users.",
  examples: `
  # All of them
  {program} config get-users`,
  usage: '[flags]',
  flags: [],
  run: async ({connection, env, streams}) => {
    const config = await readKubeconfig(connection, env);
    streams.stdout.write(`${['NAME', ...[...config.users.keys()].toSorted()].join('\n')}\n`);
    return 0;
  },
};
