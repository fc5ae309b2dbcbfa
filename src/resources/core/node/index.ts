// What kdeck knows about Nodes.
import type {Node} from '../../../kube/types/wire.ts';
import {column, type Tone} from '../../column.ts';
import {kind} from '../../kind.ts';
import {ageColumn, labelsColumn, nameColumn, textColumn} from '../../shared/columns.ts';
import {nodes} from '../../shared/refs.ts';
import {actions} from './actions.ts';
import {describe} from './describe.ts';
import {health} from './health.ts';
import {rolesOf} from './roles.ts';

/** `Ready,SchedulingDisabled` and the like. */
const statusOf = ({spec, status}: Node): string => {
  const ready = status?.conditions?.findLast((condition) => condition.type === 'Ready');
  const word = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return spec?.unschedulable === true ? `${word},SchedulingDisabled` : word;
};

const statusTone = (status: string): Tone => {
  if (status === 'Ready') return 'ok';
  return status.startsWith('Ready') ? 'warn' : 'bad';
};

const address = (node: Node, type: string): string | undefined =>
  node.status?.addresses?.find((each) => each.type === type)?.address;

const kernelText = ({status}: Node): string => {
  const {kernelVersion, architecture} = status?.nodeInfo ?? {};
  return `${kernelVersion || '<unknown>'}${architecture ? ` (${architecture})` : ''}`;
};

const capacityColumn = (id: string, title: string, name: string) =>
  textColumn<Node>(id, title, ({status}) => (status?.allocatable ?? status?.capacity)?.[name], {
    show: 'asked',
    align: 'right',
    keep: 2,
  });

export const resource = kind<Node>({
  ref: nodes,
  kind: 'Node',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  family: 'cluster',
  columns: [
    nameColumn,
    column<Node, string>({id: 'status', title: 'STATUS', value: statusOf, tone: statusTone, keep: 8}),
    textColumn<Node>('roles', 'ROLES', (node) => rolesOf(node).join(','), {none: '<none>', keep: 4}),
    ageColumn,
    textColumn<Node>('version', 'VERSION', ({status}) => status?.nodeInfo?.kubeletVersion, {keep: 5}),
    textColumn<Node>('internal-ip', 'INTERNAL-IP', (node) => address(node, 'InternalIP'), {none: '<none>', show: 'wide', keep: 3}),
    textColumn<Node>('external-ip', 'EXTERNAL-IP', (node) => address(node, 'ExternalIP'), {none: '<none>', show: 'wide', keep: 2}),
    textColumn<Node>('os-image', 'OS-IMAGE', ({status}) => status?.nodeInfo?.osImage, {none: '<unknown>', show: 'wide', keep: 1}),
    textColumn<Node>('kernel-version', 'KERNEL-VERSION', kernelText, {show: 'wide', keep: 0}),
    textColumn<Node>('container-runtime', 'CONTAINER-RUNTIME', ({status}) => status?.nodeInfo?.containerRuntimeVersion, {
      none: '<unknown>',
      show: 'wide',
      keep: 0,
    }),
    textColumn<Node>(
      'taints',
      'TAINTS',
      ({spec}) =>
        (spec?.taints ?? []).map((taint) => `${taint.key}${taint.value ? `=${taint.value}` : ''}:${taint.effect}`).join(','),
      {show: 'asked', keep: 2},
    ),
    capacityColumn('cpu', 'ALLOCATABLE CPU', 'cpu'),
    capacityColumn('memory', 'ALLOCATABLE MEM', 'memory'),
    capacityColumn('pods', 'MAX PODS', 'pods'),
    labelsColumn,
  ],
  keep: [
    'spec.unschedulable',
    'spec.taints',
    'spec.podCIDR',
    'status.conditions',
    'status.addresses',
    'status.allocatable',
    'status.capacity',
    'status.nodeInfo.kubeletVersion',
    'status.nodeInfo.osImage',
    'status.nodeInfo.kernelVersion',
    'status.nodeInfo.architecture',
    'status.nodeInfo.containerRuntimeVersion',
  ],
  health,
  describe,
  actions,
  onEnter: 'open.pods',
});
