// A namespace of its own on the real cluster, with pods to stream from and to.
import {clusterFacts} from '../../support/cluster/harness.ts';
import {openCluster} from '../../../src/operations/connect.ts';
import type {Cluster} from '../../../src/operations/cluster.ts';
import type {KubeObject} from '../../../src/kube/types/object.ts';
import {pathOf} from '../../../src/kube/client.ts';
import {watchObject} from '../../../src/operations/watch-object.ts';
import type {Pod} from '../../../src/kube/types/wire.ts';

export const facts = clusterFacts();
export const onCluster = facts !== undefined;

/** A cluster opened as one of the test users. */
export const openAs = (user: string, transport: 'once' | 'live' = 'live'): Promise<Cluster> => {
  const kubeconfig = facts?.kubeconfigs[user as keyof typeof facts.kubeconfigs];
  if (kubeconfig === undefined) throw new Error(`no kubeconfig of ${user}`);
  return openCluster({kubeconfig}, {transport, env: {...process.env, KUBECONFIG: kubeconfig}});
};

export type Place = AsyncDisposable & {
  readonly cluster: Cluster;
  readonly namespace: string;
  create(ref: {group: string; version: string; plural: string}, object: KubeObject): Promise<KubeObject>;
  /** Creates a pod and waits until all its containers run. */
  pod(
    name: string,
    containers: readonly {name: string; command: readonly string[]; tty?: boolean; stdin?: boolean}[],
    more?: object,
  ): Promise<Pod>;
};

export const POD = {group: '', version: 'v1', plural: 'pods'};

/** A fresh namespace; deleted at the end. */
export const place = async (purpose: string): Promise<Place> => {
  const cluster = await openAs('admin');
  const namespace = `str-${purpose}-${Math.random().toString(36).slice(2, 8)}`;
  const {client} = cluster;
  await client.request({method: 'POST', path: '/api/v1/namespaces', body: {metadata: {name: namespace}}});
  const self: Place = {
    cluster,
    namespace,
    create: async (ref, object) => (await client.request({method: 'POST', path: pathOf(ref, {namespace}), body: object})).json(),
    pod: async (name, containers, more = {}) => {
      await self.create(POD, {
        metadata: {name, labels: {app: name}},
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: containers.map((container) => ({
            image: 'kdeck.test/busybox:1',
            imagePullPolicy: 'IfNotPresent',
            ...container,
          })),
          ...more,
        },
      } as KubeObject);
      for await (const seen of watchObject<Pod>(client, {...POD, namespace, name}, AbortSignal.timeout(60_000))) {
        if (seen.type !== 'present') continue;
        const statuses = seen.object.status?.containerStatuses ?? [];
        if (
          statuses.length === containers.length &&
          statuses.every(({state}) => state?.running !== undefined || state?.terminated !== undefined)
        )
          return seen.object;
      }
      throw new Error('unreachable');
    },
    [Symbol.asyncDispose]: async () => {
      await client.request({method: 'DELETE', path: `/api/v1/namespaces/${namespace}`, body: {gracePeriodSeconds: 0}});
      await client[Symbol.asyncDispose]();
    },
  };
  return self;
};
