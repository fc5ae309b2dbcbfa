// `config rename-context`.
import {defaultFile, editKubeconfig, readKubeconfig} from '../../../operations/kubeconfig.ts';
import {cliError, HelpWanted} from '../../errors.ts';
import {quoteGo} from '../../flags/quote-go.ts';
import type {Verb} from '../../verb.ts';

export const verb: Verb = {
  name: 'config rename-context',
  short: 'Rename a context from the kubeconfig file',
  long: 'Give a context another name. When it is the current one it stays so.',
  examples: `
  # A shorter name
  {program} config rename-context arn:aws:eks:eu-1:123:cluster/prod prod`,
  usage: 'CONTEXT_NAME NEW_NAME',
  flags: [],
  complete: async ({connection, env}) => ({words: [...(await readKubeconfig(connection, env)).contexts.keys()]}),
  run: async ({args, connection, env, streams}) => {
    const [from, to] = args;
    if (from === undefined || to === undefined || args.length !== 2) throw new HelpWanted(`Unexpected args: [${args.join(' ')}]`);
    if (to === '') throw cliError('You must specify a new non-empty context name');
    const {contexts, currentContext} = await readKubeconfig(connection, env);
    const file = defaultFile(connection, env);
    if (!contexts.has(from)) throw cliError(`cannot rename the context ${quoteGo(from)}, it's not in ${file}`);
    if (contexts.has(to))
      throw cliError(`cannot rename the context ${quoteGo(from)}, the context ${quoteGo(to)} already exists in ${file}`);
    await editKubeconfig(connection, env, (editor) => {
      editor.rename('contexts', from, to);
      if (currentContext === from) editor.setCurrentContext(to);
    });
    streams.stdout.write(`Context ${quoteGo(from)} renamed to ${quoteGo(to)}.\n`);
    return 0;
  },
};
