// What kdeck knows about ReplicaSets.
import type {ReplicaSet} from '../../../kube/types/wire.ts';
import {type Health, kind} from '../../kind.ts';
import {ageColumn, countColumn, metadataColumns, nameColumn, templateColumns, textColumn} from '../../shared/columns.ts';
import {copiesHealth, failedCreateText} from '../../shared/copies.ts';
import {pods, replicaSets} from '../../shared/refs.ts';
import {ownedBy, podSpecRelations, selects} from '../../shared/relations.ts';
import {actions} from './actions.ts';
import {describe} from './describe.ts';
import {diagnoses} from './diagnoses.ts';

const health = (set: ReplicaSet, {now}: {readonly now: Date}): Health => {
  const failure = set.status?.conditions?.find((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True');
  if (failure !== undefined) return {tone: 'bad', reason: `It cannot make pods: ${failedCreateText(failure.message)}.`};
  const counts = {want: set.spec?.replicas ?? 1, ready: set.status?.readyReplicas ?? 0, existing: set.status?.replicas ?? 0};
  const isOld = counts.want === 0 && set.metadata.ownerReferences?.some((owner) => owner.controller === true);
  if (isOld === true && counts.existing === 0)
    return {tone: 'idle', reason: 'It is an older revision, kept so that it can be rolled back to.'};
  return copiesHealth(set, counts, now);
};

export const resource = kind<ReplicaSet>({
  ref: replicaSets,
  kind: 'ReplicaSet',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  family: 'workloads',
  columns: [
    nameColumn,
    countColumn<ReplicaSet>('desired', 'DESIRED', (set) => set.spec?.replicas, {keep: 8}),
    countColumn<ReplicaSet>('current', 'CURRENT', (set) => set.status?.replicas, {keep: 7}),
    countColumn<ReplicaSet>('ready', 'READY', (set) => set.status?.readyReplicas, {keep: 8}),
    ageColumn,
    ...templateColumns<ReplicaSet>(
      (set) => set.spec?.template?.spec?.containers,
      (set) => set.spec?.selector,
    ),
    textColumn<ReplicaSet>('revision', 'REVISION', ({metadata}) => metadata.annotations?.['deployment.kubernetes.io/revision'], {
      show: 'asked',
      align: 'right',
      keep: 4,
    }),
    ...metadataColumns,
  ],
  keep: [
    `metadata.annotations['deployment.kubernetes.io/revision']`,
    'spec.replicas',
    'spec.selector',
    'spec.template.spec.containers[].name',
    'spec.template.spec.containers[].image',
    'status.replicas',
    'status.readyReplicas',
    'status.conditions',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    selects<ReplicaSet>('owns', pods, (set) => set.spec?.selector),
    ...podSpecRelations<ReplicaSet>((set) => set.spec?.template?.spec),
  ],
  diagnoses,
  actions,
  onEnter: 'open.pods',
});
