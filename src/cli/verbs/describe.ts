// `describe`: everything worth knowing about objects, in words; what each kind says stands in its own folder.
import {describeText} from '../../output/describe.ts';
import {clusterViewOf} from '../../operations/cluster-view.ts';
import type {Info} from '../../operations/resolve/info.ts';
import {resolve, type ResolveOptions} from '../../operations/resolve/resolve.ts';
import {loadKind} from '../../resources/catalogue.ts';
import {DescribePaper} from '../../resources/describe-writer.ts';
import type {ClusterView} from '../../resources/kind.ts';
import {cliError} from '../errors.ts';
import {allNamespacesFlag, chunkSizeFlag, fileFlags, selectorFlag} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (args.length === 0 && flags.strings('filename').length === 0 && flags.string('kustomize') === '') {
    throw cliError(
      `You must specify the type of resource to describe. Use "${context.program} api-resources" for a complete list of supported resources.\n`,
    );
  }
  const cluster = await context.cluster();
  const allNamespaces = flags.bool('all-namespaces');
  const options: ResolveOptions = {
    namespace: cluster.namespace,
    allNamespaces,
    typeAlone: true,
    chunkSize: flags.int('chunk-size'),
    chunkSizeGiven: true,
    program: context.program,
  };
  const resolved = await resolve(cluster, {
    ...options,
    args,
    filenames: flags.strings('filename'),
    kustomize: flags.string('kustomize'),
    recursive: flags.bool('recursive'),
    stdin: streams.stdin as AsyncIterable<Buffer>,
    enforceNamespace: cluster.namespaceExplicit && !allNamespaces,
    labelSelector: flags.string('selector'),
  });
  const {infos, errors: found} = await resolved.infos();
  const errors = [...found];
  const view = clusterViewOf(cluster.client, context.now);
  // Events of many objects are many requests, so they come only when asked for.
  const showEvents = flags.given('show-events') || (errors.length === 0 && infos.length <= 1) ? flags.bool('show-events') : false;
  if (errors.length > 0 && args.length === 2 && isNotFound(errors)) {
    return describeByPrefix(context, {...options, allNamespaces: false}, view, showEvents, errors);
  }
  const told = new Set<string>();
  let first = true;
  for (const info of infos) {
    try {
      const text = await describe(context, info, view, showEvents);
      streams.stdout.write(first ? text : `\n\n${text}`);
      first = false;
    } catch (error) {
      const message = (error as Error).message;
      if (!told.has(message)) errors.push(error);
      told.add(message);
    }
  }
  if (infos.length === 0 && errors.length === 0) {
    streams.stderr.write(allNamespaces ? 'No resources found\n' : `No resources found in ${cluster.namespace} namespace.\n`);
  }
  if (errors.length > 0) throw new AggregateError(errors);
  return 0;
};

const isNotFound = (errors: readonly unknown[]): boolean =>
  errors.length === 1 && (errors[0] as {status?: {reason?: string}} | undefined)?.status?.reason === 'NotFound';

const describeByPrefix = async (
  context: VerbContext,
  options: ResolveOptions,
  view: ClusterView,
  showEvents: boolean,
  errors: readonly unknown[],
): Promise<number> => {
  const [type = '', prefix = ''] = context.args;
  const infos = await (
    await resolve(await context.cluster(), {...options, args: [type], singleType: true, continueOnError: false})
  ).all();
  const fitting = infos.filter(({name}) => name.startsWith(prefix));
  if (fitting.length === 0) throw errors[0];
  for (const info of fitting) context.streams.stdout.write(`${await describe(context, info, view, showEvents)}\n`);
  return 0;
};

/** Text of one object, read anew as kubectl does, so that it is as fresh as its events. */
const describe = async (context: VerbContext, info: Info, view: ClusterView, showEvents: boolean): Promise<string> => {
  const object = await freshObject(context, info);
  const kind = info.resource === undefined ? undefined : await loadKind(info.resource);
  const paper = new DescribePaper();
  const write = kind?.describe ?? (await import('../../resources/custom/describe.ts')).describeGeneric;
  await write(object, view, paper, {showEvents});
  return describeText(paper);
};

const freshObject = async (context: VerbContext, info: Info): Promise<NonNullable<Info['object']>> => {
  if (info.source === '' && info.object !== undefined) return info.object;
  const {fetchInfo} = await import('../../operations/resolve/resolve.ts');
  const copy = {...info, object: undefined};
  await fetchInfo((await context.cluster()).client, copy);
  return copy.object!;
};

export const verb: Verb = {
  name: 'describe',
  short: 'Show details of a specific resource or group of resources',
  long:
    'Show an object with everything that belongs to it: its fields in words, what depends on it, its events.\n\n' +
    ' {program} describe TYPE NAME_PREFIX looks for an object of that name first, and else shows all whose names begin with it.\n\n' +
    ' Use "{program} api-resources" for the types this cluster has.',
  examples: `
  # A node
  {program} describe nodes node-1

  # Pods that a Deployment made
  {program} describe pods web

  # The objects in a file
  {program} describe -f web.yaml

  # By label
  {program} describe pods -l app=shop`,
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  flags: [
    allNamespacesFlag,
    chunkSizeFlag,
    ...fileFlags('that names the objects to describe.'),
    selectorFlag,
    {name: 'show-events', type: 'bool', default: true, usage: 'Show events; off by default when several objects are shown.'},
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
