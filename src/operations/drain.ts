// Empties a node: which pods may go and why the others may not, then evictions that respect disruption budgets.
import {KdeckError, messageOf} from '../base/errors.ts';
import {readJson} from '../base/json/read.ts';
import {pathOf, type KubeClient} from '../kube/client.ts';
import {isStatus, StatusError} from '../kube/status-error.ts';
import type {KubeList} from '../kube/types/object.ts';
import type {Pod} from '../kube/types/wire.ts';
import {deleteObject} from './delete.ts';
import {getObject} from './objects.ts';
import {sleep} from './watch-object.ts';

/** What may be drained, and how. The names are those of kubectl's flags. */
export type DrainOptions = {
  readonly force: boolean;
  readonly ignoreDaemonSets: boolean;
  readonly deleteEmptyDirData: boolean;
  /** Negative: each pod's own. */
  readonly gracePeriodSeconds: number;
  /** Milliseconds; 0 waits for ever. */
  readonly timeout: number;
  readonly podSelector: string;
  readonly chunkSize: number;
  readonly disableEviction: boolean;
  readonly skipWaitForDeleteTimeoutSeconds: number;
  readonly dryRun: boolean;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
};

/** What happens while a node is drained. */
export type DrainEvent =
  | {readonly type: 'evicting' | 'evicted' | 'deleted' | 'skipped'; readonly pod: Pod}
  | {readonly type: 'failed'; readonly pod: Pod; readonly evicting: boolean}
  | {readonly type: 'retry'; readonly message: string};

/** What draining would do. */
export type DrainPlan = {
  readonly pods: readonly Pod[];
  /** One sentence for pods that stay, or go against the usual rule. */
  readonly warnings: string;
  /** Sentences that forbid it; empty when it may be done. */
  readonly errors: readonly string[];
};

const POD = {group: '', version: 'v1', plural: 'pods'};
const MIRROR = 'kubernetes.io/config.mirror';
const RETRY_AFTER = 5_000;

type Verdict =
  | {readonly go: boolean; readonly level: 'okay' | 'skip'}
  | {readonly go: boolean; readonly level: 'warning' | 'error'; readonly message: string};

const OKAY: Verdict = {go: true, level: 'okay'};
const SKIP: Verdict = {go: false, level: 'skip'};

const isFinished = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

const controllerOf = (pod: Pod) => pod.metadata.ownerReferences?.find(({controller}) => controller === true);

const goneFor = (pod: Pod, now: Date): number => {
  const since = pod.metadata.deletionTimestamp;
  return since === undefined ? 0 : Math.trunc((now.getTime() - Date.parse(since)) / 1000);
};

const isGivenUp = (pod: Pod, options: DrainOptions): boolean =>
  options.skipWaitForDeleteTimeoutSeconds > 0 && goneFor(pod, options.now()) > options.skipWaitForDeleteTimeoutSeconds;

/** kubectl's filters in kubectl's order; the last one that has something to say is heard. */
const judge = async (client: KubeClient, pod: Pod, options: DrainOptions): Promise<Verdict> => {
  if (isGivenUp(pod, options)) return SKIP;
  const daemon = await judgeDaemonSet(client, pod, options);
  if (!daemon.go) return daemon;
  if (pod.metadata.annotations?.[MIRROR] !== undefined) return SKIP;
  const hasEmptyDir = pod.spec?.volumes?.some(({emptyDir}) => emptyDir !== undefined) === true;
  if (hasEmptyDir && !isFinished(pod) && !options.deleteEmptyDirData) {
    return {go: false, level: 'error', message: 'Pods with local storage (use --delete-emptydir-data to override)'};
  }
  // Like kubectl, a later filter's "okay" silences the warnings of earlier ones.
  if (isFinished(pod) || controllerOf(pod) !== undefined) return OKAY;
  if (options.force) return {go: true, level: 'warning', message: 'deleting Pods that declare no controller'};
  return {go: false, level: 'error', message: 'Pods that declare no controller (use --force to override)'};
};

const judgeDaemonSet = async (client: KubeClient, pod: Pod, options: DrainOptions): Promise<Verdict> => {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'DaemonSet' || owner.apiVersion !== 'apps/v1' || isFinished(pod)) return OKAY;
  try {
    await getObject(
      client,
      {group: 'apps', version: 'v1', plural: 'daemonsets', namespace: pod.metadata.namespace, name: owner.name},
      {signal: options.signal},
    );
  } catch (error) {
    if (isStatus(error, 'NotFound') && options.force) return {go: true, level: 'warning', message: messageOf(error)};
    return {go: false, level: 'error', message: messageOf(error)};
  }
  if (!options.ignoreDaemonSets)
    return {go: false, level: 'error', message: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)'};
  return {go: false, level: 'warning', message: 'ignoring DaemonSet-managed Pods'};
};

