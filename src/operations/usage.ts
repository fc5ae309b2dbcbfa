// What pods and nodes use of CPU and memory: one paged metrics.k8s.io list, never a request per object.
import {parseQuantity, type Quantity} from '../base/quantity.ts';
import {pathOf, type KubeClient} from '../kube/client.ts';
import {StatusError} from '../kube/status-error.ts';
import type {KubeList, KubeObject} from '../kube/types/object.ts';

/** CPU in millicores, memory in bytes. */
export type Usage = {readonly cpu: number; readonly memory: number};

type Amounts = {readonly cpu?: string; readonly memory?: string};
type PodMetrics = KubeObject & {readonly containers?: readonly {readonly usage?: Amounts}[]};
type NodeMetrics = KubeObject & {readonly usage?: Amounts};

const PAGE = '500';

const nanos = (text: string | undefined): number => {
  const quantity: Quantity | undefined = text === undefined ? undefined : parseQuantity(text);
  return quantity === undefined ? 0 : Number(quantity.nanos);
};

const usageOf = (amounts: readonly (Amounts | undefined)[]): Usage => ({
  cpu: amounts.reduce((sum, one) => sum + nanos(one?.cpu) / 1e6, 0),
  memory: amounts.reduce((sum, one) => sum + nanos(one?.memory) / 1e9, 0),
});

/**
 * Use by `namespace/name` for pods and by name for nodes; undefined when the cluster does not measure, or this user may not
 * see it.
 */
export const readUsage = async (
  client: KubeClient,
  what: 'pods' | 'nodes',
  namespaces: readonly string[] | 'all',
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Usage> | undefined> => {
  const found = new Map<string, Usage>();
  const scopes = what === 'nodes' || namespaces === 'all' ? [undefined] : namespaces;
  try {
    for (const namespace of scopes) {
      let next: string | undefined;
      do {
        const answer = await client.request({
          path: pathOf({group: 'metrics.k8s.io', version: 'v1beta1', plural: what}, {namespace}),
          query: {limit: PAGE, continue: next},
          signal,
        });
        const page = answer.json<KubeList<PodMetrics & NodeMetrics>>();
        for (const item of page.items) {
          const name = item.metadata.name ?? '';
          if (what === 'nodes') found.set(name, usageOf([item.usage]));
          else found.set(`${item.metadata.namespace ?? ''}/${name}`, usageOf((item.containers ?? []).map(({usage}) => usage)));
        }
        next = page.metadata.continue || undefined;
      } while (next !== undefined);
    }
  } catch (error) {
    // No metrics API, not yet ready, or not allowed: the columns stay empty, which is the truth.
    if (error instanceof StatusError && [403, 404, 503].includes(error.httpStatus)) return undefined;
    throw error;
  }
  return found;
};
