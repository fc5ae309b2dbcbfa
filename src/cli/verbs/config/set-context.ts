// `config set-context`: creates a context, or changes what is named of it.
import {editKubeconfig, readKubeconfig} from '../../../operations/kubeconfig.ts';
import {cliError, HelpWanted} from '../../errors.ts';
import {quoteGo} from '../../flags/quote-go.ts';
import type {Verb, VerbContext} from '../../verb.ts';

const FIELDS = ['cluster', 'user', 'namespace'] as const;

const run = async ({flags, args, connection, env, streams}: VerbContext): Promise<number> => {
  if (args.length > 1) throw new HelpWanted(`Unexpected args: [${args.join(' ')}]`);
  const current = flags.bool('current');
  const given = args[0] ?? '';
  if (given === '' && !current) throw cliError('you must specify a non-empty context name or --current');
  if (given !== '' && current) throw cliError('you cannot specify both a context name and --current');
  const {currentContext} = await readKubeconfig(connection, env);
  if (current && currentContext === '') throw cliError('no current context is set');
  const name = current ? currentContext : given;
  const {created} = await editKubeconfig(connection, env, (editor) =>
    editor.change('contexts', name, (stanza) => {
      for (const field of FIELDS) {
        if (flags.given(field)) stanza[field] = flags.string(field);
        // A context always has these two, empty or not; an empty namespace is left out.
        else if (field !== 'namespace') stanza[field] ??= '';
      }
      if (stanza['namespace'] === '') delete stanza['namespace'];
    }),
  );
  streams.stdout.write(`Context ${quoteGo(name)} ${created ? 'created' : 'modified'}.\n`);
  return 0;
};

export const verb: Verb = {
  name: 'config set-context',
  short: 'Set a context entry in kubeconfig',
  long: 'Create a context, or change one: only what is named is changed.',
  examples: `
  # Stay in a namespace
  {program} config set-context --current --namespace=shop

  # A context of its own for a user
  {program} config set-context shop --cluster=prod --user=anna`,
  usage: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  flags: [
    {name: 'cluster', type: 'string', usage: 'Cluster of the context.'},
    {name: 'current', type: 'bool', usage: 'Change the current context.'},
    {name: 'namespace', short: 'n', type: 'string', usage: 'Namespace of the context.'},
    {name: 'user', type: 'string', usage: 'User of the context.'},
  ],
  complete: async ({connection, env}) => ({words: [...(await readKubeconfig(connection, env)).contexts.keys()]}),
  run,
};
