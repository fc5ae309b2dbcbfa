// How a Deployment is doing, rollout included, in one sentence.
import type {Deployment} from '../../../kube/types/wire.ts';
import type {Health} from '../../kind.ts';
import {copiesHealth, failedCreateText} from '../../shared/copies.ts';

export const health = (deployment: Deployment, {now}: {readonly now: Date}): Health => {
  const {metadata, spec, status} = deployment;
  const want = spec?.replicas ?? 1;
  const ready = status?.readyReplicas ?? 0;
  const available = status?.availableReplicas ?? 0;
  const updated = status?.updatedReplicas ?? 0;
  const existing = status?.replicas ?? 0;
  const condition = (type: string) => status?.conditions?.find((each) => each.type === type);
  const serving = `${available} of ${want} ${want === 1 ? 'copy' : 'copies'} serve traffic`;

  if (metadata.deletionTimestamp !== undefined) return {tone: 'busy', reason: 'It is being deleted.'};
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return {tone: 'busy', reason: 'Its last change has not been picked up yet.'};
  const progressing = condition('Progressing');
  if (progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded') {
    return {
      tone: 'bad',
      reason: `The rollout is stuck: no progress for ${spec?.progressDeadlineSeconds ?? 600} seconds; ${serving}.`,
    };
  }
  const failure = condition('ReplicaFailure');
  if (failure?.status === 'True') return {tone: 'bad', reason: `It cannot make new pods: ${failedCreateText(failure.message)}.`};
  if (want > 0 && updated < want && spec?.paused !== true)
    return {tone: available < want ? 'warn' : 'busy', reason: `A rollout is going on: ${updated} of ${want} updated; ${serving}.`};
  if (want > 0 && existing > updated && spec?.paused !== true)
    return {
      tone: available < want ? 'warn' : 'busy',
      reason: `A rollout is going on: ${existing - updated} old ${existing - updated === 1 ? 'copy' : 'copies'} still to stop; ${serving}.`,
    };
  const base = copiesHealth(deployment, {want, ready: Math.min(ready, available), existing}, now);
  if (spec?.paused === true && base.tone === 'ok') return {tone: 'idle', reason: `${base.reason} Rollouts are paused.`};
  return base;
};
