// Changes how many replicas a workload wants, through its scale subresource.
import {KdeckError} from '../base/errors.ts';
import type {KubeClient} from '../kube/client.ts';
import {isStatus} from '../kube/status-error.ts';
import type {KubeObject} from '../kube/types/object.ts';
import {getObject, patchObject, replaceObject, withPreconditions, type ObjectAddress} from './objects.ts';
import {sleep} from './watch-object.ts';

type Scale = KubeObject & {spec?: {replicas?: number}; status?: {replicas?: number}};

/** How to scale. */
export type ScaleOptions = {
  readonly replicas: number;
  /** Refuse unless this many are wanted now. */
  readonly currentReplicas?: number | undefined;
  readonly resourceVersion?: string | undefined;
  readonly uid?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Milliseconds to wait until as many run; 0 or absent: do not wait. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

const SCALE = 'scale';
const RETRY_FOR = 5 * 60_000;

/** How many replicas are wanted now. */
export const wantedReplicas = async (client: KubeClient, at: ObjectAddress, signal?: AbortSignal): Promise<number> =>
  (await getObject<Scale>(client, at, {subresource: SCALE, signal})).spec?.replicas ?? 0;

/** Scales and gives the number that is wanted afterwards. Conflicts are tried again for five minutes, as kubectl does. */
export const scaleObject = async (client: KubeClient, at: ObjectAddress, options: ScaleOptions): Promise<number> => {
  const end = Date.now() + RETRY_FOR;
  for (;;) {
    try {
      const replicas = await scaleOnce(client, at, options);
      if (options.timeout !== undefined && options.timeout > 0 && options.dryRun !== true)
        await waitForReplicas(client, at, options);
      return replicas;
    } catch (error) {
      if (!isStatus(error, 'Conflict') || !mayTryAgain(options) || Date.now() > end) throw error;
      await sleep(1_000, options.signal);
    }
  }
};

// A patch with an identity conflicts only when it is another object; where the object is read first, somebody was faster.
const mayTryAgain = ({uid, currentReplicas, resourceVersion}: ScaleOptions): boolean =>
  uid === undefined || currentReplicas !== undefined || resourceVersion !== undefined;

const scaleOnce = async (client: KubeClient, at: ObjectAddress, options: ScaleOptions): Promise<number> => {
  const write = {subresource: SCALE, dryRun: options.dryRun, signal: options.signal};
  const {replicas, currentReplicas, resourceVersion} = options;
  if (currentReplicas === undefined && resourceVersion === undefined) {
    const patch = withPreconditions({spec: {replicas}}, {uid: options.uid});
    return (await patchObject<Scale>(client, at, 'merge', patch, write)).spec?.replicas ?? 0;
  }
  const scale = await getObject<Scale>(client, at, {subresource: SCALE, signal: options.signal});
  if (options.uid !== undefined && scale.metadata.uid !== options.uid)
    throw unexpected('uid', options.uid, scale.metadata.uid ?? '');
  const now = scale.spec?.replicas ?? 0;
  if (currentReplicas !== undefined && now !== currentReplicas) throw unexpected('replicas', String(currentReplicas), String(now));
  const version = scale.metadata.resourceVersion ?? '';
  if (resourceVersion !== undefined && version !== resourceVersion) throw unexpected('resource version', resourceVersion, version);
  const wanted = {...scale, spec: {...scale.spec, replicas}};
  return (await replaceObject<Scale>(client, at, wanted, write)).spec?.replicas ?? 0;
};

const unexpected = (what: string, expected: string, was: string): KdeckError =>
  new KdeckError('KD-SCALE-PRECONDITION', `Expected ${what} to be ${expected}, was ${was}`);

const waitForReplicas = async (
  client: KubeClient,
  at: ObjectAddress,
  {replicas, timeout = 0, signal}: ScaleOptions,
): Promise<void> => {
  const end = Date.now() + timeout;
  for (;;) {
    const scale = await getObject<Scale>(client, at, {subresource: SCALE, signal});
    // Somebody else wants another number by now: what was waited for will not come.
    if ((scale.spec?.replicas ?? 0) !== replicas || (scale.status?.replicas ?? 0) === replicas) return;
    if (Date.now() + 1_000 > end) throw new KdeckError('KD-SCALE-TIMEOUT', `timed out waiting for "${at.name}" to be synced`);
    await sleep(1_000, signal);
  }
};
