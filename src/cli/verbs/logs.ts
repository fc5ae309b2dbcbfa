// `logs`: what containers print, once or followed, from one pod or many.
import {KdeckError, messageOf} from '../../base/errors.ts';
import {linesOf, logsOf, readLog, wholeLines, type LogRequest, type LogSource} from '../../operations/logs.ts';
import {resolve} from '../../operations/resolve/resolve.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import {cliError, usageError} from '../errors.ts';
import {selectorFlag} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {namesOf, objectOf, objectsOf} from './shared/changes.ts';

const USAGE = '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]';
const USAGE_ERROR = `expected 'logs ${USAGE}'.\nPOD or TYPE/NAME is a required argument for the logs command`;

type Plan = {readonly container: string; readonly request: Omit<LogRequest, 'namespace' | 'pod' | 'container'>};

const planOf = ({flags, args}: VerbContext): Plan => {
  const tail = flags.int('tail');
  const bySelector = flags.string('selector') !== '' && tail === -1 && !flags.given('tail');
  const since = flags.duration('since');
  return {
    container: args[1] ?? flags.string('container'),
    request: {
      follow: flags.bool('follow'),
      previous: flags.bool('previous'),
      timestamps: flags.bool('timestamps'),
      insecureSkipTLSVerifyBackend: flags.bool('insecure-skip-tls-verify-backend'),
      sinceTime: flags.string('since-time') === '' ? undefined : sinceTime(flags.string('since-time')),
      limitBytes: flags.int('limit-bytes') === 0 ? undefined : flags.int('limit-bytes'),
      sinceSeconds: since === 0 ? undefined : Math.round(since / 1000),
      tailLines: bySelector ? 10 : tail === -1 ? undefined : tail,
    },
  };
};

const sinceTime = (text: string): string => {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const time = match === null ? Number.NaN : Date.parse(`${match[1]}${match[2]}`);
  if (Number.isNaN(time)) {
    const quoted = JSON.stringify(text);
    throw cliError(`parsing time ${quoted} as "2006-01-02T15:04:05Z07:00": cannot parse ${quoted} as "2006"`);
  }
  return new Date(time).toISOString().replace('.000Z', 'Z');
};

