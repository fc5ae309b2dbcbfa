// `config delete-cluster`.
import {defaultFile, editKubeconfig, readKubeconfig} from '../../../operations/kubeconfig.ts';
import {cliError, HelpWanted} from '../../errors.ts';
import type {Verb} from '../../verb.ts';

export const verb: Verb = {
  name: 'config delete-cluster',
  short: 'Delete the specified cluster from the kubeconfig',
  long: 'Remove a cluster. Contexts that name it stay.',
  examples: `
  # Forget the test cluster
  {program} config delete-cluster test`,
  usage: 'NAME',
  flags: [],
  complete: async ({connection, env}) => ({words: [...(await readKubeconfig(connection, env)).clusters.keys()]}),
  run: async ({args, connection, env, streams}) => {
    const {clusters} = await readKubeconfig(connection, env);
    const [name] = args;
    if (name === undefined || args.length !== 1) throw new HelpWanted('');
    const file = defaultFile(connection, env);
    if (!clusters.has(name)) throw cliError(`cannot delete cluster ${name}, not in ${file}`);
    await editKubeconfig(connection, env, (editor) => editor.remove('clusters', name));
    streams.stdout.write(`deleted cluster ${name} from ${file}\n`);
    return 0;
  },
};
