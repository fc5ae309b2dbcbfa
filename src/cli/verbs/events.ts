// `events`: what happened lately, oldest first, for everything or for one object; live with `-w`.
import {humanDuration} from '../../base/age.ts';
import {goSort} from '../../base/go-sort.ts';
import {escapeTerminal} from '../../base/terminal-escape.ts';
import {nanosecondsOf} from '../../base/timestamp.ts';
import type {AnyObject, ApiResource} from '../../kube/types/object.ts';
import type {CoreEvent} from '../../kube/types/wire.ts';
import {readList} from '../../operations/resolve/read-list.ts';
import {watchSource} from '../../operations/resolve/watch-source.ts';
import {TABLE_LAYOUT, TabWriter} from '../../output/tabwriter.ts';
import {cliError, PlainError} from '../errors.ts';
import {allNamespacesFlag, chunkSizeFlag, genericFormats, noHeadersFlag, printFlags} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';

const eventType: ApiResource = {
  group: '',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  singular: 'event',
  shortNames: ['ev'],
  categories: [],
  namespaced: true,
  verbs: [],
  subresources: [],
};

/** Where events go; `flush` after each of a watch. */
type Paper = {readonly print: (events: readonly CoreEvent[], single: boolean) => void; readonly flush: () => void};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const cluster = await context.cluster();
  const fieldSelector = await selectorFor(context);
  const types = flags.strings('types').map((type) => type.toLowerCase());
  const paper = await paperFor(context);
  for (const type of types) if (type !== 'normal' && type !== 'warning') throw cliError('valid --types are Normal or Warning');
  const namespace = flags.bool('all-namespaces') ? '' : cluster.namespace;
  const wanted = (event: CoreEvent): boolean => types.length === 0 || types.includes((event.type ?? '').toLowerCase());
  if (flags.bool('watch')) return watch(context, {namespace, fieldSelector, wanted, paper});
  const found: CoreEvent[] = [];
  const list = {
    resource: eventType,
    namespace,
    labelSelector: '',
    fieldSelector,
    chunkSize: 500,
    chunkSizeGiven: true,
    table: undefined,
  };
  for await (const page of readList(cluster.client, list)) found.push(...((page['items'] ?? []) as CoreEvent[]));
  const events = found.filter(wanted);
  if (events.length === 0) {
    streams.stderr.write(
      flags.bool('all-namespaces') ? 'No events found.\n' : `No events found in ${cluster.namespace} namespace.\n`,
    );
    return 0;
  }
  const times = events.map(timeOf);
  paper.print(
    goSort(events.length, (a, b) => times[a]! < times[b]!).map((index) => events[index]!),
    false,
  );
  paper.flush();
  return 0;
};

