// `wait`: until objects meet a condition, exist, are gone, or a field has a value.
import {setTimeout as delay} from 'node:timers/promises';
import {goSprint} from '../../base/go-format.ts';
import {JsonPath} from '../../base/jsonpath/evaluate.ts';
import {relaxedJsonPath} from '../../base/jsonpath/relaxed.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {objectName, type Info} from '../../operations/resolve/info.ts';
import {fetchInfo, flattenErrors, resolve, throwAll, type ResolveOptions} from '../../operations/resolve/resolve.ts';
import {watchObject} from '../../operations/watch-object.ts';
import {cliError} from '../errors.ts';
import {allNamespacesFlag, fieldSelectorFlag, printFlags, selectorFlag} from '../flags/bundles.ts';
import {quoteGo} from '../flags/quote-go.ts';
import {resultPrinter} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';

const WEEK = 168 * 3_600_000;

/** One `--for`. */
type Wish =
  | {readonly is: 'delete'}
  | {readonly is: 'create'}
  /** Whether an object fulfils it; throws when it never can. */
  | {readonly is: 'met'; readonly by: (object: AnyObject) => boolean};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args} = context;
  const print = await resultPrinter(context);
  const cluster = await context.cluster();
  const wishes = flags.strings('for').map(wishOf);
  if (wishes.length === 0) throw cliError('unrecognized condition: []');
  const timeout = flags.duration('timeout') < 0 ? WEEK : flags.duration('timeout');
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), timeout);
  const signal = AbortSignal.any([clock.signal, context.signal]);
  const allNamespaces = flags.bool('all-namespaces');
  const options: ResolveOptions = {
    args,
    filenames: flags.strings('filename'),
    recursive: flags.bool('recursive'),
    stdin: context.streams.stdin as AsyncIterable<Buffer>,
    namespace: cluster.namespace,
    enforceNamespace: cluster.namespaceExplicit && !allNamespaces,
    allNamespaces,
    labelSelector: flags.string('selector'),
    fieldSelector: flags.string('field-selector'),
    selectAll: flags.bool('all'),
    latest: true,
    program: context.program,
  };
  try {
    if (wishes.some(({is}) => is === 'create')) await untilCreated(context, options, timeout, clock.signal);
    const resolved = await resolve(cluster, options);
    const gone = wishes.some(({is}) => is === 'delete');
    const found = await resolved.infos();
    const errors = gone ? flattenErrors(found.errors).filter((error) => reasonOf(error) !== 'NotFound') : [...found.errors];
    for (const info of found.infos) {
      try {
        for (const wish of wishes)
          print(await fulfil(context, wish, info, {timeout, signal, clock: clock.signal}), 'condition met');
      } catch (error) {
        errors.push(error);
      }
    }
    throwAll(errors);
    if (found.infos.length === 0 && !gone) throw cliError('no matching resources found');
    return 0;
  } finally {
    clearTimeout(timer);
  }
};

const reasonOf = (error: unknown): string | undefined => (error as {status?: {reason?: string}} | undefined)?.status?.reason;

const wishOf = (text: string): Wish => {
  const lower = text.toLowerCase();
  if (lower === 'delete') return {is: 'delete'};
  if (lower === 'create') return {is: 'create'};
  if (text.startsWith('condition=')) {
    const [name = '', ...rest] = text.slice('condition='.length).split('=');
    return {is: 'met', by: conditionCheck(name, rest.length === 0 ? 'true' : rest.join('='))};
  }
  if (text.startsWith('jsonpath=')) return {is: 'met', by: pathCheck(text.slice('jsonpath='.length))};
  throw cliError(`unrecognized condition: ${quoteGo(text)}`);
};

type Condition = {readonly type?: unknown; readonly status?: unknown; readonly observedGeneration?: unknown};
type WithConditions = {readonly status?: {readonly conditions?: readonly Condition[]; readonly observedGeneration?: unknown}};

const conditionCheck =
  (name: string, wanted: string) =>
  (object: AnyObject): boolean => {
    const {status} = object as WithConditions;
    for (const condition of status?.conditions ?? []) {
      if (typeof condition.type !== 'string' || condition.type.toLowerCase() !== name.toLowerCase()) continue;
      if (typeof condition.status !== 'string') continue;
      // A controller that has not seen the newest spec yet speaks of the past.
      const observed = condition.observedGeneration ?? status?.observedGeneration;
      const {generation} = object.metadata;
      if (generation !== undefined && observed !== undefined && Number(observed) < Number(generation)) return false;
      return condition.status.toLowerCase() === wanted.toLowerCase();
    }
    return false;
  };

/** Splits at single `=`; `==` belongs to the path. */
const splitPath = (text: string): readonly string[] => text.split(/(?<!=)=(?!=)/);

