// Live lists on a real API server: they follow what happens, per person and per namespace, for known and unknown kinds.
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openWatchCache, type CacheOptions} from '../../../src/cache/watch-cache.ts';
import type {LiveList} from '../../../src/cache/live-list.ts';
import type {KubeObject} from '../../../src/kube/types/object.ts';
import {kind} from '../../../src/resources/kind.ts';
import {resource as pods} from '../../../src/resources/core/pod/index.ts';
import {follow, names, when, whenPhase} from '../../support/live/settled.ts';
import {onCluster, openAs, place, type Place} from '../streams/place.ts';

const configMaps = kind<KubeObject & {data?: Record<string, string>}>({
  ref: {group: '', version: 'v1', plural: 'configmaps'},
  kind: 'ConfigMap',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  family: 'config',
  columns: [],
  keep: ['data{}'],
});
const CONFIG_MAP = configMaps.ref;

const cacheOf = async (user: string, options: CacheOptions = {}) => {
  const {client} = await openAs(user);
  const cache = openWatchCache(client, options);
  return {
    cache,
    client,
    [Symbol.asyncDispose]: async () => {
      await cache[Symbol.asyncDispose]();
      await client[Symbol.asyncDispose]();
    },
  };
};

const called = (list: LiveList<KubeObject>, name: string): KubeObject | undefined =>
  [...list.items.values()].find(({metadata}) => metadata.name === name);