const watch = async (
  context: VerbContext,
  {
    namespace,
    fieldSelector,
    wanted,
    paper,
  }: {namespace: string; fieldSelector: string; wanted: (event: CoreEvent) => boolean; paper: Paper},
): Promise<number> => {
  const {client} = await context.cluster();
  const {signal} = context;
  try {
    for await (const {type, object} of watchSource(
      client,
      {is: 'list', resource: eventType, namespace},
      {resourceVersion: '', fieldSelector, signal},
    )) {
      // Events vanish after an hour; that is no news.
      if (type === 'DELETED' || object.kind !== 'Event' || !wanted(object as unknown as CoreEvent)) continue;
      paper.print([object as unknown as CoreEvent], true);
      paper.flush();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return signal.aborted ? 1 : 0;
};

const selectorFor = async (context: VerbContext): Promise<string> => {
  const target = context.flags.string('for');
  if (target === '') return '';
  if (!target.includes('/')) throw cliError('--for must be in resource/name form');
  const [word = '', name = '', ...more] = target.split('/');
  if (more.length > 0) throw cliError('arguments in resource/name form may not have more than one slash');
  const {discovery} = await context.cluster();
  const [type] = await discovery.find(word.toLowerCase());
  if (type === undefined) throw noSuchType(word.toLowerCase());
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  return `involvedObject.kind=${type.kind},involvedObject.apiVersion=${apiVersion},involvedObject.name=${name}`;
};

// Where kubectl asks its mapper directly, the sentence stands without `error: `.
const noSuchType = (word: string): PlainError => {
  const [plural = '', ...rest] = word.split('.');
  const group = rest.join('.');
  return new PlainError(
    `the server doesn't have a resource type ${JSON.stringify(plural)}${group === '' ? '' : ` in group ${JSON.stringify(group)}`}`,
  );
};

/** Nanoseconds since 1970; 0 where there is no time. */
const moment = (time: string | null | undefined): bigint => nanosecondsOf(time ?? '') ?? 0n;

const timeOf = (event: CoreEvent): bigint =>
  event.series !== undefined && event.series !== null
    ? moment(event.series.lastObservedTime)
    : moment(event.lastTimestamp) || moment(event.eventTime);

const paperFor = async (context: VerbContext): Promise<Paper> => {
  const {flags, streams} = context;
  const write = (text: string): void => void streams.stdout.write(text);
  if (flags.string('output') !== '') {
    const {printerFor} = await import('../../output/printer-for.ts');
    const printer = await printerFor({
      output: flags.string('output'),
      family: 'verb',
      template: flags.string('template'),
      outputGiven: flags.given('output'),
      allowMissingKeys: flags.bool('allow-missing-template-keys'),
      showManagedFields: flags.bool('show-managed-fields'),
      typed: true,
      env: context.env,
    });
    return {
      print: (events, single) => {
        // kubectl refuses to print a list by name, and then keeps quiet about it.
        if (!single && flags.string('output') === 'name') return;
        const items = events.map(({kind: _kind, apiVersion: _version, ...rest}) => ({kind: 'Event', apiVersion: 'v1', ...rest}));
        printer.print(
          single ? (items[0] as unknown as AnyObject) : {kind: 'EventList', apiVersion: 'v1', metadata: {}, items},
          write,
        );
      },
      flush: () => undefined,
    };
  }
  const tabs = new TabWriter(write, TABLE_LAYOUT);
  const withNamespace = flags.bool('all-namespaces');
  let headers = !flags.bool('no-headers');
  return {
    print: (events) => {
      if (headers) tabs.row([...(withNamespace ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']);
      headers = false;
      for (const event of events) {
        const {involvedObject: about} = event;
        const cells = [
          lastSeen(event, context.now()),
          escapeTerminal(event.type ?? ''),
          escapeTerminal(event.reason ?? ''),
          `${escapeTerminal(about?.kind ?? '')}/${escapeTerminal(about?.name ?? '')}`,
          escapeTerminal((event.message ?? '').trim()),
        ];
        // A message may hold tabs and line breaks of its own, and they count.
        tabs.write(`${[...(withNamespace ? [event.metadata.namespace ?? ''] : []), ...cells].join('\t')}\n`);
      }
    },
    flush: () => tabs.flush(),
  };
};

const since = (time: string | null | undefined, now: Date): string =>
  time === null || time === undefined ? '<unknown>' : humanDuration(now.getTime() - Date.parse(time));

const lastSeen = (event: CoreEvent, now: Date): string => {
  const first = since(event.eventTime ?? event.firstTimestamp, now);
  if (event.series !== undefined && event.series !== null)
    return `${since(event.series.lastObservedTime, now)} (x${event.series.count ?? 0} over ${first})`;
  return (event.count ?? 0) > 1 ? `${since(event.lastTimestamp, now)} (x${event.count} over ${first})` : first;
};

export const verb: Verb = {
  name: 'events',
  short: 'List events',
  long: 'Show events, oldest first: of a namespace, of all, or of one object. Each can be watched.',
  examples: `
  # Of the current namespace
  {program} events

  # Only warnings, everywhere
  {program} events --types=Warning -A

  # Of one pod, and go on watching
  {program} events --for pod/web-pod-13je7 --watch`,
  usage: `[(-o|--output=)${genericFormats.join('|')}] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]`,
  flags: [
    ...printFlags(),
    allNamespacesFlag,
    chunkSizeFlag,
    {name: 'for', type: 'string', usage: 'Only events about this object, as TYPE/NAME.'},
    noHeadersFlag,
    {name: 'types', type: 'csv', usage: 'Only events of these types: Normal, Warning.'},
    {name: 'watch', short: 'w', type: 'bool', usage: 'Then print new events as they come.'},
  ],
  run,
};
