// `drain`: empties nodes, cordoning them first.
import {messageOf} from '../../base/errors.ts';
import {evictPods, planDrain, type DrainEvent, type DrainOptions} from '../../operations/drain.ts';
import type {Info} from '../../operations/resolve/info.ts';
import {cliError, PlainError} from '../errors.ts';
import {chunkSizeFlag} from '../flags/bundles.ts';
import {dryRunOf, type DryRun} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {objectOf} from './shared/changes.ts';
import {cordonAll, nodeFlags, nodesOf, sentencePrinter} from './shared/nodes.ts';

const optionsOf = ({flags, now}: VerbContext, dryRun: DryRun): DrainOptions => ({
  force: flags.bool('force'),
  ignoreDaemonSets: flags.bool('ignore-daemonsets'),
  deleteEmptyDirData: flags.bool('delete-emptydir-data'),
  gracePeriodSeconds: flags.int('grace-period'),
  timeout: flags.duration('timeout'),
  podSelector: flags.string('pod-selector'),
  chunkSize: flags.int('chunk-size'),
  disableEviction: flags.bool('disable-eviction'),
  skipWaitForDeleteTimeoutSeconds: flags.int('skip-wait-for-delete-timeout'),
  dryRun: dryRun === 'server',
  now,
});

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const dryRun = dryRunOf(context);
  if (flags.string('pod-selector') !== '') {
    const {parseLabelSelector} = await import('../../base/selectors/label.ts');
    try {
      parseLabelSelector(flags.string('pod-selector'));
    } catch {
      throw cliError('--pod-selector=<pod_selector> must be a valid label selector');
    }
  }
  const nodes = await nodesOf(context, 'drain NODE');
  await cordonAll(context, nodes, true, dryRun);
  const options = optionsOf(context, dryRun);
  const print = sentencePrinter(context, dryRun);
  const failed: {readonly node: string; readonly error: unknown}[] = [];
  for (const info of nodes) {
    try {
      await drainOne(context, info, options, dryRun);
      print(objectOf(info), 'drained');
    } catch (error) {
      streams.stderr.write(
        `error: unable to drain node ${JSON.stringify(info.name)} due to error: ${messageOf(error)}, continuing command...\n`,
      );
      failed.push({node: info.name, error});
    }
  }
  if (failed.length > 0) {
    streams.stderr.write('There are pending nodes to be drained:\n');
    for (const {node} of failed) streams.stderr.write(` ${node}\n`);
  }
  // kubectl wraps these errors once too often, and so loses their `error: `.
  if (failed.length > 0) throw new PlainError([...new Set(failed.map(({error}) => messageOf(error)))].join('\n'));
  return 0;
};

const refusal = (errors: readonly string[]): Error => cliError(errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]`);

const drainOne = async (context: VerbContext, info: Info, options: DrainOptions, dryRun: DryRun): Promise<void> => {
  const {streams} = context;
  const {client} = await context.cluster();
  const plan = await planDrain(client, info.name, options);
  if (plan.errors.length > 0) throw refusal(plan.errors);
  if (plan.warnings !== '') context.warn(plan.warnings);
  if (dryRun === 'client') {
    for (const pod of plan.pods)
      streams.stdout.write(`evicting pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name ?? ''} (dry run)\n`);
    return;
  }
  const print = sentencePrinter(context, dryRun);
  const tell = (event: DrainEvent): void => {
    if (event.type === 'retry') return void streams.stderr.write(`${event.message}\n`);
    const {pod} = event;
    const {namespace = '', name = ''} = pod.metadata;
    if (event.type === 'evicting')
      streams.stdout.write(`evicting pod ${namespace}/${name}${dryRun === 'server' ? ' (server dry run)' : ''}\n`);
    else if (event.type === 'skipped') {
      streams.stdout.write(
        `pod ${JSON.stringify(name)} has DeletionTimestamp older than ${options.skipWaitForDeleteTimeoutSeconds} seconds, skipping\n`,
      );
    } else print(pod, event.type === 'failed' ? (event.evicting ? 'eviction failed' : 'deletion failed') : event.type);
  };
  try {
    await evictPods(client, plan.pods, options, tell);
  } catch (error) {
    await tellPending(context, info, options, error);
    throw error;
  }
};

const tellPending = async (context: VerbContext, info: Info, options: DrainOptions, error: unknown): Promise<void> => {
  const {stderr} = context.streams;
  const {client} = await context.cluster();
  const {pods, errors} = await planDrain(client, info.name, options);
  if (pods.length > 0) {
    stderr.write(`There are pending pods in node ${JSON.stringify(info.name)} when an error occurred: ${messageOf(error)}\n`);
    for (const pod of pods) stderr.write(`pod/${pod.metadata.name ?? ''}\n`);
  }
  if (errors.length > 0)
    stderr.write(`Following errors occurred while getting the list of pods to delete:\n${refusal(errors).message}`);
};

export const verb: Verb = {
  name: 'drain',
  short: 'Drain node in preparation for maintenance',
  long:
    'Empty a node before maintenance: it takes no new pods, and those that run there are evicted, which respects disruption\n' +
    ' budgets. Pods of DaemonSets stay, and static ones. What would be lost needs a word: --force for pods without a controller,\n' +
    ' --delete-emptydir-data for local data. "{program} uncordon" takes the node back into service.',
  examples: `
  # Also pods that no controller would make again
  {program} drain worker-1 --force

  # With 15 minutes to end for each pod
  {program} drain worker-1 --grace-period=900`,
  usage: 'NODE',
  flags: [
    {name: 'force', type: 'bool', usage: 'Go on although there are pods without a controller.'},
    {name: 'ignore-daemonsets', type: 'bool', usage: 'Go on although there are pods of DaemonSets; they stay.'},
    {name: 'delete-emptydir-data', type: 'bool', usage: 'Go on although pods use emptyDir; its data is lost.'},
    {name: 'grace-period', type: 'int', default: -1, usage: "Seconds each pod has to end; negative is the pod's own."},
    {name: 'timeout', type: 'duration', default: '0s', usage: 'How long to try; zero for ever.'},
    {name: 'pod-selector', type: 'string', usage: 'Only pods with these labels.'},
    {name: 'disable-eviction', type: 'bool', usage: 'Delete pods instead of evicting them, past their disruption budgets.'},
    {
      name: 'skip-wait-for-delete-timeout',
      type: 'int',
      default: 0,
      usage: 'Do not wait for pods that have been ending for longer than this many seconds.',
    },
    chunkSizeFlag,
    ...nodeFlags,
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