describe.skipIf(!onCluster)('live lists on a real API server', () => {
  let at: Place;
  beforeAll(async () => {
    at = await place('live');
  });
  afterAll(() => at[Symbol.asyncDispose]());

  it('follow objects from their first to their last moment, trimmed', async () => {
    await using session = await cacheOf('admin');
    const list = session.cache.open(configMaps, {namespaces: [at.namespace]});
    await whenPhase(list, 'live');
    await at.create(CONFIG_MAP, {metadata: {name: 'settings', labels: {a: 'b'}}, data: {key: 'a large text'}} as KubeObject);
    await when(list, () => called(list, 'settings') !== undefined);
    expect(called(list, 'settings')).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {labels: {a: 'b'}},
      data: {key: ''},
    });
    const path = `/api/v1/namespaces/${at.namespace}/configmaps/settings`;
    await session.client.request({
      method: 'PATCH',
      path,
      contentType: 'application/merge-patch+json',
      body: {data: {other: 'x'}},
    });
    await when(list, () => Object.keys((called(list, 'settings') as {data?: object} | undefined)?.data ?? {}).length === 2);
    expect(list.by('label', 'a=b').map(({metadata}) => metadata.name)).toStrictEqual(['settings']);
    await session.client.request({method: 'DELETE', path});
    await when(list, () => called(list, 'settings') === undefined);
  });

  it('show a pod start and end', async () => {
    await using session = await cacheOf('admin');
    const list = session.cache.open(pods, {namespaces: [at.namespace]});
    await whenPhase(list, 'live');
    const phases = new Set<string>();
    list.subscribe(() => phases.add(String((called(list, 'short') as {status?: {phase?: string}} | undefined)?.status?.phase)));
    await at.create(pods.ref, {
      metadata: {name: 'short'},
      spec: {
        restartPolicy: 'Never',
        containers: [{name: 'main', image: 'kdeck.test/busybox:1', imagePullPolicy: 'IfNotPresent', command: ['true']}],
      },
    } as unknown as KubeObject);
    await when(list, () => phases.has('Succeeded'));
    const node = (called(list, 'short') as {spec?: {nodeName?: string}}).spec?.nodeName ?? '';
    expect(list.by('node', node).map(({metadata}) => metadata.name)).toContain('short');
  });

  it('give a limited person the namespaces that are theirs', async () => {
    await using session = await cacheOf('limited', {candidateNamespaces: () => ['team-a', 'team-b', 'kube-system']});
    const list = session.cache.open(pods, {namespaces: 'all'});
    await when(list, ({phases}) => [...phases.values()].every(({is}) => is !== 'loading') && phases.size === 3);
    expect([...list.phases].map(([namespace, {is}]) => [namespace, is])).toStrictEqual([
      ['team-a', 'live'],
      ['team-b', 'live'],
      ['kube-system', 'denied'],
    ]);
    expect(list.phase.is).toBe('live');
  });

  it('say what is denied, in the words of the server', async () => {
    await using session = await cacheOf('limited');
    const list = session.cache.open(pods, {namespaces: 'all'});
    await whenPhase(list, 'denied');
    expect(list.phase).toMatchObject({
      error: {message: expect.stringMatching(/^pods is forbidden: User "[^"]+" cannot list resource "pods"/)},
    });
  });

  it('are absent for types the cluster does not serve', async () => {
    await using session = await cacheOf('admin');
    const table = session.cache.openTable({group: 'nothing.example.com', version: 'v1', plural: 'things'}, {namespaces: 'all'});
    await whenPhase(table, 'absent');
  });

  it('show custom resources with the columns of their definition, from the moment it is installed', async () => {
    await using session = await cacheOf('admin');
    const group = `${at.namespace}.example.com`;
    const ref = {group, version: 'v1', plural: 'gadgets', namespaced: true};
    const column = {name: 'Size', type: 'integer', jsonPath: '.spec.size'};
    await session.client.request({
      method: 'POST',
      path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      body: {
        metadata: {name: `gadgets.${group}`},
        spec: {
          group,
          scope: 'Namespaced',
          names: {plural: 'gadgets', singular: 'gadget', kind: 'Gadget'},
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              additionalPrinterColumns: [column],
              schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
            },
          ],
        },
      },
    });
    try {
      const table = session.cache.openTable(ref, {namespaces: [at.namespace]});
      // The API server takes a moment to serve a new type.
      const again = setInterval(() => session.cache.retryNow(), 100);
      await whenPhase(table, 'live');
      clearInterval(again);
      expect(table.columns.map(({name}) => name)).toStrictEqual(['Name', 'Size']);
      const gadget = (name: string, size: number) =>
        at.create(ref, {apiVersion: `${group}/v1`, kind: 'Gadget', metadata: {name}, spec: {size}} as unknown as KubeObject);
      await gadget('one', 1);
      await gadget('two', 2);
      await when(table, ({items}) => items.size === 2);
      expect([...table.items.values()].map(({cells}) => cells)).toStrictEqual([
        ['one', 1],
        ['two', 2],
      ]);
      const path = `/apis/${group}/v1/namespaces/${at.namespace}/gadgets/one`;
      await session.client.request({method: 'PATCH', path, contentType: 'application/merge-patch+json', body: {spec: {size: 10}}});
      await when(table, ({items}) => [...items.values()].some(({cells}) => cells[1] === 10));
      await session.client.request({method: 'DELETE', path});
      await when(table, ({items}) => items.size === 1);
      expect(names(table)).toStrictEqual(['two']);
    } finally {
      await session.client.request({
        method: 'DELETE',
        path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.${group}`,
      });
    }
  });

  it('poll what cannot be watched, such as metrics', async () => {
    await using session = await cacheOf('admin', {
      timing: {...(await import('../../../src/kube/watch/timing.ts')).TIMING, poll: 200},
    });
    const table = session.cache.openTable(
      {group: 'metrics.k8s.io', version: 'v1beta1', plural: 'nodes', namespaced: false},
      {namespaces: 'all'},
    );
    const reports = follow(table);
    await whenPhase(table, 'live');
    const polled = Promise.withResolvers<void>();
    let lists = 0;
    const stream = session.client.stream.bind(session.client);
    session.client.stream = (request) => {
      if (request.query?.['watch'] === undefined && ++lists >= 3) polled.resolve();
      return stream(request);
    };
    await polled.promise;
    expect(reports.phases).toStrictEqual(['loading', 'live']);
  });

  it('report nothing when a resumed watch has nothing to say', async () => {
    await using session = await cacheOf('admin');
    const list = session.cache.open(configMaps, {namespaces: [at.namespace]});
    await whenPhase(list, 'live');
    const reports = follow(list);
    await at.create(CONFIG_MAP, {metadata: {name: 'before'}});
    await when(list, () => called(list, 'before') !== undefined);
    session.cache.retryNow();
    await at.create(CONFIG_MAP, {metadata: {name: 'after'}});
    await when(list, () => called(list, 'after') !== undefined);
    expect(reports.changed()).toHaveLength(2);
    expect(reports.removed()).toStrictEqual([]);
  });
});
