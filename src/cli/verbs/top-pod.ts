// `top pod`: CPU and memory of pods or of their containers, with a sum if wanted.
import type {KubeList} from '../../kube/types/object.ts';
import type {Pod} from '../../kube/types/wire.ts';
import {TABLE_LAYOUT, TabWriter} from '../../output/tabwriter.ts';
import {cliError, usageError} from '../errors.ts';
import {allNamespacesFlag, fieldSelectorFlag, noHeadersFlag, selectorFlag} from '../flags/bundles.ts';
import {goDurationText} from '../flags/go-duration.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {amountText, checkSort, measured, quantitiesOf, readMetrics, sortedBy, sumOf, type Metrics} from './top/usage.ts';

// kubectl waits this long for a pod's first figures before it calls their absence an error.
const PATIENCE = 120_000;

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (args.length > 1) throw usageError(context.command, 'pod [NAME | -l label]');
  const [name] = args;
  const labelSelector = flags.string('selector');
  const fieldSelector = flags.string('field-selector');
  const all = flags.bool('all-namespaces');
  const cluster = await context.cluster();
  checkSort(flags.string('sort-by'));
  if (name !== undefined && (labelSelector !== '' || fieldSelector !== ''))
    throw cliError('only one of NAME or selector can be provided');
  const namespace = all ? '' : cluster.namespace;
  const metrics = await readMetrics(context, {
    plural: 'pods',
    namespace,
    labelSelector,
    fieldSelector,
    ...(name === undefined ? {} : {name}),
  });
  if (metrics.length === 0) {
    await explainNothing(context, {namespace, name, labelSelector, fieldSelector});
    streams.stderr.write(all ? 'No resources found\n' : `No resources found in ${cluster.namespace} namespace.\n`);
    return 0;
  }
  print(context, metrics);
  return 0;
};

const explainNothing = async (
  context: VerbContext,
  what: {
    readonly namespace: string;
    readonly name: string | undefined;
    readonly labelSelector: string;
    readonly fieldSelector: string;
  },
): Promise<void> => {
  const {client} = await context.cluster();
  const folder = `/api/v1${what.namespace === '' ? '' : `/namespaces/${encodeURIComponent(what.namespace)}`}/pods`;
  const text = (value: string): string | undefined => (value === '' ? undefined : value);
  const answer = await client.request(
    what.name === undefined
      ? {path: folder, query: {labelSelector: text(what.labelSelector), fieldSelector: text(what.fieldSelector)}}
      : {path: `${folder}/${encodeURIComponent(what.name)}`},
  );
  const pods = what.name === undefined ? answer.json<KubeList<Pod>>().items : [answer.json<Pod>()];
  if (pods.length === 0) return;
  for (const {metadata} of pods) {
    const age = context.now().getTime() - Date.parse(metadata.creationTimestamp ?? '');
    if (age > PATIENCE)
      throw cliError(`Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${goDurationText(age)}`);
  }
  throw cliError('metrics not available yet');
};

const print = (context: VerbContext, metrics: readonly Metrics[]): void => {
  const {flags, streams} = context;
  const withNamespace = flags.bool('all-namespaces');
  const byContainer = flags.bool('containers');
  const resources = measured(context);
  const columns = ['NAME', 'CPU(cores)', 'MEMORY(bytes)', ...(resources.length > 2 ? ['SWAP(bytes)'] : [])];
  const tabs = new TabWriter((text) => void streams.stdout.write(text), TABLE_LAYOUT);
  let width = columns.length;
  if (!flags.bool('no-headers')) {
    const before = [...(withNamespace ? ['NAMESPACE'] : []), ...(byContainer ? ['POD'] : [])];
    width += before.length;
    tabs.row([...before, ...columns, '']);
  }
  const by = flags.string('sort-by');
  const pods = sortedBy(
    metrics,
    by,
    ({containers = []}) =>
      sumOf(
        containers.map(({usage}) => usage),
        resources,
      ),
    (a, b) =>
      withNamespace && a.metadata.namespace !== b.metadata.namespace
        ? a.metadata.namespace! < b.metadata.namespace!
        : a.metadata.name! < b.metadata.name!,
  );
  for (const {metadata, containers = []} of pods) {
    const before = withNamespace ? [metadata.namespace ?? ''] : [];
    if (!byContainer) {
      const used = sumOf(
        containers.map(({usage}) => usage),
        resources,
      );
      tabs.row([...before, metadata.name ?? '', ...resources.map((resource) => amountText(resource, used.get(resource)!)), '']);
      continue;
    }
    for (const {name, usage} of sortedBy(
      containers,
      by,
      (one) => quantitiesOf(one.usage, resources),
      (a, b) => a.name < b.name,
    )) {
      const used = quantitiesOf(usage, resources);
      tabs.row([
        ...before,
        metadata.name ?? '',
        name,
        ...resources.map((resource) => amountText(resource, used.get(resource)!)),
        '',
      ]);
    }
  }
  if (flags.bool('sum')) {
    const total = sumOf(
      metrics.flatMap(({containers = []}) => containers.map(({usage}) => usage)),
      resources,
    );
    const empty = (count: number): string[] => Array.from({length: Math.max(0, count)}, () => '');
    tabs.row([...empty(width - 2), '________', '________', '']);
    tabs.row([...empty(width - 3), '', ...resources.map((resource) => amountText(resource, total.get(resource)!)), '']);
  }
  tabs.flush();
};

export const verb: Verb = {
  name: 'top pod',
  aliases: ['pods', 'po'],
  short: 'Display resource (CPU/memory) usage of pods',
  long: 'Show the CPU and memory that pods use now. Figures of a new pod take a minute or two to appear.',
  examples: `
  # Pods of the namespace
  {program} top pod

  # Containers of one pod
  {program} top pod POD_NAME --containers

  # The hungriest first, everywhere
  {program} top pod -A --sort-by=memory`,
  usage: '[NAME | -l label]',
  flags: [
    allNamespacesFlag,
    {name: 'containers', type: 'bool', usage: 'One row for each container.'},
    fieldSelectorFlag,
    noHeadersFlag,
    selectorFlag,
    {name: 'show-swap', type: 'bool', usage: 'Show swap memory too.'},
    {name: 'sort-by', type: 'string', usage: "Most first, by 'cpu' or 'memory'."},
    {name: 'sum', type: 'bool', usage: 'Add a line with the sum.'},
    {name: 'use-protocol-buffers', type: 'bool', default: true, usage: 'Kept for scripts; the metrics are the same.'},
  ],
  run,
};
