// What discovery asks of a server, what it keeps, and when it looks again.
import {mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {json, status, text} from '../../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../../test/support/wire-faults/client.ts';
import {startFaultyServer, type FaultyServer} from '../../../test/support/wire-faults/server.ts';
import {groupResourceText} from '../types/object.ts';
import {openDiscovery, type DiscoveryOptions} from './cached-discovery.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const V2 = {'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'};
const podType = {
  resource: 'pods',
  responseKind: {group: '', version: 'v1', kind: 'Pod'},
  scope: 'Namespaced',
  singularResource: 'pod',
  verbs: ['get', 'list'],
  shortNames: ['po'],
  categories: ['all'],
  subresources: [{subresource: 'log', responseKind: {kind: 'Pod'}}],
};
const core = {items: [{metadata: {name: ''}, versions: [{version: 'v1', freshness: 'Current', resources: [podType]}]}]};
const named = (...more: unknown[]) => ({
  items: [
    {
      metadata: {name: 'apps'},
      versions: [
        {
          version: 'v1',
          freshness: 'Current',
          resources: [
            {
              resource: 'deployments',
              responseKind: {kind: 'Deployment'},
              scope: 'Namespaced',
              singularResource: 'deployment',
              verbs: ['get'],
            },
          ],
        },
      ],
    },
    ...more,
  ],
});
const widgets = {
  metadata: {name: 'example.com'},
  versions: [
    {
      version: 'v1',
      freshness: 'Current',
      resources: [
        {
          resource: 'widgets',
          responseKind: {kind: 'Widget'},
          scope: 'Cluster',
          singularResource: 'widget',
          verbs: ['get'],
          shortNames: ['po', 'wi'],
          categories: ['all'],
        },
      ],
    },
  ],
};

const aggregated = (server: FaultyServer, ...more: unknown[]): FaultyServer =>
  server.always('/api', json(core, 200, {...V2, etag: '"a"'})).always('/apis', json(named(...more), 200, {...V2, etag: '"b"'}));

const setUp = async (server: FaultyServer, options: Partial<DiscoveryOptions> = {}) => {
  const client = await clientFor(server.kubeconfig());
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'kdeck-discovery-'));
  return {client, directory, discovery: openDiscovery(client, {directory, revalidates: false, ...options})};
};
const names = (types: readonly {group: string; plural: string}[] | undefined): string[] | undefined =>
  types?.map(groupResourceText);

