// Restarts the pods of a workload, and pauses or resumes the rollouts of a Deployment.
import {KdeckError} from '../../base/errors.ts';
import type {KubeClient} from '../../kube/client.ts';
import type {AnyObject, KubeObject} from '../../kube/types/object.ts';
import type {Deployment} from '../../kube/types/wire.ts';
import {patchObject, withPreconditions, type ObjectAddress, type WriteOptions} from '../objects.ts';

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

type Options = WriteOptions & {readonly uid?: string | undefined};

const isDeployment = (object: KubeObject): object is Deployment => object.apiVersion === 'apps/v1' && object.kind === 'Deployment';

const isPaused = (object: Deployment): boolean => object.spec?.paused === true;

/** RFC 3339 in local time with whole seconds, which is what kubectl writes. */
export const localTime = (now: Date): string => {
  const offset = -now.getTimezoneOffset();
  const two = (n: number): string => String(Math.trunc(Math.abs(n))).padStart(2, '0');
  const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
  return `${new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19)}${zone}`;
};

/** The patch that restarts an object's pods; throws why it cannot be done, in kubectl's words. */
export const restartPatch = (object: KubeObject, now: Date): Record<string, unknown> => {
  const known =
    isDeployment(object) || (object.apiVersion === 'apps/v1' && (object.kind === 'DaemonSet' || object.kind === 'StatefulSet'));
  if (!known) throw new KdeckError('KD-ROLLOUT-RESTART', 'restarting is not supported');
  if (isDeployment(object) && isPaused(object))
    throw new KdeckError('KD-ROLLOUT-PAUSED', "can't restart paused deployment (run rollout resume first)");
  return {spec: {template: {metadata: {annotations: {[RESTARTED_AT]: localTime(now)}}}}};
};

/** True when this second's restart has been asked for already. */
export const restartedAt = (object: KubeObject, patch: Record<string, unknown>): boolean => {
  const annotations = (value: unknown): Record<string, string> | undefined =>
    (value as {spec?: {template?: {metadata?: {annotations?: Record<string, string>}}}}).spec?.template?.metadata?.annotations;
  return annotations(object)?.[RESTARTED_AT] === annotations(patch)?.[RESTARTED_AT];
};

/** Restarts the pods of a Deployment, DaemonSet or StatefulSet. */
export const restartWorkload = (
  client: KubeClient,
  at: ObjectAddress,
  object: KubeObject,
  now: Date,
  options: Options = {},
): Promise<AnyObject> =>
  patchObject(client, at, 'strategic', withPreconditions(restartPatch(object, now), {uid: options.uid}), options);

/** The patch that pauses or resumes; throws why it cannot be done, in kubectl's words. */
export const pausePatch = (object: KubeObject, paused: boolean): Record<string, unknown> => {
  if (!isDeployment(object)) throw new KdeckError('KD-ROLLOUT-PAUSE', `${paused ? 'pausing' : 'resuming'} is not supported`);
  if (isPaused(object) === paused) throw new KdeckError('KD-ROLLOUT-PAUSE', paused ? 'is already paused' : 'is not paused');
  // `false` is left out of a Deployment, so resuming removes the field.
  return {spec: {paused: paused ? true : null}};
};

/** Pauses or resumes the rollouts of a Deployment. */
export const pauseRollout = (
  client: KubeClient,
  at: ObjectAddress,
  object: KubeObject,
  paused: boolean,
  options: Options = {},
): Promise<AnyObject> =>
  patchObject(client, at, 'strategic', withPreconditions(pausePatch(object, paused), {uid: options.uid}), options);
