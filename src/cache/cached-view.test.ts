import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {whenPhase} from '../../test/support/live/settled.ts';
import {ServedList} from '../../test/support/live/served-list.ts';
import {clientFor} from '../../test/support/wire-faults/client.ts';
import {startFaultyServer, type FaultyServer} from '../../test/support/wire-faults/server.ts';
import type {KubeClient} from '../kube/client.ts';
import type {AnyObject, KubeObject, ResourceRef} from '../kube/types/object.ts';
import {kind, type ClusterView} from '../resources/kind.ts';
import {cachedView} from './cached-view.ts';
import {openWatchCache, type ClusterCache} from './watch-cache.ts';

const ref = {group: '', version: 'v1', plural: 'pods'};
const pods = kind<KubeObject>({
  ref,
  kind: 'Pod',
  singular: 'pod',
  shortNames: [],
  namespaced: true,
  family: 'workloads',
  columns: [],
  keep: ['spec.nodeName'],
});

let server: FaultyServer;
let client: KubeClient;
let cache: ClusterCache;
let asked: string[];
let view: ClusterView;

/** Notes what could not be answered here. */
const fallback: ClusterView = {
  now: () => new Date(0),
  list: async <T extends KubeObject = AnyObject>(type: ResourceRef, options = {}): Promise<readonly T[]> => {
    asked.push(`list ${type.plural} ${JSON.stringify(options)}`);
    return [];
  },
  get: async <T extends KubeObject = AnyObject>(type: ResourceRef, {name}: {readonly name: string}): Promise<T | undefined> => {
    asked.push(`get ${type.plural} ${name}`);
    return undefined;
  },
  eventsOf: async () => [],
};

beforeEach(async () => {
  server = await startFaultyServer({tls: false});
  client = await clientFor(server.kubeconfig(), {transport: 'live'});
  cache = openWatchCache(client);
  asked = [];
  view = cachedView(cache, fallback);
  const served = new ServedList(server, '/api/v1/pods');
  served.add('a', {spec: {nodeName: 'n1'}}, {namespace: 'x', labels: {app: 'web', tier: 'front'}});
  served.add('b', {spec: {nodeName: 'n2'}}, {namespace: 'x', labels: {app: 'web'}});
  served.add('c', {spec: {nodeName: 'n1'}}, {namespace: 'y', labels: {app: 'db'}});
});
afterEach(async () => {
  await cache[Symbol.asyncDispose]();
  await client[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const names = (objects: readonly KubeObject[]): string[] => objects.map(({metadata}) => `${metadata.namespace}/${metadata.name}`);

describe('a view over live lists', () => {
  it('answers from them: by namespace, labels, fields and name', async () => {
    using list = cache.open(pods, {namespaces: 'all'});
    await whenPhase(list, 'live');
    expect(names(await view.list(ref))).toStrictEqual(['x/a', 'x/b', 'y/c']);
    expect(names(await view.list(ref, {namespace: 'x', labelSelector: 'app=web'}))).toStrictEqual(['x/a', 'x/b']);
    expect(names(await view.list(ref, {labelSelector: 'app in (db)'}))).toStrictEqual(['y/c']);
    expect(names(await view.list(ref, {fieldSelector: 'spec.nodeName=n2,metadata.name!=a'}))).toStrictEqual(['x/b']);
    expect((await view.get(ref, {namespace: 'y', name: 'c'}))?.metadata.namespace).toBe('y');
    expect(asked).toStrictEqual([]);
  });

  it('asks the server where there is no live list, the list is narrower, or the question is another one', async () => {
    expect(await view.list(ref, {namespace: 'x'})).toStrictEqual([]);
    using narrow = cache.open(pods, {namespaces: 'all', labelSelector: 'app=web'});
    await whenPhase(narrow, 'live');
    await view.list(ref);
    using table = cache.openTable(ref, {namespaces: 'all'});
    await whenPhase(table, 'live');
    await view.list(ref);
    using list = cache.open(pods, {namespaces: 'all'});
    await whenPhase(list, 'live');
    await view.list(ref, {fieldSelector: 'status.phase=Running'});
    await view.list({...ref, plural: 'nodes'});
    await view.get(ref, {namespace: 'x', name: 'unknown'});
    expect(asked).toStrictEqual([
      'list pods {"namespace":"x"}',
      'list pods {}',
      'list pods {}',
      'list pods {"fieldSelector":"status.phase=Running"}',
      'list nodes {}',
      'get pods unknown',
    ]);
  });
});
