// What kdeck knows about StatefulSets.
import type {StatefulSet} from '../../../kube/types/wire.ts';
import {column} from '../../column.ts';
import {type Health, kind} from '../../kind.ts';
import {
  ageColumn,
  byShare,
  metadataColumns,
  nameColumn,
  type Share,
  shareText,
  templateColumns,
  textColumn,
} from '../../shared/columns.ts';
import {copiesHealth} from '../../shared/copies.ts';
import {pods, statefulSets} from '../../shared/refs.ts';
import {ownedBy, podSpecRelations, selects} from '../../shared/relations.ts';
import {actions} from './actions.ts';
import {describe} from './describe.ts';

const health = (set: StatefulSet, {now}: {readonly now: Date}): Health => {
  const {metadata, spec, status} = set;
  const want = spec?.replicas ?? 1;
  const ready = status?.readyReplicas ?? 0;
  if (metadata.deletionTimestamp === undefined && (metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return {tone: 'busy', reason: 'Its last change has not been picked up yet.'};
  }
  const base = copiesHealth(set, {want, ready, existing: status?.replicas ?? 0}, now);
  if (base.tone === 'warn' || base.tone === 'bad') {
    const ordered = spec?.podManagementPolicy !== 'Parallel' && (status?.replicas ?? 0) < want;
    return ordered
      ? {...base, reason: `${base.reason} Members start one after the other, so the first that is not ready holds up the rest.`}
      : base;
  }
  const partition = spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  const old = want - (status?.updatedReplicas ?? 0);
  if (base.tone === 'ok' && old > 0 && status?.updateRevision !== status?.currentRevision) {
    if (spec?.updateStrategy?.type === 'OnDelete')
      return {tone: 'idle', reason: `${old} of ${want} members wait to be deleted before they get the new version.`};
    if (partition > 0) return {tone: 'idle', reason: `Members below ${partition} stay on the old version on purpose.`};
    return {tone: 'busy', reason: `A rollout is going on: ${want - old} of ${want} updated.`};
  }
  return base;
};

export const resource = kind<StatefulSet>({
  ref: statefulSets,
  kind: 'StatefulSet',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  namespaced: true,
  family: 'workloads',
  columns: [
    nameColumn,
    column<StatefulSet, Share>({
      id: 'ready',
      title: 'READY',
      value: ({spec, status}) => ({have: status?.readyReplicas ?? 0, want: spec?.replicas ?? 0}),
      text: shareText,
      order: byShare,
      tone: ({have, want}) => (want === 0 ? 'idle' : have === 0 ? 'bad' : have < want ? 'warn' : 'ok'),
      keep: 8,
    }),
    ageColumn,
    ...templateColumns<StatefulSet>(({spec}) => spec?.template?.spec?.containers),
    textColumn<StatefulSet>('service', 'SERVICE', ({spec}) => spec?.serviceName, {show: 'asked', keep: 1}),
    ...metadataColumns,
  ],
  keep: [
    'spec.replicas',
    'spec.selector',
    'spec.serviceName',
    'spec.podManagementPolicy',
    'spec.updateStrategy',
    'spec.template.spec.containers[].name',
    'spec.template.spec.containers[].image',
    'status',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    selects<StatefulSet>('owns', pods, ({spec}) => spec?.selector),
    {
      type: 'uses',
      targets: ({spec, metadata}) =>
        spec?.serviceName ? [{group: '', kind: 'Service', name: spec.serviceName, namespace: metadata.namespace}] : [],
    },
    ...podSpecRelations<StatefulSet>(({spec}) => spec?.template?.spec),
  ],
  actions,
  onEnter: 'open.pods',
});
