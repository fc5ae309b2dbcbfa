// Logs of many containers at once, from a server that counts the streams it holds.
import {expect, test} from 'vitest';
import {loopback} from '../../../../test/support/streams/loopback.ts';
import type {Connection} from '../../session/services.ts';
import type {LogRow} from './log-buffer.ts';
import {readLogs} from './log-reader.ts';

test('two hundred containers end nothing: sixty are followed, the others read once, and the log says so', async () => {
  let open = 0;
  let most = 0;
  await using server = await loopback({
    http: (request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      const pod = url.pathname.split('/')[6] ?? '';
      if (!url.pathname.endsWith('/log')) {
        const state = {name: 'c', containerID: 'one', restartCount: 0, state: {running: {}}};
        const status = {phase: 'Running', containerStatuses: [state]};
        return void response.end(JSON.stringify({metadata: {name: pod}, spec: {containers: [{name: 'c'}]}, status}));
      }
      open += 1;
      most = Math.max(most, open);
      response.on('close', () => (open -= 1));
      response.write(`2026-11-20T10:00:00.000000000Z hello from ${pod}\n`);
      if (url.searchParams.get('follow') !== 'true') response.end();
    },
  });
  const sources = Array.from({length: 200}, (_, at) => ({pod: `web-${at}`, container: 'c'}));
  const rows: LogRow[] = [];
  const leave = new AbortController();
  const reading = readLogs({cluster: {client: server.client}} as unknown as Connection, sources, {
    namespace: 'shop',
    previous: false,
    tail: 10,
    signal: leave.signal,
    tell: (news) => void rows.push(...news.rows),
  });
  const heard = (): number => rows.filter(({text}) => text.startsWith('hello from ')).length;
  await expect.poll(heard, {timeout: 20_000}).toBe(200);
  expect(new Set(rows.map(({text}) => text)).size).toBe(201);
  expect(rows.filter(({source}) => source === -1).map(({text}) => text)).toEqual([
    '60 of 200 containers are followed, the others were read once; open fewer to follow all',
  ]);
  expect(most).toBeGreaterThanOrEqual(60);
  expect(most).toBeLessThanOrEqual(68);
  expect(open).toBe(60);
  leave.abort();
  await reading;
  await expect.poll(() => open).toBe(0);
});
