// Read-only clients: nothing that could change a cluster reaches the server.
import {describe, expect, test, vi} from 'vitest';
import {json} from '../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../test/support/wire-faults/client.ts';
import {startFaultyServer} from '../../test/support/wire-faults/server.ts';
import type {KubeRequest} from './client.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const POD = '/api/v1/namespaces/default/pods/web';
const refused: KubeRequest[] = [
  {method: 'POST', path: '/api/v1/namespaces/default/pods', body: {}},
  {method: 'PUT', path: POD, body: {}},
  {method: 'PATCH', path: POD, body: {}, contentType: 'application/merge-patch+json'},
  {method: 'DELETE', path: POD},
  {method: 'POST', path: `${POD}/eviction`, body: {}},
  {method: 'POST', path: '/api/v1/namespaces/default/serviceaccounts/x/token', body: {}},
  {method: 'PATCH', path: POD, query: {dryRun: 'None'}, body: {}},
  {method: 'PATCH', path: POD, query: {dryRun: ['All', 'None']}, body: {}},
  {method: 'PATCH', path: POD, query: {dryRun: []}, body: {}},
  {method: 'DELETE', path: `${POD}?dryRun=All`, query: {dryRun: 'All', x: 'y'}},
  {path: `${POD}/exec`},
  {path: `${POD}/attach`},
  {path: `${POD}/%65xec`},
  {path: `/api/v1//namespaces/default/pods/web/exec/`},
  {path: '/api/v1/nodes/n/proxy/exec/default/web/c', query: {command: 'sh'}},
  {method: 'POST', path: '/api/v1/nodes/n/proxy/run/default/web/c'},
  {method: 'POST', path: '/api/v1/namespaces/default/pods', body: {}, harmless: true},
];
const allowed: KubeRequest[] = [
  {path: POD},
  {path: `${POD}/log`},
  {method: 'PATCH', path: POD, query: {dryRun: 'All'}, body: {}},
  {method: 'POST', path: '/api/v1/namespaces/default/pods', query: {dryRun: ['All']}, body: {}},
  {method: 'DELETE', path: POD, query: {dryRun: 'All'}},
  {method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body: {}, harmless: true},
  {method: 'POST', path: '/apis/authorization.k8s.io/v1/namespaces/x/localsubjectaccessreviews', body: {}, harmless: true},
  {method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body: {}, harmless: true},
  {path: '/api/v1/nodes/n/proxy/metrics'},
];

describe.each(['once', 'live'] as const)('%s', (transport) => {
  test('refuses every change before a byte is sent', async () => {
    await using server = await startFaultyServer();
    server.always(/./, json({}));
    await using client = await clientFor(server.kubeconfig(), {transport, readonly: true});
    for (const request of refused) {
      await expect(client.request(request), JSON.stringify(request)).rejects.toMatchObject({code: 'KD-READONLY'});
      await expect(client.stream(request), JSON.stringify(request)).rejects.toMatchObject({code: 'KD-READONLY'});
    }
    for (const path of [
      `${POD}/exec`,
      `${POD}/attach`,
      '/api/v1/nodes/n/proxy/exec/default/web/c',
      '/api/v1/namespaces/x/services/y/proxy/ws',
    ]) {
      await expect(client.connect({path}, ['v5.channel.k8s.io'])).rejects.toMatchObject({code: 'KD-READONLY'});
    }
    expect(server.connections).toBe(0);
  });

  test('lets through what changes nothing', async () => {
    await using server = await startFaultyServer();
    server.always(/./, json({}));
    await using client = await clientFor(server.kubeconfig(), {transport, readonly: true});
    for (const request of allowed) await client.request(request);
    expect(server.requests.map(({method}) => method)).toEqual(allowed.map(({method}) => method ?? 'GET'));
  });
});

test('a client that may write does', async () => {
  await using server = await startFaultyServer();
  server.always(/./, json({}));
  await using client = await clientFor(server.kubeconfig());
  for (const request of refused) await client.request(request);
  expect(server.requests).toHaveLength(refused.length);
});

test('port-forward carries bytes and passes', async () => {
  await using server = await startFaultyServer();
  server.upgrade(`${POD}/portforward`, () => undefined);
  await using client = await clientFor(server.kubeconfig(), {readonly: true});
  (await client.connect({path: `${POD}/portforward`}, ['v4.channel.k8s.io'])).close();
  expect(server.requests).toHaveLength(1);
});
