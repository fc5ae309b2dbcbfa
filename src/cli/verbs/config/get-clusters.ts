// `config get-clusters`.
import {readKubeconfig} from '../../../operations/kubeconfig.ts';
import type {Verb} from '../../verb.ts';

export const verb: Verb = {
  name: 'config get-clusters',
  short: 'Display clusters defined in the kubeconfig',
  long: "Print the names of the kubeconfig's clusters.",
  examples: `
  # All of them
  {program} config get-clusters`,
  usage: '[flags]',
  flags: [],
  run: async ({connection, env, streams}) => {
    const config = await readKubeconfig(connection, env);
    streams.stdout.write(`${['NAME', ...[...config.clusters.keys()].toSorted()].join('\n')}\n`);
    return 0;
  },
};
