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

/** How to ask for use. */
export type UsageOptions = {
  readonly signal?: AbortSignal;
  /** Namespaces to ask one by one when the whole cluster is denied. */
  readonly candidates?: () => readonly string[];
};

const statusOf = (error: unknown): number => (error instanceof StatusError ? error.httpStatus : 0);

/**
 * Use by `namespace/name` for pods and by name for nodes; undefined when the cluster does not measure, or this user may see
 * none of it. A namespace that is denied takes nothing from the others.
 */
export const readUsage = async (
  client: KubeClient,
  what: 'pods' | 'nodes',
  namespaces: readonly string[] | 'all',
  {signal, candidates}: UsageOptions = {},
): Promise<ReadonlyMap<string, Usage> | undefined> => {
  const found = new Map<string, Usage>();
  const readScope = async (namespace: string | undefined): Promise<void> => {
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
  };
  /** How many of the scopes this user may see. */
  const readScopes = async (scopes: readonly (string | undefined)[]): Promise<number> => {
    let seen = 0;
    for (const scope of scopes) {
      try {
        await readScope(scope);
        seen++;
      } catch (error) {
        if (statusOf(error) !== 403) throw error;
      }
    }
    return seen;
  };
  const isWhole = what === 'nodes' || namespaces === 'all';
  try {
    let seen = await readScopes(isWhole ? [undefined] : namespaces);
    if (seen === 0 && isWhole && what === 'pods') seen = await readScopes(candidates?.() ?? []);
    return seen === 0 ? undefined : found;
  } catch (error) {
    // No metrics API, or not yet ready: the columns stay empty, which is the truth.
    if ([404, 503].includes(statusOf(error))) return undefined;
    throw error;
  }
};
