// What kdeck knows about DaemonSets.
import type {DaemonSet} from '../../../kube/types/wire.ts';
import {type Health, kind} from '../../kind.ts';
import {ageColumn, countColumn, metadataColumns, nameColumn, templateColumns, textColumn} from '../../shared/columns.ts';
import {daemonSets, pods} from '../../shared/refs.ts';
import {ownedBy, podSpecRelations, selects} from '../../shared/relations.ts';
import {labelsText} from '../../shared/selector.ts';
import {actions} from './actions.ts';
import {describe} from './describe.ts';

const health = ({metadata, status}: DaemonSet): Health => {
  const want = status?.desiredNumberScheduled ?? 0;
  const ready = status?.numberReady ?? 0;
  const available = status?.numberAvailable ?? 0;
  const updated = status?.updatedNumberScheduled ?? 0;
  const stray = status?.numberMisscheduled ?? 0;
  if (metadata.deletionTimestamp !== undefined) return {tone: 'busy', reason: 'It is being deleted.'};
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return {tone: 'busy', reason: 'Its last change has not been picked up yet.'};
  if (want === 0) return {tone: 'idle', reason: 'No node matches its selector and tolerations, so it runs nowhere.'};
  if (ready === 0) return {tone: 'bad', reason: `It is ready on none of ${want} ${want === 1 ? 'node' : 'nodes'}.`};
  if (updated < want)
    return {
      tone: available < want ? 'warn' : 'busy',
      reason: `A rollout is going on: updated on ${updated} of ${want} nodes, ready on ${ready}.`,
    };
  if (ready < want) return {tone: 'warn', reason: `It is ready on ${ready} of ${want} nodes.`};
  if (stray > 0)
    return {tone: 'warn', reason: `It also runs on ${stray} ${stray === 1 ? 'node where it' : 'nodes where it'} should not.`};
  return {tone: 'ok', reason: want === 1 ? 'It is ready on its only node.' : `It is ready on all ${want} nodes.`};
};

export const resource = kind<DaemonSet>({
  ref: daemonSets,
  kind: 'DaemonSet',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  family: 'workloads',
  columns: [
    nameColumn,
    countColumn<DaemonSet>('desired', 'DESIRED', ({status}) => status?.desiredNumberScheduled, {keep: 7}),
    countColumn<DaemonSet>('current', 'CURRENT', ({status}) => status?.currentNumberScheduled, {keep: 6}),
    countColumn<DaemonSet>('ready', 'READY', ({status}) => status?.numberReady, {keep: 8}),
    countColumn<DaemonSet>('up-to-date', 'UP-TO-DATE', ({status}) => status?.updatedNumberScheduled, {keep: 6}),
    countColumn<DaemonSet>('available', 'AVAILABLE', ({status}) => status?.numberAvailable, {keep: 6}),
    textColumn<DaemonSet>('node-selector', 'NODE SELECTOR', ({spec}) => labelsText(spec?.template?.spec?.nodeSelector), {keep: 2}),
    ageColumn,
    ...templateColumns<DaemonSet>(
      ({spec}) => spec?.template?.spec?.containers,
      ({spec}) => spec?.selector,
    ),
    ...metadataColumns,
  ],
  keep: [
    'spec.selector',
    'spec.template.spec.nodeSelector',
    'spec.template.spec.containers[].name',
    'spec.template.spec.containers[].image',
    'status',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    selects<DaemonSet>('owns', pods, ({spec}) => spec?.selector),
    ...podSpecRelations<DaemonSet>(({spec}) => spec?.template?.spec),
  ],
  actions,
  onEnter: 'open.pods',
});
