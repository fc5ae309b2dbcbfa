// Rolls a workload back to an earlier revision of its pod template.
import {isDeepStrictEqual} from 'node:util';
import {KdeckError, messageOf} from '../../base/errors.ts';
import type {KubeClient} from '../../kube/client.ts';
import {StatusError} from '../../kube/status-error.ts';
import type {ControllerRevision, PodTemplateSpec, ReplicaSet} from '../../kube/types/wire.ts';
import {getObject, patchObject, withPreconditions, type ObjectAddress} from '../objects.ts';
import {REVISION, revisionsOf, type Revision, type Workload} from './revisions.ts';

/** How to roll back. */
export type UndoOptions = {
  /** 0 means the one before the last. */
  readonly toRevision: number;
  readonly dryRun?: boolean | undefined;
  readonly uid?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** What a rollback would do. */
export type UndoPlan = {
  readonly workload: Workload;
  readonly to: Revision;
  /** The revision that runs now, if it is known. */
  readonly from: Revision | undefined;
  /** The running template is the wanted one already. */
  readonly unchanged: boolean;
};

// Annotations that belong to the Deployment and not to a revision of it.
const KEPT = [
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];
const HASH = 'pod-template-hash';

const withoutHash = (template: PodTemplateSpec): PodTemplateSpec => {
  const {[HASH]: _hash, ...labels} = template.metadata?.labels ?? {};
  return {...template, metadata: {...template.metadata, labels}};
};

// creationTimestamp: null is Go's way to write nothing; revisions made by older servers hold it.
const normal = (template: PodTemplateSpec): unknown =>
  JSON.parse(
    JSON.stringify(withoutHash(template), (key, value: unknown) =>
      key === 'creationTimestamp' && value === null ? undefined : value,
    ),
  );

/** True when both would make the same pods. */
export const sameTemplate = (a: PodTemplateSpec, b: PodTemplateSpec): boolean => isDeepStrictEqual(normal(a), normal(b));

const notFound = (revision: number): KdeckError =>
  new KdeckError('KD-ROLLOUT-NO-REVISION', `unable to find specified revision ${revision} in history`);

/** Finds the revision to go to. Changes nothing. */
export const planUndo = async (client: KubeClient, at: ObjectAddress, options: UndoOptions): Promise<UndoPlan> => {
  const {toRevision, signal} = options;
  if (toRevision < 0) throw notFound(toRevision);
  const workload = await getObject<Workload>(client, at, {signal});
  const isDeployment = workload.kind === 'Deployment';
  const revisions = await revisionsOf(client, at, workload, signal);
  const to = toRevision === 0 ? revisions.at(-2) : revisions.find(({number}) => number === toRevision);
  if (to === undefined) {
    if (toRevision > 0) throw notFound(toRevision);
    throw new KdeckError(
      'KD-ROLLOUT-NO-HISTORY',
      isDeployment ? `no rollout history found for deployment "${at.name}"` : 'no last revision to roll back to',
    );
  }
  const running = workload.spec?.template;
  return {
    workload,
    to,
    from: revisions.findLast(({template}) => running !== undefined && sameTemplate(template, running)) ?? revisions.at(-1),
    unchanged: running !== undefined && sameTemplate(to.template, running),
  };
};

/** Sends the rollback. `skipped` when the running template is the wanted one already. */
export const undoRollout = async (
  client: KubeClient,
  at: ObjectAddress,
  plan: UndoPlan,
  options: UndoOptions,
): Promise<'rolled back' | 'skipped'> => {
  const {workload, to} = plan;
  const isDeployment = workload.kind === 'Deployment';
  if (isDeployment && (workload.spec as {paused?: boolean} | undefined)?.paused === true) {
    throw new KdeckError(
      'KD-ROLLOUT-PAUSED',
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  if (plan.unchanged) return 'skipped';
  const write = {dryRun: options.dryRun, signal: options.signal};
  try {
    if (isDeployment) await patchObject(client, at, 'json', deploymentPatch(workload, to, options.uid), write);
    else {
      const {data} = to.source as ControllerRevision;
      await patchObject(client, at, 'strategic', withPreconditions(data as Record<string, unknown>, {uid: options.uid}), write);
    }
    return 'rolled back';
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    throw new KdeckError('KD-ROLLOUT-RESTORE', `failed restoring revision ${options.toRevision}: ${messageOf(error)}`, {
      cause: error,
    });
  }
};

const deploymentPatch = (workload: Workload, to: Revision, uid: string | undefined): unknown[] => {
  const annotations: Record<string, string> = {};
  const own = workload.metadata.annotations ?? {};
  for (const key of KEPT) if (own[key] !== undefined) annotations[key] = own[key];
  for (const [key, value] of Object.entries((to.source as ReplicaSet).metadata.annotations ?? {}))
    if (!KEPT.includes(key)) annotations[key] = value;
  return [
    ...(uid === undefined ? [] : [{op: 'test', path: '/metadata/uid', value: uid}]),
    {op: 'replace', path: '/spec/template', value: withoutHash(to.template)},
    {op: 'replace', path: '/metadata/annotations', value: annotations},
  ];
};