const validate = ({flags, args}: VerbContext, {container, request}: Plan): void => {
  if (flags.string('since-time') !== '' && flags.duration('since') !== 0)
    throw cliError('at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (flags.bool('all-containers') && container !== '')
    throw cliError(`--all-containers=true should not be specified with container name ${container}`);
  if (flags.given('container') && args.length === 2) throw cliError('only one of -c or an inline [CONTAINER] arg is allowed');
  if (flags.int('limit-bytes') < 0) throw cliError('--limit-bytes must be greater than 0');
  if ((request.sinceSeconds ?? 0) < 0) throw cliError('--since must be greater than 0');
  if ((request.tailLines ?? 0) < -1) throw cliError('--tail must be greater than or equal to -1');
};

const isNotFound = (error: unknown): boolean => (error as {status?: {reason?: string}} | undefined)?.status?.reason === 'NotFound';

/** The objects whose logs are wanted; pods of a selector, or one object. */
const objectsFor = async (context: VerbContext): Promise<readonly KubeObject[]> => {
  const {flags, args, streams} = context;
  const selector = flags.string('selector');
  const cluster = await context.cluster();
  const found = await resolve(
    cluster,
    await objectsOf(context, {
      args: selector === '' ? namesOf('pods', args.slice(0, 1)) : ['pods'],
      filenames: [],
      labelSelector: selector,
      enforceNamespace: false,
    }),
  );
  try {
    const infos = await found.all();
    if (selector !== '' && infos.length === 0) streams.stderr.write(`No resources found in ${cluster.namespace} namespace.\n`);
    if (selector === '' && infos.length !== 1) throw cliError('expected a resource');
    return infos.map((info) => {
      const {kind = '', group = '', version = ''} = info.resource ?? {};
      return {...objectOf(info), kind, apiVersion: group === '' ? version : `${group}/${version}`};
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new KdeckError(
      'KD-LOGS-NOT-FOUND',
      `error from server (NotFound): ${messageOf(error)} in namespace ${JSON.stringify(cluster.namespace)}`,
      {cause: error},
    );
  }
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (args.length > 2 || (args.length === 0 && flags.string('selector') === '')) throw usageError(context.command, USAGE_ERROR);
  if (args.length === 1 && flags.string('selector') !== '')
    throw usageError(context.command, 'only a selector (-l) or a POD name is allowed');
  if (flags.duration('pod-running-timeout') <= 0) throw cliError('--pod-running-timeout must be higher than zero');
  const plan = planOf(context);
  const objects = await objectsFor(context);
  validate(context, plan);
  const {client} = await context.cluster();
  const {sources, notes} = await logsOf(client, objects, {
    container: plan.container,
    allContainers: flags.bool('all-containers'),
    allPods: flags.bool('all-pods'),
    timeout: flags.duration('pod-running-timeout'),
  });
  for (const note of notes) streams.stderr.write(`${note}\n`);
  const follows = flags.bool('follow');
  const most = flags.int('max-log-requests');
  if (follows && sources.length > 1 && sources.length > most) {
    throw cliError(
      `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  }
  const together = follows && sources.length > 1;
  // kubectl ends a log it was told to stop with 1, whatever came before.
  const stop = follows ? context.signal : undefined;
  const copies = sources.map((source) => () => copyWithRetry(context, source, plan, together, stop));
  try {
    if (together) await Promise.all(copies.map((copy) => copy()));
    else for (const copy of copies) await copy();
  } catch (error) {
    if (stop?.aborted === true) return 1;
    throw error;
  }
  return stop?.aborted === true ? 1 : 0;
};

const write = async ({streams}: VerbContext, bytes: Buffer): Promise<void> => {
  if (streams.stdout.write(bytes)) return;
  await new Promise<void>((resolve) => streams.stdout.once('drain', resolve));
};

const copyOnce = async (
  context: VerbContext,
  source: LogSource,
  {request}: Plan,
  together: boolean,
  stop: AbortSignal | undefined,
): Promise<void> => {
  const {flags} = context;
  const {client} = await context.cluster();
  const stream = await readLog(client, {...request, ...source}, stop);
  const prefix =
    flags.bool('prefix') || flags.bool('all-pods') ? Buffer.from(`[pod/${source.pod}/${source.container}] `) : undefined;
  // Bytes go through as they come unless lines must stay whole beside others.
  for await (const block of prefix === undefined && !together ? stream.body : wholeLines(stream.body)) {
    if (prefix === undefined) await write(context, block);
    else await write(context, Buffer.concat([...linesOf(block)].flatMap((line) => [prefix, line])));
  }
};

const copyWithRetry = async (
  context: VerbContext,
  source: LogSource,
  plan: Plan,
  together: boolean,
  stop: AbortSignal | undefined,
): Promise<void> => {
  const {flags, streams} = context;
  const end = Date.now() + flags.duration('pod-running-timeout');
  for (;;) {
    try {
      return await copyOnce(context, source, plan, together, stop);
    } catch (error) {
      if (stop?.aborted === true) throw error;
      if (flags.bool('ignore-errors')) return void streams.stdout.write(`error: ${messageOf(error)}\n`);
      if (!flags.bool('follow')) throw error;
      streams.stderr.write(`${messageOf(error)}\n`);
      // Only an answer of the server is worth asking again: a container that has not started yet.
      if ((error as {status?: unknown}).status === undefined) throw error;
      if (Date.now() + 1_000 > end) throw new KdeckError('KD-LOGS-TIMEOUT', 'context deadline exceeded', {cause: error});
      await new Promise((next) => setTimeout(next, 1_000));
    }
  }
};

export const verb: Verb = {
  name: 'logs',
  aliases: ['log'],
  short: 'Print the logs for a container in a pod',
  long:
    "Print what a container of a pod has printed, or a workload's pod. A pod with one container needs no container name.\n\n" +
    ' With a selector the last ten lines of each pod are shown unless --tail says otherwise.',
  examples: `
  # A pod
  {program} logs web

  # All its containers
  {program} logs web --all-containers

  # All pods of a Deployment, each line with its source
  {program} logs deployment/web --all-pods

  # By label
  {program} logs -l app=web --all-containers

  # The instance before
  {program} logs -p -c web mypod

  # Follow
  {program} logs -f web

  # The last 20 lines; the last hour
  {program} logs --tail=20 web
  {program} logs --since=1h web`,
  usage: USAGE,
  flags: [
    {name: 'all-pods', type: 'bool', usage: 'All pods of the object; turns --prefix on.'},
    {name: 'all-containers', type: 'bool', usage: 'All containers of the pods.'},
    {name: 'follow', short: 'f', type: 'bool', usage: 'Go on with what is printed next.'},
    {name: 'timestamps', type: 'bool', usage: 'Put the time before each line.'},
    {name: 'limit-bytes', type: 'int', default: 0, usage: 'The most bytes to print; 0 for no limit.'},
    {name: 'previous', short: 'p', type: 'bool', usage: 'The instance of the container before this one.'},
    {name: 'tail', type: 'int', default: -1, usage: 'Lines of the end to print; -1 for all, or ten with a selector.'},
    {name: 'ignore-errors', type: 'bool', usage: 'Go on when a log cannot be read.'},
    {name: 'since-time', type: 'string', usage: 'Only what was printed after this time (RFC 3339). Not with --since.'},
    {
      name: 'since',
      type: 'duration',
      default: '0s',
      usage: 'Only what was printed in the last 5s, 2m or 3h. Not with --since-time.',
    },
    {name: 'container', short: 'c', type: 'string', usage: 'The container.'},
    {name: 'insecure-skip-tls-verify-backend', type: 'bool', usage: "Do not check the kubelet's identity."},
    {name: 'pod-running-timeout', type: 'duration', default: '20s', usage: 'How long to wait for a pod to run.'},
    selectorFlag,
    {name: 'max-log-requests', type: 'int', default: 5, usage: 'The most logs to follow at the same time.'},
    {name: 'prefix', type: 'bool', usage: 'Put pod and container before each line.'},
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
