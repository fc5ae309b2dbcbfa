// A link whose other end has silently gone must end by itself; one that is only slow must not.
import {once} from 'node:events';
import {expect, test} from 'vitest';
import {WebSocket, WebSocketServer} from 'ws';
import {keepBeating} from './heartbeat.ts';

const pair = async () => {
  const server = new WebSocketServer({port: 0, host: '127.0.0.1'});
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as {port: number}).port}`);
  const [[far]] = (await Promise.all([once(server, 'connection'), once(client, 'open')])) as [[WebSocket], unknown];
  return {
    client,
    far,
    [Symbol.asyncDispose]: async () => {
      client.terminate();
      far.terminate();
      await new Promise((done) => server.close(done));
    },
  };
};

test('ends when nothing answers', async () => {
  await using link = await pair();
  link.far.pause();
  keepBeating(link.client, {every: 20, silentFor: 100});
  const [code] = (await once(link.client, 'close')) as [number];
  expect(code).toBe(1006);
});

test('lives on while pings are answered, and while we are the ones who do not read', async () => {
  await using link = await pair();
  let pings = 0;
  link.far.on('ping', () => (pings += 1));
  keepBeating(link.client, {every: 50, silentFor: 1_000});
  const later = async (count: number): Promise<void> => {
    const before = pings;
    while (pings < before + count && link.client.readyState === WebSocket.OPEN) await new Promise((next) => setTimeout(next, 10));
  };
  await later(30);
  expect(link.client.readyState).toBe(WebSocket.OPEN);
  link.client.pause();
  await later(30);
  expect(link.client.readyState).toBe(WebSocket.OPEN);
});
