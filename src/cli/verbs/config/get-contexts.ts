// `config get-contexts`: all contexts, or those named; the current one has a star.
import {readKubeconfig} from '../../../operations/kubeconfig.ts';
import {TABLE_LAYOUT, TabWriter} from '../../../output/tabwriter.ts';
import {cliError} from '../../errors.ts';
import {noHeadersFlag} from '../../flags/bundles.ts';
import type {Verb, VerbContext} from '../../verb.ts';

const run = async ({flags, args, connection, env, streams, program}: VerbContext): Promise<number> => {
  const output = flags.string('output');
  if (output !== '' && output !== 'name') {
    throw cliError(`--output ${output} is not available in ${program} config get-contexts; resetting to default output format`);
  }
  const {contexts, currentContext} = await readKubeconfig(connection, env);
  const names = (args.length === 0 ? [...contexts.keys()] : args.filter((name) => contexts.has(name))).toSorted();
  const missing = args.filter((name) => !contexts.has(name)).map((name) => cliError(`context ${name} not found`));
  const tabs = new TabWriter((text) => void streams.stdout.write(text), TABLE_LAYOUT);
  if (output !== 'name' && !flags.bool('no-headers')) tabs.row(['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']);
  for (const name of names) {
    if (output === 'name') {
      tabs.row([name]);
      continue;
    }
    const {cluster = '', user = '', namespace = ''} = contexts.get(name)!.value;
    tabs.row([name === currentContext ? '*' : ' ', name, cluster, user, namespace]);
  }
  tabs.flush();
  if (missing.length > 0) throw new AggregateError(missing);
  return 0;
};

export const verb: Verb = {
  name: 'config get-contexts',
  short: 'Describe one or many contexts',
  long: 'Show the contexts of the kubeconfig.',
  examples: `
  # All of them
  {program} config get-contexts

  # One
  {program} config get-contexts my-context`,
  usage: '[(-o|--output=)name)] [flags]',
  flags: [noHeadersFlag, {name: 'output', short: 'o', type: 'string', usage: 'Output format. One of: (name).'}],
  run,
};