describe('asking', () => {
  test('built-in words cost no request', async () => {
    await using server = await startFaultyServer();
    const {discovery} = await setUp(server);
    expect(names(await discovery.find('deploy'))).toEqual(['deployments.apps']);
    expect((await discovery.forKind('batch/v1', 'Job'))?.plural).toBe('jobs');
    expect((await discovery.forRef({group: '', version: 'v1', plural: 'pods'}))?.namespaced).toBe(true);
    expect(await discovery.category('pods')).toBeUndefined();
    expect(server.requests).toHaveLength(0);
  });

  test('an unknown word costs two, once for everybody, and an unknown one stays unknown', async () => {
    await using server = await startFaultyServer();
    aggregated(server, widgets);
    const {discovery} = await setUp(server);
    const [a, b] = await Promise.all([discovery.find('widget'), discovery.find('wi')]);
    expect(names(a)).toEqual(['widgets.example.com']);
    expect(b).toEqual(a);
    expect(a[0]).toMatchObject({kind: 'Widget', namespaced: false, shortNames: ['po', 'wi'], categories: ['all'], verbs: ['get']});
    expect(await discovery.find('nonsense')).toEqual([]);
    expect(await discovery.find('nonsense')).toEqual([]);
    expect(server.requests.map(({path}) => path).sort()).toEqual(['/api', '/apis']);
    expect(server.requests[0]?.headers['accept']).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json',
    );
  });

  test('categories are asked for, since custom types join them', async () => {
    await using server = await startFaultyServer();
    aggregated(server, widgets);
    const {discovery} = await setUp(server);
    expect(names(await discovery.category('all'))).toEqual(['pods', 'widgets.example.com']);
    expect(await discovery.category('pods')).toBeUndefined();
  });

  test('a short name of a custom type never displaces a built-in one, and is told', async () => {
    await using server = await startFaultyServer();
    aggregated(server, widgets);
    const warnings: string[] = [];
    const {discovery} = await setUp(server, {onWarning: (text) => warnings.push(text)});
    await discovery.resources();
    expect(names(await discovery.find('po'))).toEqual(['pods', 'widgets.example.com']);
    expect(warnings).toEqual(['short name "po" could also match lower priority resource widgets.example.com']);
  });

  test('a group that does not answer is named and not kept on disk', async () => {
    await using server = await startFaultyServer();
    aggregated(server, {metadata: {name: 'metrics.k8s.io'}, versions: [{version: 'v1beta1', freshness: 'Stale'}]});
    const {discovery, directory} = await setUp(server);
    expect(await discovery.problems?.()).toEqual([
      {groupVersion: 'metrics.k8s.io/v1beta1', reason: 'stale GroupVersion discovery: metrics.k8s.io/v1beta1'},
    ]);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('a server of before aggregation is asked group by group, preferred versions first', async () => {
    await using server = await startFaultyServer();
    const resource = (name: string, kind: string, more: object = {}) => ({
      name,
      kind,
      singularName: '',
      namespaced: true,
      verbs: ['get'],
      ...more,
    });
    server
      .always('/api', json({kind: 'APIVersions', versions: ['v1']}))
      .always(
        '/apis',
        json({
          kind: 'APIGroupList',
          groups: [
            {
              name: 'batch',
              versions: [
                {groupVersion: 'batch/v1beta1', version: 'v1beta1'},
                {groupVersion: 'batch/v1', version: 'v1'},
              ],
              preferredVersion: {version: 'v1'},
            },
            {name: 'broken', versions: [{groupVersion: 'broken/v1', version: 'v1'}], preferredVersion: {version: 'v1'}},
          ],
        }),
      )
      .always('/api/v1', json({resources: [resource('pods', 'Pod', {shortNames: ['po']}), resource('pods/log', 'Pod')]}))
      .always('/apis/batch/v1', json({resources: [resource('jobs', 'Job')]}))
      .always('/apis/batch/v1beta1', json({resources: [resource('jobs', 'Job'), resource('oldjobs', 'OldJob')]}))
      .always('/apis/broken/v1', status(503, 'ServiceUnavailable', 'not today'));
    const {discovery} = await setUp(server);
    expect(
      (await discovery.resources()).map(
        (one) => `${one.version} ${groupResourceText(one)} ${one.singular} ${one.subresources.join()}`,
      ),
    ).toEqual(['v1 pods pod log', 'v1 jobs.batch job ', 'v1beta1 jobs.batch job ', 'v1beta1 oldjobs.batch oldjob ']);
    expect(await discovery.problems?.()).toEqual([{groupVersion: 'broken/v1', reason: 'not today'}]);
  });

  test("a failure is the server's own error, and the next question asks again", async () => {
    await using server = await startFaultyServer();
    aggregated(server, widgets).next('/apis', status(500, 'InternalError', 'etcd is gone'));
    const {discovery} = await setUp(server);
    await expect(discovery.find('widgets')).rejects.toThrow('etcd is gone');
    expect(names(await discovery.find('widgets'))).toEqual(['widgets.example.com']);
  });
});

describe('keeping', () => {
  test("the next process needs no request, and the file is its owner's only", async () => {
    await using server = await startFaultyServer();
    aggregated(server, widgets);
    const {discovery, directory} = await setUp(server);
    const before = await discovery.resources();
    const {discovery: next} = await setUp(server, {directory});
    expect(await next.resources()).toEqual(before);
    expect(names(await next.find('wi'))).toEqual(['widgets.example.com']);
    expect(server.requests).toHaveLength(2);
    const [file = ''] = readdirSync(directory);
    expect(readdirSync(directory)).toHaveLength(1);
    expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
  });

  test('another cluster has another file', async () => {
    await using server = await startFaultyServer();
    await using other = await startFaultyServer();
    aggregated(server, widgets);
    aggregated(other);
    const {discovery, directory} = await setUp(server);
    await discovery.resources();
    expect(names(await (await setUp(other, {directory})).discovery.resources())).toEqual(['pods', 'deployments.apps']);
    expect(readdirSync(directory)).toHaveLength(2);
  });

  test('a damaged file is no file', async () => {
    await using server = await startFaultyServer();
    aggregated(server);
    const {discovery, directory} = await setUp(server);
    await discovery.resources();
    const file = join(directory, readdirSync(directory)[0] ?? '');
    for (const damage of ['', '{"layout":1', '{"layout":99,"rows":[]}', 'null', '[]']) {
      writeFileSync(file, damage);
      expect((await (await setUp(server, {directory})).discovery.resources()).length).toBe(2);
    }
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({layout: 1});
  });

  test('a word the file does not know is asked for once', async () => {
    await using server = await startFaultyServer();
    aggregated(server);
    const {discovery, directory} = await setUp(server);
    await discovery.resources();
    aggregated(server, widgets);
    const {discovery: next} = await setUp(server, {directory});
    expect(names(await next.find('widgets'))).toEqual(['widgets.example.com']);
    expect(server.requests).toHaveLength(4);
  });

  test('a kind this cluster does not have is not taken from the built-in ones', async () => {
    await using server = await startFaultyServer();
    aggregated(server);
    const {discovery} = await setUp(server);
    await discovery.resources();
    expect(await discovery.find('cronjobs')).toEqual([]);
  });

  test('after ten minutes a session looks again behind the scenes, with ETags', async () => {
    await using server = await startFaultyServer();
    aggregated(server);
    let now = 0;
    const clock = {now: () => new Date(now)};
    const {discovery} = await setUp(server, {revalidates: true, clock});
    await discovery.resources();
    now = 11 * 60_000;
    server.always('/api', text('', 304));
    server.always('/apis', text('', 304));
    expect(names(await discovery.resources())).toEqual(['pods', 'deployments.apps']);
    const again = await server.waitFor((seen) => seen.headers['if-none-match'] !== undefined, 2);
    expect(again.map(({path, headers}) => [path, headers['if-none-match']]).sort()).toEqual([
      ['/api', '"a"'],
      ['/apis', '"b"'],
    ]);
    expect(names(await discovery.resources())).toEqual(['pods', 'deployments.apps']);
  });

  test('a command does not look again before six hours, and then does', async () => {
    await using server = await startFaultyServer();
    aggregated(server);
    let now = 0;
    const clock = {now: () => new Date(now)};
    const {discovery, directory} = await setUp(server, {clock});
    await discovery.resources();
    now = 5 * 3_600_000;
    await (await setUp(server, {clock, directory})).discovery.resources();
    expect(server.requests).toHaveLength(2);
    now = 7 * 3_600_000;
    await (await setUp(server, {clock, directory})).discovery.resources();
    expect(server.requests).toHaveLength(4);
  });

  test('a type installed during a session is found a little later', async () => {
    await using server = await startFaultyServer();
    aggregated(server);
    let now = 0;
    const {discovery} = await setUp(server, {revalidates: true, clock: {now: () => new Date(now)}});
    expect(await discovery.find('widgets')).toEqual([]);
    aggregated(server, widgets);
    now = 4000;
    expect(await discovery.find('widgets')).toEqual([]);
    now = 5000;
    expect(names(await discovery.find('widgets'))).toEqual(['widgets.example.com']);
  });

  test('refresh forgets', async () => {
    await using server = await startFaultyServer();
    aggregated(server);
    const {discovery} = await setUp(server);
    await discovery.resources();
    aggregated(server, widgets);
    await discovery.refresh();
    expect(names(await discovery.find('widgets'))).toEqual(['widgets.example.com']);
  });
});