const listPods = async (client: KubeClient, node: string, options: DrainOptions): Promise<Pod[]> => {
  const pods: Pod[] = [];
  let next: string | undefined;
  do {
    const answer = await client.request({
      path: pathOf(POD),
      query: {
        fieldSelector: `spec.nodeName=${node}`,
        labelSelector: options.podSelector === '' ? undefined : options.podSelector,
        limit: options.chunkSize > 0 ? options.chunkSize : undefined,
        continue: next,
      },
      signal: options.signal,
    });
    const list = readJson(answer.text()) as KubeList<Pod>;
    pods.push(...list.items.map((pod) => ({...pod, apiVersion: 'v1', kind: 'Pod'})));
    next = list.metadata.continue;
  } while (next !== undefined && next !== '');
  return pods;
};

const nameOf = (pod: Pod): string => `${pod.metadata.namespace ?? ''}/${pod.metadata.name ?? ''}`;

const grouped = (entries: readonly {readonly message: string; readonly pod: Pod}[]): readonly string[] => {
  const groups = Map.groupBy(entries, ({message}) => message);
  return [...groups].map(([message, members]) => `${message}: ${members.map(({pod}) => nameOf(pod)).join(', ')}`);
};

/** Looks at the pods of a node and says which would go. Changes nothing. */
export const planDrain = async (client: KubeClient, node: string, options: DrainOptions): Promise<DrainPlan> => {
  const pods: Pod[] = [];
  const warnings: {message: string; pod: Pod}[] = [];
  const errors: {message: string; pod: Pod}[] = [];
  for (const pod of await listPods(client, node, options)) {
    const verdict = await judge(client, pod, options);
    if (verdict.go) pods.push(pod);
    if (verdict.level === 'warning') warnings.push({message: verdict.message, pod});
    if (verdict.level === 'error') errors.push({message: verdict.message, pod});
  }
  return {pods, warnings: grouped(warnings).join('; '), errors: grouped(errors).map((text) => `cannot delete ${text}`)};
};

/** Evicts (or deletes) pods and waits until they are gone. Goes on with the others when one fails; throws what failed at the end. */
export const evictPods = async (
  client: KubeClient,
  pods: readonly Pod[],
  options: DrainOptions,
  tell: (event: DrainEvent) => void,
): Promise<void> => {
  if (pods.length === 0) return;
  const stop = new AbortController();
  const timer = options.timeout > 0 ? setTimeout(() => stop.abort(), options.timeout) : undefined;
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  const run: Run = {client, options, tell, signal, timedOut: () => stop.signal.aborted};
  try {
    if (options.disableEviction || !(await supportsEviction(client, signal))) return await deleteAll(run, pods);
    const results = await Promise.allSettled(pods.map((pod) => evictOne(run, pod)));
    const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
    if (failed.length === 1) throw failed[0];
    if (failed.length > 1)
      throw new KdeckError('KD-DRAIN-FAILED', `[${[...new Set(failed.map(messageOf))].join(', ')}]`, {
        cause: new AggregateError(failed),
      });
  } finally {
    clearTimeout(timer);
  }
};

type Run = {
  readonly client: KubeClient;
  readonly options: DrainOptions;
  readonly tell: (event: DrainEvent) => void;
  readonly signal: AbortSignal;
  readonly timedOut: () => boolean;
};

const supportsEviction = async (client: KubeClient, signal: AbortSignal): Promise<boolean> => {
  const list = (await client.request({path: '/api/v1', signal})).json<{resources?: {name: string; kind: string}[]}>();
  return list.resources?.some(({name, kind}) => name === 'pods/eviction' && kind === 'Eviction') === true;
};

