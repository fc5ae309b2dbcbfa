// What kdeck knows about Pods.
import type {Pod} from '../../../kube/types/wire.ts';
import {kind} from '../../kind.ts';
import {pointer, pods} from '../../shared/refs.ts';
import {killAction, metadataActions} from '../../shared/actions/object.ts';
import {ownedBy, podSpecRelations} from '../../shared/relations.ts';
import {columns} from './columns.ts';
import {describe} from './describe.ts';
import {diagnoses} from './diagnoses/index.ts';
import {health} from './health.ts';

const ref = {...pods, kind: 'Pod'};

const containerStatus = (list: string): readonly string[] =>
  ['name', 'ready', 'started', 'restartCount', 'image', 'state', 'lastState.terminated'].map(
    (field) => `status.${list}[].${field}`,
  );

export const resource = kind<Pod>({
  ref: pods,
  kind: 'Pod',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  family: 'workloads',
  columns,
  keep: [
    'metadata.finalizers',
    'spec.nodeName',
    'spec.serviceAccountName',
    'spec.priorityClassName',
    'spec.schedulingGates',
    'spec.readinessGates',
    'spec.overhead',
    'spec.resources',
    'spec.containers[].name',
    'spec.containers[].image',
    'spec.containers[].resources.requests',
    'spec.containers[].resources.limits',
    'spec.initContainers[].name',
    'spec.initContainers[].image',
    'spec.initContainers[].restartPolicy',
    'spec.initContainers[].resources.requests',
    'spec.initContainers[].resources.limits',
    'status.phase',
    'status.reason',
    'status.message',
    'status.startTime',
    'status.podIPs',
    'status.qosClass',
    'status.nominatedNodeName',
    'status.conditions[].type',
    'status.conditions[].status',
    'status.conditions[].reason',
    'status.conditions[].message',
    ...containerStatus('containerStatuses'),
    ...containerStatus('initContainerStatuses'),
  ],
  health,
  describe,
  relations: [
    ownedBy,
    {type: 'runs on', targets: (pod) => (pod.spec?.nodeName === undefined ? [] : [pointer('', 'Node', pod.spec.nodeName)])},
    ...podSpecRelations<Pod>((pod) => pod.spec),
  ],
  diagnoses,
  actions: [killAction<Pod>(ref), ...metadataActions<Pod>(ref)],
  onEnter: 'open.containers',
});
