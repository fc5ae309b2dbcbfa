// Makes a connection out of an opened cluster: the cache, the hands, and the questions screens ask.
import type {WatchCache} from '../cache/live-list.ts';
import {clusterViewOf} from '../operations/cluster-view.ts';
import type {Cluster} from '../operations/cluster.ts';
import {deleteObject} from '../operations/delete.ts';
import {handsOf} from '../operations/hands.ts';
import {getObject} from '../operations/objects.ts';
import {readUsage} from '../operations/usage.ts';
import type {AnyObject} from '../kube/types/object.ts';
import type {Connection} from './session/services.ts';

/** What a connection is made of. */
export type ConnectionParts = {
  readonly cluster: Cluster;
  readonly cache: WatchCache;
  readonly now: () => Date;
};

/** Makes a connection. Closing it ends the watches and the client. */
export const connectionOf = ({cluster, cache, now}: ConnectionParts): Connection => {
  const {client} = cluster;
  const view = clusterViewOf(client, now);
  return {
    cluster,
    cache,
    view,
    operations: handsOf(client, {now}),
    serverVersion: async () => (await client.request({path: '/version'})).json<{gitVersion?: string}>().gitVersion ?? '',
    usage: (what, namespaces, signal) => readUsage(client, what, namespaces, {signal, candidates: () => cache.candidates()}),
    read: async (resource, at, signal) => {
      const object = await getObject<AnyObject>(client, {...resource, ...at}, {signal});
      return {
        ...object,
        apiVersion: object.apiVersion ?? (resource.group === '' ? resource.version : `${resource.group}/${resource.version}`),
        kind: object.kind ?? resource.kind,
      };
    },
    describe: async (object, kind) => {
      const [{DescribePaper}, {describeText}] = await Promise.all([
        import('../resources/describe-writer.ts'),
        import('../output/describe.ts'),
      ]);
      const paper = new DescribePaper();
      const write = kind?.describe ?? (await import('../resources/custom/describe.ts')).describeGeneric;
      await write(object, view, paper, {showEvents: true});
      return describeText(paper);
    },
    yaml: async (object) => (await import('../base/yaml/write.ts')).writeYaml(object),
    diagnose: async (object, kind) => (await import('../diagnosis/diagnose.ts')).diagnose(object, kind, view),
    remove: async (resource, object, {cascade, force}) => {
      await deleteObject(
        client,
        {...resource, namespace: object.namespace, name: object.name},
        {cascade, uid: object.uid, ...(force ? {gracePeriodSeconds: 0} : {})},
      );
      return `${resource.singular || resource.plural} ${object.name} deleted`;
    },
    close: async () => {
      await cache[Symbol.asyncDispose]();
      await client[Symbol.asyncDispose]();
    },
  };
};
