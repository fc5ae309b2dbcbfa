// `config use-context`: the only place where kdeck writes `current-context`.
import {editKubeconfig, readKubeconfig} from '../../../operations/kubeconfig.ts';
import {cliError, HelpWanted} from '../../errors.ts';
import {quoteGo} from '../../flags/quote-go.ts';
import type {Verb} from '../../verb.ts';

export const verb: Verb = {
  name: 'config use-context',
  aliases: ['use'],
  short: 'Set the current-context in a kubeconfig file',
  long: 'Make a context the current one.',
  examples: `
  # Work with the production cluster
  {program} config use-context production`,
  usage: 'CONTEXT_NAME',
  flags: [],
  complete: async ({connection, env}) => ({words: [...(await readKubeconfig(connection, env)).contexts.keys()]}),
  run: async ({args, connection, env, streams}) => {
    const [name] = args;
    if (name === undefined || args.length !== 1) throw new HelpWanted(`Unexpected args: [${args.join(' ')}]`);
    const {contexts} = await readKubeconfig(connection, env);
    if (name === '') throw cliError('empty context names are not allowed');
    if (!contexts.has(name)) throw cliError(`no context exists with the name: ${quoteGo(name)}`);
    await editKubeconfig(connection, env, (editor) => editor.setCurrentContext(name));
    streams.stdout.write(`Switched to context ${quoteGo(name)}.\n`);
    return 0;
  },
};