const pathCheck = (text: string) => {
  const parts = splitPath(text);
  if (parts.length > 2) {
    throw cliError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  let path: string;
  try {
    path = relaxedJsonPath(parts[0]!);
  } catch (error) {
    throw cliError((error as Error).message);
  }
  const wanted = parts[1]?.replace(/^['"]+|['"]+$/g, '');
  if (wanted === '')
    throw cliError("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3");
  if (path === '') throw cliError('jsonpath expression cannot be empty');
  let parsed: JsonPath;
  try {
    parsed = new JsonPath(path, {allowMissingKeys: true});
  } catch (error) {
    throw cliError((error as Error).message);
  }
  return (object: AnyObject): boolean => {
    const results = parsed.find(object);
    const [first] = results;
    if (first === undefined || first.length === 0) return false;
    if (results.length > 1) throw cliError('given jsonpath expression matches more than one list');
    if (first.length > 1) throw cliError('given jsonpath expression matches more than one value');
    if (wanted === undefined) return true;
    const [value] = first;
    if (
      typeof value === 'object' &&
      value !== null &&
      (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)
    ) {
      throw cliError('jsonpath leads to a nested object or list which is not supported');
    }
    return goSprint(value).trim() === wanted.trim();
  };
};

type Limits = {readonly timeout: number; readonly signal: AbortSignal; readonly clock: AbortSignal};

const fulfil = async (context: VerbContext, wish: Wish, info: Info, limits: Limits): Promise<AnyObject> => {
  if (info.name === '') throw cliError('resource name must be provided');
  if (wish.is === 'create') return info.object!;
  const {client} = await context.cluster();
  if (limits.timeout === 0) return checkOnce(context, wish, info);
  const {plural, group, version} = info.resource!;
  const at = {plural, group, version, name: info.name, ...(info.namespace === '' ? {} : {namespace: info.namespace})};
  let last = info.object!;
  try {
    let seen = false;
    for await (const sighting of watchObject<AnyObject>(client, at, limits.signal)) {
      if (sighting.type === 'present') {
        last = sighting.object;
        if (last.kind === undefined) last = {...last, apiVersion: info.object?.apiVersion, kind: info.object?.kind} as AnyObject;
        if (wish.is === 'met' && wish.by(last)) return last;
      } else if (wish.is === 'delete') return last;
      else if (!seen || sighting.type === 'deleted') {
        const {pathOf} = await import('../../kube/types/object.ts');
        // The server's own words for what is gone.
        await client.request({path: pathOf(at, at)});
      }
      seen = true;
    }
  } catch (error) {
    if (limits.clock.aborted) throw cliError(`timed out waiting for the condition on ${objectName(info)}`);
    throw error;
  }
  throw cliError(`timed out waiting for the condition on ${objectName(info)}`);
};

const checkOnce = async (context: VerbContext, wish: Wish, info: Info): Promise<AnyObject> => {
  const copy = {...info};
  try {
    await fetchInfo((await context.cluster()).client, copy);
  } catch (error) {
    if (wish.is === 'delete' && reasonOf(error) === 'NotFound') return info.object!;
    throw error;
  }
  if (wish.is !== 'met' || !wish.by(copy.object!)) throw cliError(`condition not met for ${objectName(info)}`);
  return copy.object!;
};

// Nothing that could be watched is there yet, so kubectl asks again every half second.
const untilCreated = async (context: VerbContext, options: ResolveOptions, timeout: number, clock: AbortSignal): Promise<void> => {
  const cluster = await context.cluster();
  for (;;) {
    const {infos, errors} = await (await resolve(cluster, options)).infos();
    const others = flattenErrors(errors).filter((error) => reasonOf(error) !== 'NotFound');
    throwAll(others);
    if (infos.length > 0 && errors.length === 0) return;
    if (timeout === 0 || clock.aborted) throw cliError('timed out waiting for the condition');
    await delay(500, undefined, {signal: context.signal}).catch((error: unknown) => {
      if (context.signal.aborted) throw error;
    });
  }
};

export const verb: Verb = {
  name: 'wait',
  short: 'Wait for a specific condition on one or many resources',
  long:
    'Wait until objects meet a condition: one of their status conditions, a value at a JSONPath, that they exist, or that they are gone.\n\n' +
    ' Several conditions are waited for one after the other. A line is printed for each object that got there.',
  examples: `
  # Until a pod is ready
  {program} wait --for=condition=Ready pod/web

  # Until a field has a value
  {program} wait --for=jsonpath='{.status.phase}'=Running pod/web

  # Until something is gone, a minute at most
  {program} wait --for=delete pod/web --timeout=60s`,
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: [
    ...printFlags(),
    {name: 'all', type: 'bool', usage: 'All objects of the type in the namespace.'},
    allNamespacesFlag,
    fieldSelectorFlag,
    {name: 'filename', short: 'f', type: 'csv', usage: 'File, folder, glob, URL or - for standard input that names the objects.'},
    {
      name: 'for',
      type: 'list',
      usage: "What to wait for: create, delete, condition=NAME[=VALUE], jsonpath='{PATH}'[=VALUE]. Repeat it for more.",
    },
    {name: 'local', type: 'bool', usage: 'Kept for scripts.'},
    {name: 'recursive', short: 'R', type: 'bool', default: true, usage: 'Go into folders below the one given with -f.'},
    selectorFlag,
    {name: 'timeout', type: 'duration', default: '30s', usage: 'How long to wait. 0 looks once; less than 0 waits a week.'},
  ],
  run,
};
