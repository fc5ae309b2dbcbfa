// What kdeck knows about Events, of the core group and of events.k8s.io, which are the same objects in two spellings.
import type {KubeObject} from '../../../kube/types/object.ts';
import {column} from '../../column.ts';
import {type Health, kind, type ResourceKind} from '../../kind.ts';
import {byNumber, countColumn, msSince, nameColumn, sinceText, textColumn} from '../../shared/columns.ts';
import {events, eventsGroup, groupOf, pointer} from '../../shared/refs.ts';

/** Both spellings at once; each object has one of them. */
export type AnyEvent = KubeObject & {
  type?: string;
  reason?: string;
  message?: string;
  note?: string;
  count?: number;
  deprecatedCount?: number;
  firstTimestamp?: string | null;
  deprecatedFirstTimestamp?: string | null;
  lastTimestamp?: string | null;
  deprecatedLastTimestamp?: string | null;
  eventTime?: string | null;
  series?: {count?: number; lastObservedTime?: string} | null;
  source?: {component?: string; host?: string};
  deprecatedSource?: {component?: string; host?: string};
  reportingComponent?: string;
  reportingController?: string;
  reportingInstance?: string;
  involvedObject?: Target;
  regarding?: Target;
};
type Target = {apiVersion?: string; kind?: string; name?: string; namespace?: string; uid?: string; fieldPath?: string};

const targetOf = (event: AnyEvent): Target => event.involvedObject ?? event.regarding ?? {};
const firstSeen = (event: AnyEvent): string | null | undefined =>
  event.firstTimestamp ?? event.deprecatedFirstTimestamp ?? event.eventTime;
const lastSeen = (event: AnyEvent): string | null | undefined =>
  event.series ? event.series.lastObservedTime : (event.lastTimestamp ?? event.deprecatedLastTimestamp ?? firstSeen(event));
const countOf = (event: AnyEvent): number => (event.series ? (event.series.count ?? 0) : event.count || event.deprecatedCount || 1);
/** The message of an event. */
export const messageOfEvent = (event: AnyEvent): string => (event.message ?? event.note ?? '').trim();

const objectText = (event: AnyEvent): string => {
  const {kind: type = '', name} = targetOf(event);
  return name ? `${type.toLowerCase()}/${name}` : type.toLowerCase();
};

const sourceText = (event: AnyEvent): string => {
  const source = event.source ?? event.deprecatedSource;
  const component = source?.component || event.reportingComponent || event.reportingController || '';
  const instance = source?.host || event.reportingInstance || '';
  return instance === '' ? component : `${component}, ${instance}`;
};

const health = (event: AnyEvent): Health => ({tone: event.type === 'Warning' ? 'warn' : 'idle', reason: messageOfEvent(event)});

const eventKind = (ref: ResourceKind['ref']): ResourceKind<AnyEvent> =>
  kind<AnyEvent>({
    ref,
    kind: 'Event',
    singular: 'event',
    shortNames: ['ev'],
    namespaced: true,
    family: 'cluster',
    columns: [
      column<AnyEvent, number | undefined>({
        id: 'last-seen',
        title: 'LAST SEEN',
        value: (event, {now}) => msSince(lastSeen(event), now),
        text: sinceText,
        order: byNumber,
        ticks: true,
        align: 'right',
        keep: 7,
      }),
      textColumn<AnyEvent>('type', 'TYPE', ({type}) => type, {tone: (type) => (type === 'Warning' ? 'warn' : undefined), keep: 6}),
      textColumn<AnyEvent>('reason', 'REASON', ({reason}) => reason, {keep: 8}),
      textColumn<AnyEvent>('object', 'OBJECT', objectText, {keep: 7}),
      textColumn<AnyEvent>('subobject', 'SUBOBJECT', (event) => targetOf(event).fieldPath, {show: 'wide', keep: 1}),
      textColumn<AnyEvent>('source', 'SOURCE', sourceText, {show: 'wide', keep: 2}),
      textColumn<AnyEvent>('message', 'MESSAGE', messageOfEvent, {keep: 9}),
      column<AnyEvent, number | undefined>({
        id: 'first-seen',
        title: 'FIRST SEEN',
        value: (event, {now}) => msSince(firstSeen(event), now),
        text: sinceText,
        order: byNumber,
        ticks: true,
        show: 'wide',
        align: 'right',
        keep: 1,
      }),
      countColumn<AnyEvent>('count', 'COUNT', countOf, {show: 'wide', keep: 3}),
      {...nameColumn, show: 'wide', keep: 0},
    ],
    keep: [
      'type',
      'reason',
      'message',
      'note',
      'count',
      'deprecatedCount',
      'firstTimestamp',
      'deprecatedFirstTimestamp',
      'lastTimestamp',
      'deprecatedLastTimestamp',
      'eventTime',
      'series',
      'source',
      'deprecatedSource',
      'reportingComponent',
      'reportingController',
      'reportingInstance',
      'involvedObject',
      'regarding',
    ],
    health,
    relations: [
      {
        type: 'owned by',
        targets: (event) => {
          const {apiVersion, kind: type, name, namespace, uid} = targetOf(event);
          return type === undefined || name === undefined ? [] : [pointer(groupOf(apiVersion), type, name, namespace, uid)];
        },
      },
    ],
  });

export const resource = eventKind(events);
export const groupResource = eventKind(eventsGroup);
