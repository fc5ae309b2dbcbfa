// `get -w`: what is there, then each change until the server ends the watch or Ctrl-C does. Exit code 0 for the first, 1 for the second.
import type {AnyObject} from '../../kube/types/object.ts';
import type {Info} from '../../operations/resolve/info.ts';
import {resolve, type ResolvedSource, type ResolveOptions} from '../../operations/resolve/resolve.ts';
import {watchSource} from '../../operations/resolve/watch-source.ts';
import {cliError} from '../errors.ts';
import type {VerbContext} from '../verb.ts';
import {isTable, printerOf, reportFor, subjectOf} from './get.ts';

/** Prints one answer; `event` is its type when events are shown. */
type Show = (object: AnyObject, event: string) => void;

/** Runs `get --watch` or `--watch-only`. */
export const watch = async (context: VerbContext, options: ResolveOptions): Promise<number> => {
  const {flags} = context;
  const cluster = await context.cluster();
  const {signal} = context;
  const resolved = await resolve(cluster, {...options, singleType: true, flatten: false, signal});
  const {infos, errors} = await resolved.infos();
  if (errors.length > 0) {
    const gone = errors.every((error) => (error as {status?: {reason?: string}}).status?.reason === 'NotFound');
    if (gone && flags.bool('ignore-not-found')) return 0;
    throw errors.length === 1 ? errors[0] : new AggregateError(errors);
  }
  const source = sourceToWatch(resolved.sources, infos);
  const show = await showFor(context, infos[0]!);
  const events = flags.bool('output-watch-events');
  const lists = source.is === 'list';
  if (!flags.bool('watch-only')) {
    for (const {object} of infos) for (const one of partsOf(object!)) show(one, events ? 'ADDED' : '');
  } else if (isTable(context)) {
    // The columns come with the first answer only.
    for (const {object} of infos) show({...object!, rows: []}, events ? 'ADDED' : '');
  }
  // A watch of one object starts with what was just printed; a watch of a list starts after it.
  let silent = !lists;
  try {
    for await (const {type, object} of watchSource(cluster.client, source, {
      resourceVersion: lists ? (infos[0]?.resourceVersion ?? '') : '0',
      labelSelector: options.labelSelector,
      fieldSelector: options.fieldSelector,
      table: options.table,
      signal,
    })) {
      if (!silent) show(object, events ? type : '');
      silent = false;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return signal.aborted ? 1 : 0;
};

const sourceToWatch = (sources: readonly ResolvedSource[], infos: readonly Info[]): Exclude<ResolvedSource, {is: 'file'}> => {
  const [source] = sources;
  if (source === undefined || sources.length > 1)
    throw cliError('you may only watch a single resource or type of resource at a time');
  if (source.is !== 'file') return source;
  const [info] = infos;
  if (info?.resource === undefined || infos.length !== 1) {
    throw cliError(
      `watch is only supported on individual resources and resource collections - ${infos.length} resources were found`,
    );
  }
  return {is: 'object', resource: info.resource, namespace: info.namespace, name: info.name};
};

const partsOf = (object: AnyObject): readonly AnyObject[] =>
  Array.isArray(object['items']) ? (object['items'] as AnyObject[]) : [object];

const showFor = async (context: VerbContext, first: Info): Promise<Show> => {
  const write = (text: string): void => void context.streams.stdout.write(text);
  if (!isTable(context)) {
    const printer = await printerOf(context);
    return (object, event) => printer.print(object, write, event);
  }
  const report = await reportFor(context, false);
  // With -A the NAMESPACE column is there for every type, even one that has no namespaces.
  const subject = {...subjectOf(first.resource), namespaced: true};
  return (object, event) => {
    report.add(object, subject, event);
    report.flush();
  };
};
