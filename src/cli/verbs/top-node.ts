// `top node`: CPU and memory of nodes, and how much that is of what they have.
import type {KubeList} from '../../kube/types/object.ts';
import type {Node} from '../../kube/types/wire.ts';
import {TABLE_LAYOUT, TabWriter} from '../../output/tabwriter.ts';
import {cliError, usageError} from '../errors.ts';
import {noHeadersFlag, selectorFlag} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {amountText, checkSort, measured, percentText, quantitiesOf, readMetrics, sortedBy, type Amounts} from './top/usage.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args} = context;
  if (args.length > 1) throw usageError(context.command, 'node [NAME | -l label]');
  const [name] = args;
  const labelSelector = flags.string('selector');
  const {client} = await context.cluster();
  checkSort(flags.string('sort-by'));
  if (name !== undefined && labelSelector !== '') throw cliError('only one of NAME or --selector can be provided');
  const metrics = await readMetrics(context, {plural: 'nodes', labelSelector, ...(name === undefined ? {} : {name})});
  if (metrics.length === 0) throw cliError('metrics not available yet');
  const answer = await client.request(
    name === undefined
      ? {path: '/api/v1/nodes', query: {labelSelector: labelSelector === '' ? undefined : labelSelector}}
      : {path: `/api/v1/nodes/${encodeURIComponent(name)}`},
  );
  const nodes = name === undefined ? answer.json<KubeList<Node>>().items : [answer.json<Node>()];
  const available = new Map<string, Amounts>(
    nodes.map((node) => [node.metadata.name ?? '', amountsOf(node, flags.bool('show-capacity'))]),
  );

  const resources = measured(context);
  const tabs = new TabWriter((text) => void context.streams.stdout.write(text), TABLE_LAYOUT);
  // Every cell is followed by a tab, so the last one is padded too.
  if (!flags.bool('no-headers')) {
    tabs.row([
      'NAME',
      'CPU(cores)',
      'CPU(%)',
      'MEMORY(bytes)',
      'MEMORY(%)',
      ...(resources.length > 2 ? ['SWAP(bytes)', 'SWAP(%)'] : []),
      '',
    ]);
  }
  const sorted = sortedBy(
    metrics,
    flags.string('sort-by'),
    ({usage}) => quantitiesOf(usage, resources),
    (a, b) => a.metadata.name! < b.metadata.name!,
  );
  for (const {metadata, usage} of sorted) {
    const has = available.get(metadata.name ?? '');
    const used = quantitiesOf(usage, resources);
    const owned = quantitiesOf(has, resources);
    const cells = resources.flatMap((resource) => {
      if (resource === 'swap' && has?.['swap'] === undefined) return ['<unknown>', '<unknown>'];
      const amount = amountText(resource, used.get(resource)!);
      return has?.[resource] === undefined ? [amount] : [amount, percentText(used.get(resource)!, owned.get(resource)!)];
    });
    tabs.row([metadata.name ?? '', ...cells, '']);
    available.delete(metadata.name ?? '');
  }
  for (const left of available.keys()) tabs.row([left, ...resources.flatMap(() => ['<unknown>', '<unknown>']), '']);
  tabs.flush();
  return 0;
};

const amountsOf = (node: Node, capacity: boolean): Amounts => {
  const amounts = (capacity ? node.status?.capacity : node.status?.allocatable) ?? {};
  const swap = (node.status?.nodeInfo as {swap?: {capacity?: number}} | undefined)?.swap?.capacity;
  return swap === undefined ? amounts : {...amounts, swap: String(swap)};
};

export const verb: Verb = {
  name: 'top node',
  aliases: ['nodes', 'no'],
  short: 'Display resource (CPU/memory) usage of nodes',
  long: 'Show the CPU and memory that nodes use now, and the share of what they can give to pods.',
  examples: `
  # All nodes
  {program} top node

  # One node
  {program} top node NODE_NAME`,
  usage: '[NAME | -l label]',
  flags: [
    noHeadersFlag,
    selectorFlag,
    {name: 'show-capacity', type: 'bool', usage: 'Percentages of all a node has, not of what pods may use.'},
    {name: 'show-swap', type: 'bool', usage: 'Show swap memory too.'},
    {name: 'sort-by', type: 'string', usage: "Most first, by 'cpu' or 'memory'."},
    {name: 'use-protocol-buffers', type: 'bool', default: true, usage: 'Kept for scripts; the metrics are the same.'},
  ],
  run,
};
