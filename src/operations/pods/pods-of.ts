// The pods that stand behind an object: by its selector, in an order, waiting for the first one when there is none.
import {KdeckError} from '../../base/errors.ts';
import {readJson} from '../../base/json/read.ts';
import {pathOf, type KubeClient} from '../../kube/client.ts';
import {linesOf, wholeLines} from '../../kube/streams/log-stream.ts';
import type {KubeList, KubeObject} from '../../kube/types/object.ts';
import type {Pod, Service} from '../../kube/types/wire.ts';
import {labelsQuery, selectorQuery, type LabelSelector} from '../../resources/shared/selector.ts';

const PODS = {group: '', version: 'v1', plural: 'pods'};

const SELECTED = new Set(['apps/v1/ReplicaSet', 'apps/v1/Deployment', 'apps/v1/StatefulSet', 'apps/v1/DaemonSet', 'batch/v1/Job']);

/** Label selector for the pods of an object. Throws, in kubectl's words, for kinds that have none. */
export const podSelectorOf = (object: KubeObject): string => {
  const type = `${object.apiVersion ?? ''}/${object.kind ?? ''}`;
  const spec = (object as {spec?: {selector?: unknown}}).spec;
  if (type === 'v1/Service') {
    const selector = (object as Service).spec?.selector ?? {};
    if (Object.keys(selector).length === 0)
      throw new KdeckError(
        'KD-PODS-NO-SELECTOR',
        `invalid service '${object.metadata.name ?? ''}': Service is defined without a selector`,
      );
    return labelsQuery(selector);
  }
  if (type === 'v1/ReplicationController') return labelsQuery(spec?.selector as Record<string, string>);
  if (SELECTED.has(type)) return selectorQuery(spec?.selector as LabelSelector | undefined);
  throw new KdeckError('KD-PODS-NO-SELECTOR', `selector for ${goTypeOf(object)} not implemented`);
};

/** How Go prints the type of a typed object: `*v1.ConfigMap`. */
export const goTypeOf = (object: KubeObject): string => {
  const version = (object.apiVersion ?? '').split('/').at(-1) ?? '';
  return `*${version}.${object.kind ?? ''}`;
};

const named = (pod: Pod): Pod => ({...pod, apiVersion: 'v1', kind: 'Pod'});

/**
 * Pods that match, best first. Waits up to `timeout` milliseconds for the first one, as kubectl's `--pod-running-timeout` does.
 */
export const waitForPods = async (
  client: KubeClient,
  namespace: string | undefined,
  labelSelector: string,
  options: {readonly timeout: number; readonly compare: (a: Pod, b: Pod) => number; readonly signal?: AbortSignal | undefined},
): Promise<readonly Pod[]> => {
  const path = pathOf(PODS, {namespace});
  const list = readJson((await client.request({path, query: {labelSelector}, signal: options.signal})).text()) as KubeList<Pod>;
  if (list.items.length > 0) return list.items.map(named).toSorted(options.compare);

  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), options.timeout);
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  try {
    const stream = await client.stream({
      path,
      query: {labelSelector, watch: true, resourceVersion: list.metadata.resourceVersion ?? ''},
      signal,
    });
    try {
      for await (const block of wholeLines(stream.body)) {
        for (const line of linesOf(block)) {
          const event = JSON.parse(line.toString('utf8')) as {type: string; object: Pod};
          if (event.type === 'ADDED' || event.type === 'MODIFIED') return [named(event.object)];
        }
      }
    } finally {
      stream.close();
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  throw new KdeckError('KD-PODS-TIMEOUT', 'timed out waiting for the condition');
};
