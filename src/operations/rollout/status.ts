// Says how far a rollout is, in kubectl's lines, and follows it to its end.
import {KdeckError} from '../../base/errors.ts';
import type {KubeClient} from '../../kube/client.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import type {DaemonSet, Deployment, StatefulSet} from '../../kube/types/wire.ts';
import type {ObjectAddress} from '../objects.ts';
import {watchObject} from '../watch-object.ts';
import {REVISION} from './revisions.ts';

/** One line about a rollout. */
export type RolloutStatus = {readonly line: string; readonly done: boolean};

const waiting = (line: string): RolloutStatus => ({line, done: false});
const done = (line: string): RolloutStatus => ({line, done: true});

/** The status of a Deployment, DaemonSet or StatefulSet. Throws when the rollout has failed. `revision` 0: whichever runs. */
export const rolloutStatusOf = (object: KubeObject, revision = 0): RolloutStatus => {
  if (object.kind === 'Deployment') return deploymentStatus(object, revision);
  if (object.kind === 'DaemonSet') return daemonSetStatus(object);
  if (object.kind === 'StatefulSet') return statefulSetStatus(object);
  throw new KdeckError('KD-ROLLOUT-KIND', `no status viewer has been implemented for ${object.kind ?? ''}`);
};

// The order of the tests is kubectl's: deadline, updated, old ones, available.
const deploymentStatus = ({metadata, spec, status}: Deployment, revision: number): RolloutStatus => {
  const {name = ''} = metadata;
  if (revision > 0) {
    const running = metadata.annotations?.[REVISION] ?? '0';
    if (Number(running) !== revision) {
      throw new KdeckError(
        'KD-ROLLOUT-REVISION',
        `desired revision (${revision}) is different from the running revision (${running})`,
      );
    }
  }
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return waiting('Waiting for deployment spec update to be observed...');
  if (status?.conditions?.find(({type}) => type === 'Progressing')?.reason === 'ProgressDeadlineExceeded') {
    throw new KdeckError('KD-ROLLOUT-DEADLINE', `deployment "${name}" exceeded its progress deadline`);
  }
  const {updatedReplicas: updated = 0, replicas: total = 0, availableReplicas: available = 0} = status ?? {};
  const finish = `Waiting for deployment "${name}" rollout to finish: `;
  if (spec?.replicas !== undefined && updated < spec.replicas)
    return waiting(`${finish}${updated} out of ${spec.replicas} new replicas have been updated...`);
  if (total > updated) return waiting(`${finish}${total - updated} old replicas are pending termination...`);
  if (available < updated) return waiting(`${finish}${available} of ${updated} updated replicas are available...`);
  return done(`deployment "${name}" successfully rolled out`);
};

const onlyRolling = (): KdeckError =>
  new KdeckError('KD-ROLLOUT-STRATEGY', 'rollout status is only available for RollingUpdate strategy type');

const daemonSetStatus = ({metadata, spec, status}: DaemonSet): RolloutStatus => {
  if (spec?.updateStrategy?.type !== 'RollingUpdate') throw onlyRolling();
  const {name = ''} = metadata;
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return waiting('Waiting for daemon set spec update to be observed...');
  const {updatedNumberScheduled: updated = 0, desiredNumberScheduled: desired = 0, numberAvailable: available = 0} = status ?? {};
  const finish = `Waiting for daemon set "${name}" rollout to finish: `;
  if (updated < desired) return waiting(`${finish}${updated} out of ${desired} new pods have been updated...`);
  if (available < desired) return waiting(`${finish}${available} of ${desired} updated pods are available...`);
  return done(`daemon set "${name}" successfully rolled out`);
};

const statefulSetStatus = ({metadata, spec, status}: StatefulSet): RolloutStatus => {
  if (spec?.updateStrategy?.type !== 'RollingUpdate') throw onlyRolling();
  const observed = status?.observedGeneration ?? 0;
  if (observed === 0 || (metadata.generation ?? 0) > observed)
    return waiting('Waiting for statefulset spec update to be observed...');
  const {
    readyReplicas: ready = 0,
    updatedReplicas: updated = 0,
    currentReplicas: current = 0,
    updateRevision = '',
    currentRevision = '',
  } = status ?? {};
  if (spec.replicas !== undefined && ready < spec.replicas)
    return waiting(`Waiting for ${spec.replicas - ready} pods to be ready...`);
  const rolling = spec.updateStrategy.rollingUpdate;
  if (rolling !== undefined) {
    if (spec.replicas !== undefined && rolling.partition !== undefined && updated < spec.replicas - rolling.partition) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${spec.replicas - rolling.partition} new pods have been updated...`,
      );
    }
    return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  if (updateRevision !== currentRevision)
    return waiting(`waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...`);
  return done(`statefulset rolling update complete ${current} pods at revision ${currentRevision}...`);
};

/** Follows a rollout: a line for each change of the object, ending with the one that is done. */
export async function* followRollout(
  client: KubeClient,
  at: ObjectAddress,
  options: {readonly kind: string; readonly revision?: number; readonly signal?: AbortSignal | undefined},
): AsyncGenerator<RolloutStatus> {
  for await (const seen of watchObject<KubeObject>(client, at, options.signal)) {
    if (seen.type === 'deleted') throw new KdeckError('KD-ROLLOUT-DELETED', 'object has been deleted');
    if (seen.type === 'absent') continue;
    // Items of a list carry no kind.
    const status = rolloutStatusOf({...seen.object, kind: options.kind}, options.revision);
    yield status;
    if (status.done) return;
  }
}
