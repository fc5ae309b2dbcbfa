// `config delete-context`.
import {defaultFile, editKubeconfig, readKubeconfig} from '../../../operations/kubeconfig.ts';
import {cliError, HelpWanted} from '../../errors.ts';
import type {Verb} from '../../verb.ts';

export const verb: Verb = {
  name: 'config delete-context',
  short: 'Delete the specified context from the kubeconfig',
  long: 'Remove a context. Its cluster and user stay.',
  examples: `
  # Forget the test cluster
  {program} config delete-context test`,
  usage: 'NAME',
  flags: [],
  complete: async ({connection, env}) => ({words: [...(await readKubeconfig(connection, env)).contexts.keys()]}),
  run: async ({args, connection, env, streams, program}) => {
    const {contexts, currentContext} = await readKubeconfig(connection, env);
    const [name] = args;
    if (name === undefined || args.length !== 1) throw new HelpWanted('');
    const file = defaultFile(connection, env);
    if (!contexts.has(name)) throw cliError(`cannot delete context ${name}, not in ${file}`);
    if (currentContext === name) {
      streams.stderr.write(
        `warning: this removed your active context, use "${program} config use-context" to select a different one\n`,
      );
    }
    await editKubeconfig(connection, env, (editor) => editor.remove('contexts', name));
    streams.stdout.write(`deleted context ${name} from ${file}\n`);
    return 0;
  },
};
