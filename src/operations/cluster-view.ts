// The read-only world of describers and diagnoses, answered by one-off requests.
import {pathOf, type KubeClient} from '../kube/client.ts';
import {isStatus} from '../kube/status-error.ts';
import type {AnyObject, KubeList, KubeObject, ResourceRef} from '../kube/types/object.ts';
import type {CoreEvent} from '../kube/types/wire.ts';
import type {ClusterView} from '../resources/kind.ts';
import {eventQueries} from '../resources/shared/describe/events.ts';
import {readJson} from '../base/json/read.ts';

const events: ResourceRef = {group: '', version: 'v1', plural: 'events'};
const pods: ResourceRef = {group: '', version: 'v1', plural: 'pods'};

/** Pages of a list a person waits for. */
const PAGE = '500';

/** A view of a cluster. Every question is a request; `signal` ends them all. */
export const clusterViewOf = (client: KubeClient, now: () => Date, signal?: AbortSignal): ClusterView => {
  const list: ClusterView['list'] = async <T extends KubeObject = AnyObject>(
    ref: ResourceRef,
    options: {
      readonly namespace?: string | undefined;
      readonly labelSelector?: string | undefined;
      readonly fieldSelector?: string | undefined;
    } = {},
  ): Promise<readonly T[]> => {
    const items: T[] = [];
    let next: string | undefined;
    do {
      const {labelSelector, fieldSelector} = options;
      const answer = await client.request({
        path: pathOf(ref, {namespace: options.namespace}),
        query: {labelSelector, fieldSelector, limit: PAGE, continue: next},
        signal,
      });
      const page = readJson(answer.text()) as KubeList<T>;
      items.push(...(page.items ?? []));
      next = page.metadata.continue || undefined;
    } while (next !== undefined);
    return items;
  };
  return {
    now,
    list,
    get: async <T extends KubeObject = AnyObject>(
      ref: ResourceRef,
      at: {readonly namespace?: string | undefined; readonly name: string},
    ): Promise<T | undefined> => {
      try {
        const answer = await client.request({path: pathOf(ref, at), signal});
        return readJson(answer.text()) as T;
      } catch (error) {
        if (isStatus(error, 'NotFound')) return undefined;
        throw error;
      }
    },
    eventsOf: async (object) => (await Promise.all(eventQueries(object).map((query) => list<CoreEvent>(events, query)))).flat(),
    lastLog: async (pod, {container, previous, lines}) => {
      const answer = await client.request({
        path: pathOf(pods, {namespace: pod.metadata.namespace, name: pod.metadata.name, subresource: 'log'}),
        query: {container, previous, tailLines: lines},
        accept: '*/*',
        signal,
      });
      return answer.text();
    },
  };
};
