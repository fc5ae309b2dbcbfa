// WebSockets: data both ways, what arrives early, refusals with their Status, and endings.
import {expect, test, vi} from 'vitest';
import {json, status, unauthorized} from '../../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../../test/support/wire-faults/client.ts';
import {startHttpProxy} from '../../../test/support/wire-faults/proxies.ts';
import {startFaultyServer} from '../../../test/support/wire-faults/server.ts';
import type {KubeSocket} from '../client.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const EXEC = '/api/v1/namespaces/default/pods/web/exec';
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

const nextMessage = (socket: KubeSocket): Promise<Buffer> => new Promise((resolve) => socket.onMessage(resolve));
const closed = (socket: KubeSocket): Promise<number> => new Promise((resolve) => socket.onClose(resolve));

test('carries bytes both ways under the protocol both know', async () => {
  await using server = await startFaultyServer();
  server.upgrade(EXEC, (socket) =>
    socket.on('message', (data: Buffer) => socket.send(Buffer.concat([Buffer.from('echo '), data]))),
  );
  await using client = await clientFor(server.kubeconfig({token: 'secret'}));
  const socket = await client.connect({path: EXEC, query: {command: ['sh', '-c'], stdin: true}}, PROTOCOLS);
  expect(socket.protocol).toBe('v5.channel.k8s.io');
  expect(server.requests[0]).toMatchObject({
    url: `${EXEC}?command=sh&command=-c&stdin=true`,
    headers: {authorization: 'Bearer secret'},
  });
  const answer = nextMessage(socket);
  await socket.send(Buffer.from('hello'));
  expect((await answer).toString()).toBe('echo hello');
  const end = closed(socket);
  socket.close();
  expect(await end).toBe(1000);
});

test('keeps what the server says before anybody listens', async () => {
  await using server = await startFaultyServer();
  server.upgrade(EXEC, (socket) => {
    socket.send(Buffer.from('one'));
    socket.send(Buffer.from('two'));
    socket.close(1000, 'bye');
  });
  await using client = await clientFor(server.kubeconfig());
  const socket = await client.connect({path: EXEC}, PROTOCOLS);
  // The end has come and gone before the first listener.
  await new Promise((resolve) => server.upgrade('/never', resolve) && socket.onClose(() => resolve(undefined)));
  const heard: string[] = [];
  socket.onMessage((data) => heard.push(data.toString()));
  expect(heard).toEqual(['one', 'two']);
  expect(await closed(socket)).toBe(1000);
});

test("a refusal is the server's own error", async () => {
  await using server = await startFaultyServer();
  server.always(
    EXEC,
    status(
      403,
      'Forbidden',
      'pods "web" is forbidden: User "u" cannot create resource "pods/exec" in API group "" in the namespace "default"',
    ),
  );
  await using client = await clientFor(server.kubeconfig());
  await expect(client.connect({path: EXEC}, PROTOCOLS)).rejects.toMatchObject({
    code: 'KD-SERVER-FORBIDDEN',
    httpStatus: 403,
    tryThis: ['kubectl auth can-i create pods --subresource=exec -n default'],
  });
});

test('a 401 that cannot be helped is an error after one try', async () => {
  await using server = await startFaultyServer();
  server.always(EXEC, unauthorized());
  await using client = await clientFor(server.kubeconfig({token: 'old'}));
  await expect(client.connect({path: EXEC}, PROTOCOLS)).rejects.toMatchObject({code: 'KD-SERVER-UNAUTHORIZED'});
  expect(server.requests).toHaveLength(1);
});

test('an answer that is no upgrade and no Status is an error', async () => {
  await using server = await startFaultyServer();
  server.always(EXEC, json({}, 200));
  await using client = await clientFor(server.kubeconfig());
  await expect(client.connect({path: EXEC}, PROTOCOLS)).rejects.toThrow();
});

test('goes through the proxy', async () => {
  await using server = await startFaultyServer();
  await using proxy = await startHttpProxy();
  server.upgrade(EXEC, (socket) => socket.send(Buffer.from('hi')));
  await using client = await clientFor(server.kubeconfig({}, {'proxy-url': proxy.url}));
  const socket = await client.connect({path: EXEC}, PROTOCOLS);
  expect((await nextMessage(socket)).toString()).toBe('hi');
  expect(proxy.tunnels).toHaveLength(1);
  socket.close();
});

test('a cut connection closes with 1006, an abort too', async () => {
  await using server = await startFaultyServer();
  server.upgrade(EXEC, () => undefined);
  await using client = await clientFor(server.kubeconfig());
  const cut = await client.connect({path: EXEC}, PROTOCOLS);
  const end = closed(cut);
  server.cutAll();
  expect(await end).toBe(1006);
  const stop = new AbortController();
  const aborted = await client.connect({path: EXEC, signal: stop.signal}, PROTOCOLS);
  const second = closed(aborted);
  stop.abort();
  expect(await second).toBe(1006);
});

test('sending waits for room', async () => {
  await using server = await startFaultyServer();
  let received = 0;
  const all = Promise.withResolvers<void>();
  server.upgrade(EXEC, (socket) => {
    socket.pause();
    socket.on('message', (data: Buffer) => {
      received += data.length;
      if (received === 64 << 20) all.resolve();
    });
    void server.waitFor((seen) => seen.path === '/go').then(() => socket.resume());
  });
  server.always('/go', json({}));
  await using client = await clientFor(server.kubeconfig());
  const socket = await client.connect({path: EXEC}, PROTOCOLS);
  let sent = 0;
  const sending = (async () => {
    for (; sent < 64; sent++) await socket.send(Buffer.alloc(1 << 20));
  })();
  // The far side reads nothing, so sending must stop long before the end; a request shows that time has passed.
  for (let n = 0; n < 20; n++) await client.request({path: '/api'}).catch(() => undefined);
  expect(sent).toBeLessThan(40);
  await client.request({path: '/go'});
  await sending;
  await all.promise;
  expect(received).toBe(64 << 20);
  socket.close();
});
