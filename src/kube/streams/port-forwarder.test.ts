// What a port-forward must survive: half-closed clients, refused connections, cut links, replaced pods.
import {connect} from 'node:net';
import {expect, test} from 'vitest';
import type {WebSocket} from 'ws';
import {loopback, until} from '../../../test/support/streams/loopback.ts';
import {addressesOf, openListeners} from './listeners.ts';
import {PortForwarder, type ForwardOptions, type ForwardState} from './port-forwarder.ts';

const PORT = Buffer.from([80, 0]);
const data = (bytes: Buffer | string): Buffer => Buffer.concat([Buffer.from([0]), Buffer.from(bytes)]);

const begin = (socket: WebSocket): void => {
  socket.send(Buffer.concat([Buffer.from([0]), PORT]));
  socket.send(Buffer.concat([Buffer.from([1]), PORT]));
};

const forward = async (options: Partial<ForwardOptions> & Pick<ForwardOptions, 'client'>) => {
  const states: ForwardState[] = [];
  const troubles: string[] = [];
  const forwarder = new PortForwarder({
    localPort: 0,
    resolve: async () => ({namespace: 'ns', pod: 'web-1', port: 80}),
    rebind: false,
    onState: (state) => states.push(state),
    onTrouble: (message) => troubles.push(message),
    ...options,
  });
  await forwarder.open();
  return {forwarder, states, troubles, port: forwarder.listening[0]?.port ?? 0};
};

/** Sends, half-closes when asked, and gives all that came back; rejects on a reset. */
const talk = (port: number, bytes: Buffer | string, {end = false} = {}): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect({port, host: '127.0.0.1', allowHalfOpen: true});
    socket.write(bytes);
    if (end) socket.end();
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('end', () => {
      socket.end();
      resolve(Buffer.concat(parts));
    });
    socket.on('error', reject);
  });

test('carries bytes both ways on 127.0.0.1 and ::1 with one free port', async () => {
  await using server = await loopback({
    socket: (socket) => {
      begin(socket);
      let got = 0;
      socket.on('message', (message: Buffer) => {
        socket.send(message);
        if ((got += message.length - 1) === 100_000) socket.close();
      });
    },
  });
  const handled: number[] = [];
  const {forwarder, port, states} = await forward({client: server.client, onConnection: (at) => handled.push(at)});
  await using _ = forwarder;
  expect(forwarder.listening.map(({address}) => address)).toEqual(['127.0.0.1', '::1']);
  expect(new Set(forwarder.listening.map((one) => one.port)).size).toBe(1);
  const sent = Buffer.alloc(100_000, 'forward ');
  expect((await talk(port, sent)).equals(sent)).toBe(true);
  expect(handled).toEqual([port]);
  expect(states).toEqual([{phase: 'ready', to: {namespace: 'ns', pod: 'web-1', port: 80}}]);
  expect(server.urls).toEqual(['/api/v1/namespaces/ns/pods/web-1/portforward?ports=80']);
});

test('a client that has sent everything still gets its answer', async () => {
  await using server = await loopback({
    socket: (socket) => {
      begin(socket);
      socket.on('message', () => setTimeout(() => socket.send(data('late answer'), () => socket.close()), 100));
    },
  });
  const {forwarder, port} = await forward({client: server.client});
  await using _ = forwarder;
  expect((await talk(port, 'question', {end: true})).toString()).toBe('late answer');
});

test('a port that refuses is told, and the local program is not left hanging', async () => {
  await using server = await loopback({
    socket: (socket) => {
      begin(socket);
      socket.send(Buffer.from('\x01connect to 127.0.0.1:80: connection refused'));
      socket.close();
    },
  });
  const {forwarder, port, troubles, states} = await forward({client: server.client});
  await using _ = forwarder;
  await expect(talk(port, 'x')).rejects.toThrow(/ECONNRESET/);
  expect(troubles).toEqual(['connect to 127.0.0.1:80: connection refused']);
  expect(states.at(-1)).toEqual({phase: 'failed', reason: 'connect to 127.0.0.1:80: connection refused'});
});

