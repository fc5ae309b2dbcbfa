// What is wrong with a Deployment's rollout, and the way back to the revision that worked.
import {humanDuration} from '../../../base/age.ts';
import type {Deployment, Pod, ReplicaSet} from '../../../kube/types/wire.ts';
import type {ClusterView, Diagnosis, Finding} from '../../kind.ts';
import {msSince} from '../../shared/columns.ts';
import {evidence, RANK, refOf} from '../../shared/finding.ts';
import {pods} from '../../shared/refs.ts';
import {selectorQuery} from '../../shared/selector.ts';
import {templateChanges} from '../../shared/template-changes.ts';
import {health as podHealth} from '../../core/pod/health.ts';
import {revisionOf, revisionsOf} from './revisions.ts';

const ref = {group: 'apps', kind: 'Deployment'};
const CHANGES_SHOWN = 3;

const rolloutBroken: Diagnosis<Deployment> = {
  id: 'deployment.rollout-broken',
  find: async (deployment, view) => {
    const {spec, status} = deployment;
    const {current, older} = await revisionsOf(deployment, view);
    if (current === undefined || (spec?.replicas ?? 1) === 0) return [];
    const own = await podsOf(current, view);
    const broken = own.filter((pod) => podHealth(pod, {now: view.now()}).tone === 'bad');
    const progressing = status?.conditions?.find((each) => each.type === 'Progressing');
    const stuck = progressing?.reason === 'ProgressDeadlineExceeded';
    const refused = current.status?.conditions?.some((each) => each.type === 'ReplicaFailure' && each.status === 'True') === true;
    if (!stuck && broken.length === 0 && !refused) return [];

    const before = workingRevision(older);
    const revision = revisionOf(current);
    const serving = `${status?.availableReplicas ?? 0} of ${spec?.replicas ?? 1} copies serve traffic`;
    const what = stuck
      ? `made no progress for ${spec?.progressDeadlineSeconds ?? 600} seconds`
      : refused && broken.length === 0
        ? 'gets no new pods'
        : `has ${broken.length} broken ${broken.length === 1 ? 'pod' : 'pods'}`;
    const changes = before === undefined ? [] : templateChanges(before.spec?.template, spec?.template).slice(0, CHANGES_SHOWN);
    const finding: Finding = {
      id: 'deployment.rollout-broken',
      tone: 'bad',
      says: `The rollout of revision ${revision} ${what}; ${serving}.`,
      object: refOf(deployment, ref),
      evidence: [
        ...evidence(
          ['status.conditions[Progressing].reason', progressing?.reason],
          ['status.conditions[Progressing].message', progressing?.message],
        ),
        ...changes.map((value) => ({path: `changed since revision ${revisionOf(before as ReplicaSet)}`, value})),
      ],
      since: progressing?.lastUpdateTime ?? current.metadata.creationTimestamp ?? undefined,
      tryThis: before === undefined || spec?.paused === true ? [] : [rollBack(deployment, before)],
      about: [refOf(current, {group: 'apps', kind: 'ReplicaSet'}), ...own.map((pod) => refOf(pod, {group: '', kind: 'Pod'}))],
      rank: RANK.symptom,
    };
    return [finding];
  },
};

/** The newest earlier revision, unless its own pods are in trouble too: then going back would not help. */
const workingRevision = (older: readonly ReplicaSet[]): ReplicaSet | undefined => {
  const newest = older.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0];
  if (newest === undefined) return undefined;
  const ailing = (newest.status?.replicas ?? 0) > 0 && (newest.status?.readyReplicas ?? 0) === 0;
  return ailing ? undefined : newest;
};

const rollBack = (deployment: Deployment, before: ReplicaSet): Finding['tryThis'][number] => ({
  text: `Roll back ${deployment.metadata.name} to revision ${revisionOf(before)}`,
  command: 'workload.roll-back',
  target: refOf(deployment, ref),
});

const podsOf = async (set: ReplicaSet, view: ClusterView): Promise<readonly Pod[]> => {
  const listed = await view.list<Pod>(pods, {namespace: set.metadata.namespace, labelSelector: selectorQuery(set.spec?.selector)});
  return listed.filter((pod) => pod.metadata.ownerReferences?.some((owner) => owner.uid === set.metadata.uid));
};

const pausedChanges: Diagnosis<Deployment> = {
  id: 'deployment.paused',
  find: async (deployment, view) => {
    if (deployment.spec?.paused !== true) return [];
    const {current} = await revisionsOf(deployment, view);
    if (current !== undefined) return [];
    return [
      {
        id: 'deployment.paused',
        tone: 'warn',
        says: 'Its last change waits: rollouts are paused.',
        object: refOf(deployment, ref),
        evidence: evidence(['spec.paused', 'true']),
        tryThis: [
          {
            text: `Resume the rollouts of ${deployment.metadata.name}`,
            command: 'workload.resume-rollout',
            target: refOf(deployment, ref),
          },
        ],
        rank: RANK.cause,
      },
    ];
  },
};

const notObserved: Diagnosis<Deployment> = {
  id: 'deployment.not-observed',
  find: async (deployment, view) => {
    const {metadata, status} = deployment;
    const [wanted, seen] = [metadata.generation ?? 0, status?.observedGeneration ?? 0];
    const age = msSince(status?.conditions?.[0]?.lastUpdateTime ?? metadata.creationTimestamp, view.now()) ?? 0;
    if (wanted <= seen || age < 30_000) return [];
    return [
      {
        id: 'deployment.not-observed',
        tone: 'warn',
        says: `Its last change has not been picked up; the controllers of the cluster may be down (last sign ${humanDuration(age)} ago).`,
        object: refOf(deployment, ref),
        evidence: evidence(['metadata.generation', wanted], ['status.observedGeneration', seen]),
        tryThis: [{text: 'Look at the controller manager'}],
        rank: RANK.symptom + 1,
      },
    ];
  },
};

export const diagnoses: readonly Diagnosis<Deployment>[] = [rolloutBroken, pausedChanges, notObserved];
