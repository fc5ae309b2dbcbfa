// The door of both faces: flags and environment in, an opened cluster out.
import {mkdtempSync, readdirSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {json} from '../../test/support/wire-faults/answers.ts';
import {startFaultyServer, type FaultyServer} from '../../test/support/wire-faults/server.ts';
import {openCluster, parseRequestTimeout, peekContext} from './connect.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const setUp = (server: FaultyServer): {home: string; env: Record<string, string>} => {
  const home = mkdtempSync(join(tmpdir(), 'kdeck-home-'));
  writeFileSync(join(home, 'config'), server.kubeconfig({token: 'T'}));
  return {home, env: {HOME: home, KUBECONFIG: join(home, 'config')}};
};

test('opens what the environment names, and sends nothing', async () => {
  await using server = await startFaultyServer();
  const {env} = setUp(server);
  const cluster = await openCluster({}, {transport: 'once', env});
  await using client = cluster.client;
  expect(cluster).toMatchObject({
    context: 'faulty',
    clusterName: 'faulty',
    userName: 'tester',
    namespace: 'default',
    namespaceExplicit: false,
  });
  expect(client.server).toBe(server.url);
  expect(client.readonly).toBe(false);
  expect(server.connections).toBe(0);
});

test('flags win, and a read-only flag reaches the client', async () => {
  await using server = await startFaultyServer();
  server.always(/./, json({}));
  const {env} = setUp(server);
  const cluster = await openCluster({namespace: 'shop', token: 'mine', readonly: true}, {transport: 'once', env});
  await using client = cluster.client;
  expect(cluster).toMatchObject({namespace: 'shop', namespaceExplicit: true});
  await client.request({path: '/version'});
  expect(server.requests[0]?.headers['authorization']).toBe('Bearer mine');
  await expect(client.request({method: 'DELETE', path: '/api/v1/pods'})).rejects.toMatchObject({code: 'KD-READONLY'});
});

test('a command says its name, and the same session each time', async () => {
  await using server = await startFaultyServer();
  server.always(/./, json({}));
  const {env} = setUp(server);
  const {client} = await openCluster({}, {transport: 'once', env, command: 'kubectl get'});
  await using closing = client;
  await closing.request({path: '/a'});
  await closing.request({path: '/b'});
  const [a, b] = server.requests.map(({headers}) => headers);
  expect(a).toMatchObject({'kubectl-command': 'kubectl get'});
  expect(a?.['kubectl-session']).toMatch(/^[0-9a-f-]{36}$/);
  expect(b?.['kubectl-session']).toBe(a?.['kubectl-session']);
});

test('a request timeout is told to the server too', async () => {
  await using server = await startFaultyServer();
  server.always(/./, json({}));
  const {env} = setUp(server);
  const {client} = await openCluster({requestTimeout: '90'}, {transport: 'once', env});
  await using closing = client;
  await closing.request({path: '/a', query: {b: 'c'}});
  expect(server.requests[0]?.url).toBe('/a?b=c&timeout=1m30s');
});

describe('discovery files', () => {
  const types = json({items: []}, 200, {'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'});

  test.each([
    [
      '--cache-dir',
      (home: string) => ({flags: {cacheDir: join(home, 'flag')}, env: {KUBECACHEDIR: join(home, 'env')}, folder: 'flag/kdeck'}),
    ],
    ['KUBECACHEDIR', (home: string) => ({flags: {}, env: {KUBECACHEDIR: join(home, 'env')}, folder: 'env/kdeck'})],
    ['~/.kube/cache', () => ({flags: {}, env: {}, folder: '.kube/cache/kdeck'})],
  ])('go to %s', async (_name, place) => {
    await using server = await startFaultyServer();
    server.always(/./, types);
    const {home, env} = setUp(server);
    const {flags, env: more, folder} = place(home);
    const cluster = await openCluster(flags, {transport: 'once', env: {...env, ...more}});
    await using client = cluster.client;
    await cluster.discovery.resources();
    expect(readdirSync(join(home, folder))).toEqual([`${client.clusterId}.json`]);
  });

  test('warnings of discovery are heard where warnings of the server are', async () => {
    await using server = await startFaultyServer();
    const {env} = setUp(server);
    const cluster = await openCluster({}, {transport: 'once', env});
    await using client = cluster.client;
    const heard: string[] = [];
    client.onWarning((text) => heard.push(text));
    await cluster.discovery.find('ev');
    await cluster.discovery.find('ev');
    expect(heard).toEqual(['short name "ev" could also match lower priority resource events.events.k8s.io']);
  });
});

test('names can be had without opening anything', async () => {
  await using server = await startFaultyServer();
  const {env} = setUp(server);
  expect(await peekContext({namespace: 'x'}, env)).toEqual({
    context: 'faulty',
    cluster: 'faulty',
    user: 'tester',
    namespace: 'x',
    namespaceExplicit: true,
  });
  expect(await peekContext({context: 'nope'}, env)).toMatchObject({context: 'nope', cluster: ''});
  expect(await peekContext({}, {HOME: '/nowhere'})).toMatchObject({context: '', namespace: 'default'});
});

test.each([
  [undefined, 0],
  ['0', 0],
  ['5', 5000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
])('--request-timeout=%s is %i ms', (text, ms) => {
  expect(parseRequestTimeout(text)).toBe(ms);
});

test.each(['x', '5 s', '-', 's', '1d'])('--request-timeout=%s is refused', (text) => {
  expect(() => parseRequestTimeout(text)).toThrow(/^Invalid timeout value\. Timeout must be a single integer in seconds, /);
});
