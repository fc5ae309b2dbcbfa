// Which logs an object has: pods, containers, notes; and the ways to read them.
import {KdeckError, messageOf} from '../base/errors.ts';
import type {KubeClient, KubeStream} from '../kube/client.ts';
import {openLog, type LogRequest} from '../kube/streams/log-stream.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {Pod} from '../kube/types/wire.ts';
import {annotatedContainer, findContainer, firstContainer, unknownContainer} from './pods/containers.ts';
import {compareForLogs} from './pods/pod-order.ts';
import {goTypeOf, podSelectorOf, waitForPods} from './pods/pods-of.ts';

export {followLog} from '../kube/streams/log-follower.ts';
export {linesOf, wholeLines, type LogRequest} from '../kube/streams/log-stream.ts';

/** One container's log. */
export type LogSource = {readonly namespace: string; readonly pod: string; readonly container: string};

/** What to look for. */
export type LogScope = {
  /** Empty: the pod's default. */
  readonly container: string;
  readonly allContainers: boolean;
  readonly allPods: boolean;
  /** Milliseconds to wait for a first pod. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
};

/** The logs found, and the sentences about what was chosen, in order. */
export type FoundLogs = {readonly sources: readonly LogSource[]; readonly notes: readonly string[]};

/** The logs of a pod. */
export const podLogs = (pod: Pod, scope: Pick<LogScope, 'container' | 'allContainers' | 'allPods'>): FoundLogs => {
  const at = (container: string): LogSource => ({namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name ?? '', container});
  if (scope.allContainers) {
    const {initContainers = [], containers = [], ephemeralContainers = []} = pod.spec ?? {};
    return {sources: [...initContainers, ...containers, ...ephemeralContainers].map(({name}) => at(name)), notes: []};
  }
  const notes: string[] = [];
  let {container} = scope;
  const annotated = annotatedContainer(pod);
  if (container === '' && annotated !== '') {
    if (findContainer(pod, annotated) === undefined)
      notes.push(`Default container name "${annotated}" not found in pod ${pod.metadata.name ?? ''}`);
    else container = annotated;
  }
  if (container === '') {
    const {container: found, note} = firstContainer(pod);
    container = found.name;
    if (note !== undefined && !scope.allPods) notes.push(note);
  }
  if (findContainer(pod, container) === undefined) throw unknownContainer(pod, container);
  return {sources: [at(container)], notes};
};

/** The logs of a pod, of several pods, or of the pods an object selects. */
export const logsOf = async (client: KubeClient, objects: readonly KubeObject[], scope: LogScope): Promise<FoundLogs> => {
  const found: FoundLogs[] = [];
  for (const object of objects) {
    if (object.apiVersion === 'v1' && object.kind === 'Pod') {
      found.push(podLogs(object, scope));
      continue;
    }
    const pods = await waitForPods(client, object.metadata.namespace, selectorFor(object), {...scope, compare: compareForLogs});
    const [best] = pods;
    if (best === undefined) continue;
    if (pods.length > 1 && !scope.allPods)
      found.push({sources: [], notes: [`Found ${pods.length} pods, using pod/${best.metadata.name ?? ''}`]});
    for (const pod of scope.allPods ? pods : [best]) found.push(podLogs(pod, scope));
  }
  return {sources: found.flatMap(({sources}) => sources), notes: found.flatMap(({notes}) => notes)};
};

const selectorFor = (object: KubeObject): string => {
  try {
    return podSelectorOf(object);
  } catch (error) {
    throw new KdeckError('KD-LOGS-NO-POD', `cannot get the logs from ${goTypeOf(object)}: ${messageOf(error)}`, {cause: error});
  }
};

/** Opens one log as it is, without resuming: what `kubectl logs` does. */
export const readLog = (client: KubeClient, request: LogRequest, signal?: AbortSignal): Promise<KubeStream> =>
  openLog(client, request, signal);
