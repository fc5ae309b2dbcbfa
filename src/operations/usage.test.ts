import {expect, test} from 'vitest';
import {json, status} from '../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../test/support/wire-faults/client.ts';
import {startFaultyServer, type FaultyServer} from '../../test/support/wire-faults/server.ts';
import type {KubeClient} from '../kube/client.ts';
import {readUsage} from './usage.ts';

const ROOT = '/apis/metrics.k8s.io/v1beta1';
const forbidden = status(403, 'Forbidden', 'pods.metrics.k8s.io is forbidden');
const pod = (namespace: string, name: string, cpu: string) => ({
  metadata: {namespace, name},
  containers: [{usage: {cpu, memory: '1Mi'}}, {usage: {cpu: '1m', memory: '1Mi'}}],
});

const withServer = async (use: (server: FaultyServer, client: KubeClient) => Promise<void>): Promise<void> => {
  await using server = await startFaultyServer({tls: false});
  await using client = await clientFor(server.kubeconfig(), {transport: 'live'});
  await use(server, client);
};

test('one denied namespace takes nothing from the others', () =>
  withServer(async (server, client) => {
    server.always(`${ROOT}/namespaces/a/pods`, forbidden);
    server.always(`${ROOT}/namespaces/b/pods`, json({metadata: {}, items: [pod('b', 'web', '4m')]}));
    const use = await readUsage(client, 'pods', ['a', 'b']);
    expect([...(use ?? [])]).toStrictEqual([['b/web', {cpu: 5, memory: 2 * 2 ** 20}]]);
    expect(await readUsage(client, 'pods', ['a'])).toBeUndefined();
  }));

test('where the whole cluster is denied, the namespaces that stand in for it are asked', () =>
  withServer(async (server, client) => {
    server.always(`${ROOT}/pods`, forbidden);
    server.always(`${ROOT}/namespaces/b/pods`, json({metadata: {}, items: [pod('b', 'web', '4m')]}));
    expect((await readUsage(client, 'pods', 'all', {candidates: () => ['b']}))?.has('b/web')).toBe(true);
    expect(await readUsage(client, 'pods', 'all')).toBeUndefined();
  }));

test('a cluster that does not measure is asked once', () =>
  withServer(async (server, client) => {
    server.always(`${ROOT}/pods`, status(404, 'NotFound', 'the server could not find the requested resource'));
    expect(await readUsage(client, 'pods', 'all', {candidates: () => ['b']})).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  }));
