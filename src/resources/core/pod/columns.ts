// A pod's columns: kubectl's, then those worth asking for.
import {humanDuration} from '../../../base/age.ts';
import {compareQuantities, type Quantity, quantityText} from '../../../base/quantity.ts';
import type {Pod} from '../../../kube/types/wire.ts';
import {type Column, column, type Tone} from '../../column.ts';
import {
  ageColumn,
  byNumber,
  byShare,
  metadataColumns,
  msSince,
  nameColumn,
  type Share,
  shareText,
  textColumn,
} from '../../shared/columns.ts';
import {podResources} from '../../shared/pod-resources.ts';
import {summaryOf} from './status.ts';

type Restarts = {readonly count: number; readonly ago: number | undefined};

const BUSY = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Terminating', 'SchedulingGated']);
const CALM = new Set(['Completed', 'Succeeded']);

/** Tone of a STATUS word. */
export const statusTone = (status: string): Tone => {
  if (status === 'Running') return 'ok';
  if (CALM.has(status)) return 'idle';
  if (BUSY.has(status) || /^Init:\d+\/\d+$/.test(status)) return 'busy';
  if (status === 'NotReady') return 'warn';
  return 'bad';
};

const resourceColumn = (
  id: string,
  title: string,
  side: 'requests' | 'limits',
  resource: string,
): Column<Pod, Quantity | undefined> => ({
  id,
  title,
  value: (pod) => podResources(pod, side).get(resource),
  text: (quantity) => (quantity === undefined ? '' : quantityText(quantity)),
  order: (a, b) =>
    a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : compareQuantities(a, b),
  show: 'asked',
  align: 'right',
  search: false,
  keep: 3,
});

export const columns: readonly Column<Pod>[] = [
  nameColumn,
  column<Pod, Share>({
    id: 'ready',
    title: 'READY',
    value: (pod) => {
      const {ready, containers} = summaryOf(pod);
      return {have: ready, want: containers};
    },
    text: shareText,
    order: byShare,
    tone: ({have, want}) => (have < want ? 'warn' : undefined),
    keep: 8,
  }),
  column<Pod, string>({id: 'status', title: 'STATUS', value: (pod) => summaryOf(pod).status, tone: statusTone, keep: 8}),
  column<Pod, Restarts>({
    id: 'restarts',
    title: 'RESTARTS',
    value: (pod, {now}) => {
      const {restarts, lastRestart} = summaryOf(pod);
      return {count: restarts, ago: msSince(lastRestart, now)};
    },
    text: ({count, ago}) => (count === 0 || ago === undefined ? String(count) : `${count} (${humanDuration(ago)} ago)`),
    order: (a, b) => a.count - b.count || byNumber(b.ago, a.ago),
    tone: ({count, ago}) => (count > 0 && ago !== undefined && ago < 3_600_000 ? 'warn' : undefined),
    ticks: true,
    keep: 7,
  }),
  ageColumn,
  textColumn<Pod>('ip', 'IP', (pod) => pod.status?.podIPs?.[0]?.ip, {none: '<none>', show: 'wide', keep: 3}),
  textColumn<Pod>('node', 'NODE', (pod) => pod.spec?.nodeName, {none: '<none>', show: 'wide', keep: 5}),
  textColumn<Pod>('nominated-node', 'NOMINATED NODE', (pod) => pod.status?.nominatedNodeName, {
    none: '<none>',
    show: 'wide',
    keep: 0,
  }),
  column<Pod, Share | undefined>({
    id: 'readiness-gates',
    title: 'READINESS GATES',
    value: (pod) => {
      const gates = pod.spec?.readinessGates;
      if (gates === undefined || gates.length === 0) return undefined;
      const isTrue = (type: string): boolean => pod.status?.conditions?.find((each) => each.type === type)?.status === 'True';
      return {have: gates.filter((gate) => isTrue(gate.conditionType)).length, want: gates.length};
    },
    text: (share) => (share === undefined ? '<none>' : shareText(share)),
    order: (a, b) => byShare(a ?? {have: -1, want: 0}, b ?? {have: -1, want: 0}),
    show: 'wide',
    keep: 0,
  }),
  resourceColumn('cpu-request', 'CPU REQ', 'requests', 'cpu'),
  resourceColumn('cpu-limit', 'CPU LIM', 'limits', 'cpu'),
  resourceColumn('memory-request', 'MEM REQ', 'requests', 'memory'),
  resourceColumn('memory-limit', 'MEM LIM', 'limits', 'memory'),
  textColumn<Pod>('qos', 'QOS', (pod) => pod.status?.qosClass, {show: 'asked', keep: 1}),
  textColumn<Pod>('images', 'IMAGES', (pod) => pod.spec?.containers.map((each) => each.image ?? '').join(','), {
    show: 'asked',
    keep: 1,
  }),
  textColumn<Pod>('service-account', 'SERVICE ACCOUNT', (pod) => pod.spec?.serviceAccountName, {show: 'asked', keep: 0}),
  textColumn<Pod>('priority-class', 'PRIORITY CLASS', (pod) => pod.spec?.priorityClassName, {show: 'asked', keep: 0}),
  ...metadataColumns,
];
