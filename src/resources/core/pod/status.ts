// The word and the counts that sum a pod up, decided as the API server's printer does (internalversion/printers.go).
import type {ContainerStatus, Pod} from '../../../kube/types/wire.ts';

/** READY, STATUS and RESTARTS of a pod. */
export type PodSummary = {
  readonly status: string;
  readonly ready: number;
  readonly containers: number;
  readonly restarts: number;
  /** When a container last ended, if it did. */
  readonly lastRestart: string | undefined;
};

type Restarts = {count: number; last: string | undefined};

/** Sums a pod up. */
export const summaryOf = (pod: Pod): PodSummary => {
  const {spec, status} = pod;
  const sidecars = new Set<string>();
  for (const container of spec?.initContainers ?? []) if (container.restartPolicy === 'Always') sidecars.add(container.name);

  let word = status?.reason || status?.phase || '';
  for (const condition of status?.conditions ?? []) {
    if (condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated') word = 'SchedulingGated';
  }

  const starting = whileStarting(pod, sidecars);
  let restarts = starting.restarts;
  let ready = starting.ready;
  if (starting.word !== undefined) word = starting.word;
  if (starting.word === undefined || hasCondition(pod, 'Initialized')) {
    const running = whileRunning(pod, word, starting.sidecarRestarts);
    restarts = running.restarts;
    ready += running.ready;
    word = running.word;
  }

  if (pod.metadata.deletionTimestamp !== undefined) {
    if (status?.reason === 'NodeLost') word = 'Unknown';
    else if (status?.phase !== 'Succeeded' && status?.phase !== 'Failed') word = 'Terminating';
  }
  return {
    status: word,
    ready,
    containers: (spec?.containers.length ?? 0) + sidecars.size,
    restarts: restarts.count,
    lastRestart: restarts.last,
  };
};

const whileStarting = (pod: Pod, sidecars: ReadonlySet<string>) => {
  const restarts: Restarts = {count: 0, last: undefined};
  const sidecarRestarts: Restarts = {count: 0, last: undefined};
  let ready = 0;
  let word: string | undefined;
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const isSidecar = sidecars.has(container.name);
    countRestarts(restarts, container);
    if (isSidecar) countRestarts(sidecarRestarts, container);
    const {terminated, waiting} = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (isSidecar && container.started === true) {
      if (container.ready) ready += 1;
      continue;
    }
    if (terminated !== undefined) word = `Init:${endWord(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') word = `Init:${waiting.reason}`;
    else word = `Init:${index}/${pod.spec?.initContainers?.length ?? 0}`;
    break;
  }
  return {restarts, sidecarRestarts, ready, word};
};

const whileRunning = (pod: Pod, before: string, sidecarRestarts: Restarts) => {
  const restarts: Restarts = {...sidecarRestarts};
  let word = before;
  let ready = 0;
  let error = '';
  for (const container of (pod.status?.containerStatuses ?? []).toReversed()) {
    countRestarts(restarts, container);
    const {waiting, terminated, running} = container.state ?? {};
    if (waiting?.reason) word = waiting.reason;
    else if (terminated !== undefined) {
      word = endWord(terminated);
      if (terminated.exitCode !== 0) error = word;
    } else if (container.ready && running !== undefined) ready += 1;
  }
  // Some containers may be done while others still run.
  if (word === 'Completed') {
    if (ready > 0 && hasCondition(pod, 'Ready')) word = 'Running';
    else if (error !== '') word = error;
    else if (ready > 0) word = 'NotReady';
  }
  return {restarts, ready, word};
};

const countRestarts = (restarts: Restarts, container: ContainerStatus): void => {
  restarts.count += container.restartCount;
  const finished = container.lastState?.terminated?.finishedAt;
  if (finished && (restarts.last === undefined || finished > restarts.last)) restarts.last = finished;
};

const endWord = (terminated: {reason?: string; signal?: number; exitCode: number}): string => {
  if (terminated.reason) return terminated.reason;
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`;
};

/** Whether a condition of the pod is True. */
export const hasCondition = (pod: Pod, type: string): boolean =>
  pod.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
