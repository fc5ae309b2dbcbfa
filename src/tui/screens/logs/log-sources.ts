// Which containers a log screen reads: of one pod, of several, or of all pods an object selects.
import {setTimeout as pause} from 'node:timers/promises';
import type {KubeObject} from '../../../kube/types/object.ts';
import type {Pod} from '../../../kube/types/wire.ts';
import {labelsQuery, selectorQuery} from '../../../resources/shared/selector.ts';
import type {LabelSelector} from '../../../resources/shared/selector.ts';
import type {Connection} from '../../session/services.ts';

/** Parameters of the log screen: plain data, so that it can be opened again. */
export type LogsParams = {
  readonly namespace: string;
  /** Names of pods, or the label selector of a workload's. */
  readonly pods?: readonly string[];
  readonly labelSelector?: string;
  /** What the breadcrumb says. */
  readonly of: string;
  /** One container; all of a pod's when absent. */
  readonly container?: string;
  readonly previous?: boolean;
};

/** One container's log. */
export type LogSource = {readonly pod: string; readonly container: string};

const PODS = {group: '', version: 'v1', plural: 'pods'};

/** The selector of the pods an object stands for; undefined when it stands for none. */
export const podQueryOf = (object: KubeObject): string | undefined => {
  const {selector} = (object as {spec?: {selector?: Record<string, string> | LabelSelector | null}}).spec ?? {};
  if (selector === undefined || selector === null) return undefined;
  const nested = 'matchLabels' in selector || 'matchExpressions' in selector;
  const query = nested ? selectorQuery(selector) : labelsQuery(selector as Record<string, string>);
  return query === '' ? undefined : query;
};

const containersOf = (pod: Pod, wanted: string | undefined): readonly LogSource[] => {
  const {initContainers = [], containers = [], ephemeralContainers = []} = pod.spec ?? {};
  // Init containers that ended well have said what they had to; they are read when asked for.
  const started = [
    ...initContainers.filter(({restartPolicy}) => restartPolicy === 'Always'),
    ...containers,
    ...ephemeralContainers,
  ];
  const all =
    wanted === undefined ? started : [...initContainers, ...containers, ...ephemeralContainers].filter(({name}) => name === wanted);
  return all.map(({name}) => ({pod: pod.metadata.name ?? '', container: name}));
};

/** Milliseconds between two looks for new pods. */
const lookAgainAfter = 2000;

/**
 * Containers that were not there before, until the signal aborts: a roll-out, a restart or a scaling goes on in the same log.
 * Named pods have no successors.
 */
export async function* newSources(
  params: LogsParams,
  connection: Connection,
  known: readonly LogSource[],
  signal: AbortSignal,
): AsyncGenerator<readonly LogSource[]> {
  const keyOf = ({pod, container}: LogSource): string => `${pod}/${container}`;
  const seen = new Set(known.map(keyOf));
  while (params.pods === undefined && params.previous !== true && !signal.aborted) {
    try {
      await pause(lookAgainAfter, undefined, {signal, ref: false});
      const fresh = (await findSources(params, connection, signal)).filter((source) => !seen.has(keyOf(source)));
      for (const source of fresh) seen.add(keyOf(source));
      if (fresh.length > 0) yield fresh;
    } catch {
      // The header tells how the connection is; the next look may succeed.
    }
  }
}

/** The logs to read, in the order of pods and containers. Throws when a named pod cannot be read. */
export const findSources = async (
  params: LogsParams,
  connection: Connection,
  signal: AbortSignal,
): Promise<readonly LogSource[]> => {
  if (params.pods !== undefined) {
    const pods = await Promise.all(
      params.pods.map((name) =>
        connection.read(
          {...PODS, kind: 'Pod', singular: 'pod', shortNames: [], categories: [], namespaced: true, verbs: [], subresources: []},
          {namespace: params.namespace, name},
          signal,
        ),
      ),
    );
    return pods.flatMap((pod) => containersOf(pod as unknown as Pod, params.container));
  }
  const pods = await connection.view.list<Pod>(PODS, {namespace: params.namespace, labelSelector: params.labelSelector});
  return pods.flatMap((pod) => containersOf(pod, params.container));
};
