// The Events section of describe, and the queries that find an object's events.
import {ageText} from '../../../base/age.ts';
import type {KubeObject} from '../../../kube/types/object.ts';
import type {CoreEvent} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {groupOf} from '../refs.ts';

/** One list of events: in a namespace (all when undefined), by field selector. */
export type EventQuery = {readonly namespace: string | undefined; readonly fieldSelector: string};

const MIRROR_POD = 'kubernetes.io/config.mirror';

/**
 * How kubectl asks for an object's events. Pods are asked for without kind, static pods by the hash of their file,
 * nodes twice because the kubelet signs with the node's name where the controllers use its uid.
 */
export const eventQueries = (object: KubeObject): readonly EventQuery[] => {
  const {name = '', namespace = '', uid = '', annotations} = object.metadata;
  const isCore = groupOf(object.apiVersion) === '';
  const query = (kind: string, id: string): EventQuery => ({
    namespace: namespace === '' ? undefined : namespace,
    fieldSelector: [
      ...(kind === '' ? [] : [`involvedObject.kind=${kind}`]),
      `involvedObject.name=${name}`,
      `involvedObject.namespace=${namespace}`,
      ...(id === '' ? [] : [`involvedObject.uid=${id}`]),
    ].join(','),
  });
  if (isCore && object.kind === 'Pod') return [query('', annotations?.[MIRROR_POD] ?? uid)];
  if (isCore && object.kind === 'Node') return [query('Node', uid), query('Node', name)];
  return [query(object.kind ?? '', uid)];
};

/** Prints the Events section; when they cannot be read kubectl prints that there are none, and so do we. */
export const eventLines = async (
  object: KubeObject,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  if (!options.showEvents) return;
  const events = await view.eventsOf(object).catch((): readonly CoreEvent[] => []);
  writeEvents(events, view.now(), out);
};

/** The section itself. */
export const writeEvents = (events: readonly CoreEvent[], now: Date, out: DescribeWriter): void => {
  if (events.length === 0) {
    out.line(0, 'Events:', '<none>');
    return;
  }
  out.flush();
  out.line(0, 'Events:');
  out.line(1, 'Type', 'Reason', 'Age', 'From', 'Message');
  out.line(1, '----', '------', '----', '----', '-------');
  for (const event of events.toSorted((a, b) => moment(a.lastTimestamp) - moment(b.lastTimestamp))) {
    out.line(
      1,
      event.type ?? '',
      event.reason ?? '',
      intervalText(event, now),
      event.source?.component || event.reportingComponent || '',
      messageText(event),
    );
  }
};

const intervalText = (event: CoreEvent, now: Date): string => {
  const first = ageText(event.eventTime ?? event.firstTimestamp, now);
  if (event.series) return `${ageText(event.series.lastObservedTime, now)} (x${event.series.count ?? 0} over ${first})`;
  if ((event.count ?? 0) > 1) return `${ageText(event.lastTimestamp, now)} (x${event.count} over ${first})`;
  return first;
};

const messageText = (event: CoreEvent): string => {
  const message = (event.message ?? '').trim();
  return event.involvedObject.fieldPath ? `${event.involvedObject.fieldPath}: ${message}` : message;
};

const moment = (timestamp: string | null | undefined): number => (timestamp ? Date.parse(timestamp) : -Infinity);