/** Go's form of a duration of whole or broken seconds, for the sentence about the time limit. */
const durationText = (milliseconds: number): string => {
  const seconds = milliseconds / 1000;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = Number((seconds % 60).toFixed(3));
  if (seconds < 1) return `${milliseconds}ms`;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${rest}s`;
};

const evictOne = async (run: Run, first: Pod): Promise<void> => {
  const {client, options, tell, signal} = run;
  let pod = first;
  for (;;) {
    tell({type: 'evicting', pod});
    const {namespace = '', name = ''} = pod.metadata;
    const where = `pods/"${name}" -n "${namespace}"`;
    if (run.timedOut())
      throw new KdeckError(
        'KD-DRAIN-TIMEOUT',
        `error when evicting ${where}: global timeout reached: ${durationText(options.timeout)}`,
      );
    try {
      await evict(client, pod, options, signal);
      break;
    } catch (error) {
      if (isStatus(error, 'NotFound')) return;
      const ending =
        error instanceof StatusError &&
        error.reason === 'Forbidden' &&
        error.status.details?.causes?.some(({reason}) => reason === 'NamespaceTerminating') === true;
      // The namespace is going: the pod goes with it, and only has to be waited for.
      if (ending && pod.metadata.deletionTimestamp !== undefined) break;
      if (error instanceof StatusError && error.httpStatus === 429) {
        tell({type: 'retry', message: `error when evicting ${where} (will retry after 5s): ${error.message}`});
      } else if (ending) {
        tell({
          type: 'retry',
          message: `error when evicting pod "${name}" from terminating namespace "${namespace}" (will retry after 5s): ${messageOf(error)}`,
        });
      } else if (run.timedOut()) {
        continue;
      } else {
        throw new KdeckError('KD-DRAIN-EVICT', `error when evicting ${where}: ${messageOf(error)}`, {cause: error});
      }
      await sleep(RETRY_AFTER, options.signal);
    }
    pod = await getObject<Pod>(client, {...POD, namespace, name}, {signal: options.signal}).catch(() => pod);
  }
  if (options.dryRun) return;
  try {
    await waitGone(run, [pod], true);
  } catch (error) {
    const {namespace = '', name = ''} = first.metadata;
    throw new KdeckError(
      'KD-DRAIN-WAIT',
      `error when waiting for pod "${name}" in namespace "${namespace}" to terminate: ${messageOf(error)}`,
      {cause: error},
    );
  }
};

const evict = async (client: KubeClient, pod: Pod, options: DrainOptions, signal: AbortSignal): Promise<void> => {
  const {namespace, name} = pod.metadata;
  await client.request({
    method: 'POST',
    path: pathOf(POD, {namespace, name, subresource: 'eviction'}),
    query: options.dryRun ? {dryRun: 'All'} : {},
    body: {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: {name, namespace},
      deleteOptions: {
        ...(options.gracePeriodSeconds >= 0 ? {gracePeriodSeconds: options.gracePeriodSeconds} : {}),
        ...(options.dryRun ? {dryRun: ['All']} : {}),
      },
    },
    signal,
  });
};

const deleteAll = async (run: Run, pods: readonly Pod[]): Promise<void> => {
  const {client, options} = run;
  for (const pod of pods) {
    const {namespace, name = ''} = pod.metadata;
    try {
      await deleteObject(
        client,
        {...POD, namespace, name},
        {
          ...(options.gracePeriodSeconds >= 0 ? {gracePeriodSeconds: options.gracePeriodSeconds} : {}),
          dryRun: options.dryRun,
          signal: run.signal,
        },
      );
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
    }
  }
  if (!options.dryRun) await waitGone(run, pods, false);
};

const waitGone = async (run: Run, pods: readonly Pod[], evicting: boolean): Promise<void> => {
  let left = [...pods];
  for (;;) {
    const still: Pod[] = [];
    for (const pod of left) {
      const {namespace, name = '', uid} = pod.metadata;
      let now: Pod | undefined;
      try {
        now = await getObject<Pod>(run.client, {...POD, namespace, name}, {signal: run.signal});
      } catch (error) {
        if (run.timedOut()) throw new KdeckError('KD-DRAIN-TIMEOUT', 'context deadline exceeded');
        if (!isStatus(error, 'NotFound')) {
          run.tell({type: 'failed', pod, evicting});
          throw error;
        }
      }
      if (now === undefined || now.metadata.uid !== uid) run.tell({type: evicting ? 'evicted' : 'deleted', pod});
      else if (isGivenUp(now, run.options)) run.tell({type: 'skipped', pod});
      else still.push(pod);
    }
    left = still;
    if (left.length === 0) return;
    try {
      await sleep(1_000, run.signal);
    } catch (error) {
      if (run.timedOut()) throw new KdeckError('KD-DRAIN-TIMEOUT', 'context deadline exceeded');
      throw error;
    }
  }
};
