// Which pod of several kubectl takes: the order for logs, and the order for exec, attach and port-forward.
import type {Pod} from '../../kube/types/wire.ts';

const readyCondition = (pod: Pod) => pod.status?.conditions?.find(({type, status}) => type === 'Ready' && status === 'True');

const isReady = (pod: Pod): boolean => readyCondition(pod) !== undefined;

const time = (text: string | null | undefined): number => (text === undefined || text === null ? 0 : Date.parse(text));

const readySince = (pod: Pod): number => time(readyCondition(pod)?.lastTransitionTime);

const restarts = (pod: Pod): readonly [containers: number, sidecars: number] => {
  const most = (counts: readonly number[]): number => Math.max(0, ...counts);
  const sidecars = new Set(
    (pod.spec?.initContainers ?? []).filter(({restartPolicy}) => restartPolicy === 'Always').map(({name}) => name),
  );
  return [
    most((pod.status?.containerStatuses ?? []).map(({restartCount}) => restartCount)),
    most((pod.status?.initContainerStatuses ?? []).filter(({name}) => sidecars.has(name)).map(({restartCount}) => restartCount)),
  ];
};

const first = (...comparisons: readonly (() => number)[]): number => {
  for (const compare of comparisons) {
    const result = compare();
    if (result !== 0) return result;
  }
  return 0;
};

/** True before false. */
const prefer = (a: boolean, b: boolean): number => Number(b) - Number(a);

/** Smaller time first; no time at all counts as the latest. */
const earlier = (a: number, b: number): number => (a === b ? 0 : a === 0 ? 1 : b === 0 ? -1 : a - b);

const phaseRank = (order: readonly string[], pod: Pod): number => {
  const rank = order.indexOf(pod.status?.phase ?? '');
  // Go's map gives 0 for phases it does not know, such as Succeeded.
  return rank < 0 ? 0 : rank;
};

/** The pod whose log says most comes first: scheduled, running, ready, ready for long, often restarted, old. */
export const compareForLogs = (a: Pod, b: Pod): number => {
  const order = ['Running', 'Unknown', 'Pending'];
  return first(
    () => prefer((a.spec?.nodeName ?? '') !== '', (b.spec?.nodeName ?? '') !== ''),
    () => phaseRank(order, a) - phaseRank(order, b),
    () => prefer(isReady(a), isReady(b)),
    () => (isReady(a) && isReady(b) ? earlier(readySince(a), readySince(b)) : 0),
    () => restarts(b)[0] - restarts(a)[0] || restarts(b)[1] - restarts(a)[1],
    () => earlier(time(a.metadata.creationTimestamp), time(b.metadata.creationTimestamp)),
  );
};

/** The pod that is most alive comes first: the reverse of the order in which a controller would delete them. */
export const compareForAttach = (a: Pod, b: Pod): number => {
  const order = ['Pending', 'Unknown', 'Running'];
  return first(
    () => prefer((a.spec?.nodeName ?? '') !== '', (b.spec?.nodeName ?? '') !== ''),
    () => phaseRank(order, b) - phaseRank(order, a),
    () => prefer(isReady(a), isReady(b)),
    () => prefer(a.metadata.deletionTimestamp === undefined, b.metadata.deletionTimestamp === undefined),
    () => time(b.metadata.deletionTimestamp) - time(a.metadata.deletionTimestamp),
    () => (isReady(a) && isReady(b) ? earlier(readySince(a), readySince(b)) : 0),
    () => restarts(a)[0] - restarts(b)[0] || restarts(a)[1] - restarts(b)[1],
    () => earlier(time(a.metadata.creationTimestamp), time(b.metadata.creationTimestamp)),
  );
};