test('a cut link resets the local connection', async () => {
  await using server = await loopback({
    socket: (socket) => {
      begin(socket);
      socket.on('message', () => socket.terminate());
    },
  });
  const {forwarder, port, troubles} = await forward({client: server.client});
  await using _ = forwarder;
  await expect(talk(port, 'x')).rejects.toThrow(/ECONNRESET/);
  expect(troubles[0]).toMatch(/^lost the connection to the pod/);
});

test('moves an untouched connection to the pod that replaced the first one', async () => {
  await using server = await loopback({
    socket: (socket, request) => {
      if (request.url?.includes('web-1') === true) return socket.close(1011, 'no such pod');
      begin(socket);
      socket.send(data('from web-2'), () => socket.close());
    },
  });
  let pod = 'web-1';
  const {forwarder, port, states, troubles} = await forward({
    client: server.client,
    rebind: true,
    resolve: async () => ({namespace: 'ns', pod, port: 80}),
  });
  await using _ = forwarder;
  pod = 'web-2';
  expect((await talk(port, '')).toString()).toBe('from web-2');
  expect(troubles).toEqual([]);
  expect(states.map(({phase}) => phase)).toEqual(['ready', 'rebinding', 'ready']);
});

test('waits for a pod, saying so, and a connection made meanwhile gets through', async () => {
  await using server = await loopback({
    socket: (socket) => {
      begin(socket);
      socket.send(data('here'), () => socket.close());
    },
  });
  let asked = 0;
  const {forwarder, port, states} = await forward({
    client: server.client,
    rebind: true,
    resolve: async () => ((asked += 1) < 4 ? undefined : {namespace: 'ns', pod: 'web-9', port: 80}),
    pause: () => new Promise((next) => setTimeout(next, 5)),
  });
  await using _ = forwarder;
  expect((await talk(port, '')).toString()).toBe('here');
  expect(states.map(({phase}) => phase)).toEqual(['rebinding', 'waiting', 'waiting', 'ready']);
});

test('the same pod that refuses is not looked for elsewhere', async () => {
  await using server = await loopback({
    socket: (socket) => {
      begin(socket);
      socket.send(Buffer.from('\x01connection refused'));
      socket.close();
    },
  });
  const {forwarder, port, troubles, states} = await forward({client: server.client, rebind: true});
  await using _ = forwarder;
  await expect(talk(port, 'x')).rejects.toThrow(/ECONNRESET/);
  expect(troubles).toEqual(['connection refused']);
  expect(states.map(({phase}) => phase)).toEqual(['ready']);
});

test('closing ends connections and listeners', async () => {
  await using server = await loopback({socket: begin});
  const {forwarder, port} = await forward({client: server.client});
  const open = talk(port, 'x');
  open.catch(() => undefined);
  await until(() => server.sockets.size === 1, 'the tunnel');
  await forwarder.close();
  await expect(open).rejects.toThrow();
  await expect(talk(port, 'x')).rejects.toThrow(/ECONNREFUSED/);
});

test("a taken port is an error in kubectl's words", async () => {
  const first = await openListeners(['127.0.0.1'], 0, () => undefined);
  const {port} = first.listening[0] ?? {port: 0};
  const second = await openListeners(['127.0.0.1'], port, () => undefined);
  expect(second.error).toBe(
    `Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:${port}: bind: address already in use]`,
  );
  await first.close();
  await second.close();
});

test('addresses follow kubectl', () => {
  expect(addressesOf(['localhost', '10.0.0.1']).map(({address, needed}) => `${address} ${needed}`)).toEqual([
    '10.0.0.1 each',
    '127.0.0.1 one',
    '::1 one',
  ]);
  expect(() => addressesOf(['web'])).toThrow('web is not a valid IP');
});
