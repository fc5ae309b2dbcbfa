// A followed log must be complete and without repeats, whatever happens to the link, and say where it is not complete.
import type {ServerResponse} from 'node:http';
import {expect, test} from 'vitest';
import {nanosecondsOf} from '../../base/timestamp.ts';
import {loopback} from '../../../test/support/streams/loopback.ts';
import {followLog, standingOf, type LogEvent} from './log-follower.ts';
import {openLog, linesOf, wholeLines} from './log-stream.ts';

const pod = (more: {id?: string; restarts?: number; state?: object; phase?: string}) => ({
  metadata: {name: 'web', namespace: 'ns'},
  spec: {restartPolicy: 'Always', containers: [{name: 'c'}]},
  status: {
    phase: more.phase ?? 'Running',
    containerStatuses: [
      {name: 'c', containerID: more.id ?? 'one', restartCount: more.restarts ?? 0, state: more.state ?? {running: {}}},
    ],
  },
});

const time = (n: number): string =>
  `2026-11-20T10:00:${String(Math.floor(n / 1000)).padStart(2, '0')}.${String(n % 1000).padStart(3, '0')}000000Z`;
const line = (n: number): string => `${time(n)} line ${n}\n`;
const range = (from: number, to: number): string => Array.from({length: to - from + 1}, (_, i) => line(from + i)).join('');

type Answer = (response: ServerResponse, url: URL) => void;

/** Each log request takes the next script; pod requests give what `standing` says then. */
const scripted = (logs: Answer[], standing: () => object | undefined) =>
  loopback({
    http: (request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      if (url.pathname.endsWith('/log')) {
        const next = logs.shift();
        if (next === undefined) return void response.end(); // nothing new
        return next(response, url);
      }
      const body = standing();
      if (body === undefined)
        return void response
          .writeHead(404)
          .end(JSON.stringify({kind: 'Status', message: 'pods "web" not found', reason: 'NotFound', code: 404}));
      response.end(JSON.stringify(body));
    },
  });

const follow = async (server: Awaited<ReturnType<typeof loopback>>) => {
  const events: LogEvent[] = [];
  for await (const event of followLog(
    server.client,
    {namespace: 'ns', pod: 'web', container: 'c', tailLines: 100},
    {pause: async () => undefined},
  ))
    events.push(event);
  return {
    events,
    numbers: events.flatMap((event) =>
      event.type === 'lines' ? event.lines.map(({text}) => Number(text.slice('line '.length))) : [],
    ),
  };
};

const whole = (from: number, to: number): number[] => Array.from({length: to - from + 1}, (_, i) => from + i);

test('a cut stream is resumed at the last line, without repeats and without a gap', async () => {
  await using server = await scripted(
    [(response) => response.write(range(1, 2500), () => response.destroy()), (response) => response.end(range(2000, 4000))],
    () =>
      server.urls.filter((url) => url.includes('/log')).length < 2
        ? pod({})
        : pod({phase: 'Succeeded', state: {terminated: {exitCode: 0}}}),
  );
  const {events, numbers} = await follow(server);
  expect(numbers).toEqual(whole(1, 4000));
  expect(events.some(({type}) => type === 'gap')).toBe(false);
  expect(events.at(-1)).toMatchObject({type: 'ended'});
  const logs = server.urls.filter((url) => url.includes('/log'));
  expect(logs).toHaveLength(3); // the third looks for lines behind a cut
  expect(logs[0]).toContain('tailLines=100');
  expect(logs[0]).toContain('timestamps=true');
  expect(logs[1]).toContain('sinceTime=2026-11-20T10%3A00%3A02Z');
  expect(logs[1]).not.toContain('tailLines');
});

test('lines with the same timestamp are counted, not thrown away', async () => {
  const same = (texts: number[]): string => texts.map((n) => `${time(5)} line ${n}\n`).join('');
  await using server = await scripted(
    [
      (response) => response.write(same([1, 2]), () => response.destroy()),
      (response) => response.end(same([1, 2, 3]) + `${time(6)} line 4\n`),
    ],
    () =>
      server.urls.filter((url) => url.includes('/log')).length < 2
        ? pod({})
        : pod({phase: 'Succeeded', state: {terminated: {exitCode: 0}}}),
  );
  const {numbers, events} = await follow(server);
  expect(numbers).toEqual([1, 2, 3, 4]);
  expect(events.some(({type}) => type === 'gap')).toBe(false);
});

test('a gap that cannot be filled is marked', async () => {
  await using server = await scripted(
    [(response) => response.write(range(1, 10), () => response.destroy()), (response) => response.end(range(900, 910))],
    () =>
      server.urls.filter((url) => url.includes('/log')).length < 2
        ? pod({})
        : pod({phase: 'Succeeded', state: {terminated: {exitCode: 0}}}),
  );
  const {events} = await follow(server);
  const kinds = events.filter(({type}) => type !== 'state').map(({type}) => type);
  expect(kinds).toEqual(['lines', 'gap', 'lines', 'ended']);
  expect(events.find(({type}) => type === 'gap')).toMatchObject({after: time(10), before: time(900)});
});

test('a restarted container: the rest of the old log first, then the new instance', async () => {
  let instance = {id: 'one', restarts: 0};
  await using server = await scripted(
    [
      (response) => {
        instance = {id: 'two', restarts: 1};
        response.end(range(1, 5));
      },
      (response, url) => {
        expect(url.searchParams.get('previous')).toBe('true');
        response.end(range(1, 8));
      },
      (response) => response.end(range(9, 12)),
    ],
    () => (server.urls.filter((url) => url.includes('/log')).length < 3 ? pod(instance) : undefined),
  );
  const {events, numbers} = await follow(server);
  expect(events.some(({type}) => type === 'gap')).toBe(false);
  expect(numbers).toEqual(whole(1, 12));
  expect(events.filter(({type}) => type === 'restarted')).toEqual([{type: 'restarted', restarts: 1}]);
  expect(events.at(-1)).toEqual({type: 'ended', reason: 'the pod is gone'});
});

test('the log of an instance that has gone is a gap, not a line', async () => {
  let instance = {id: 'one', restarts: 0};
  await using server = await scripted(
    [
      (response) => {
        instance = {id: 'two', restarts: 1};
        response.end(range(1, 5));
      },
      (response) => response.end('unable to retrieve container logs for containerd://one'),
      (response) => response.end(range(9, 12)),
    ],
    () => (server.urls.filter((url) => url.includes('/log')).length < 3 ? pod(instance) : undefined),
  );
  const {events, numbers} = await follow(server);
  expect(numbers).toEqual([...whole(1, 5), ...whole(9, 12)]);
  expect(events.filter(({type}) => type === 'gap')).toHaveLength(1);
});

test('a crash-looping container is asked after, its old log is not read again and again', async () => {
  let looks = 0;
  await using server = await scripted([(response) => response.end(range(1, 5))], () => {
    looks += 1;
    return looks < 8 ? pod({state: {waiting: {reason: 'CrashLoopBackOff'}}}) : undefined;
  });
  const {events, numbers} = await follow(server);
  expect(numbers).toEqual(whole(1, 5));
  expect(server.urls.filter((url) => url.includes('/log'))).toHaveLength(1);
  expect(events.filter((event) => event.type === 'state' && event.reason === 'CrashLoopBackOff').length).toBeGreaterThan(2);
});

test('a server that is away is waited for with its reason', async () => {
  let up = false;
  await using server = await loopback({
    http: (request, response) => {
      if (!up) {
        up = true;
        return void response.writeHead(500).end(JSON.stringify({kind: 'Status', message: 'apiserver is shutting down', code: 500}));
      }
      if (request.url?.includes('/log') === true) return void response.end(range(1, 2));
      response.end(
        JSON.stringify(
          server.urls.some((url) => url.includes('/log')) ? pod({phase: 'Succeeded', state: {terminated: {exitCode: 0}}}) : pod({}),
        ),
      );
    },
  });
  const {events, numbers} = await follow(server);
  expect(events[0]).toEqual({type: 'state', phase: 'waiting', reason: 'apiserver is shutting down'});
  expect(numbers).toEqual([1, 2]);
});

test('aborting ends quietly', async () => {
  const stop = new AbortController();
  await using server = await scripted([(response) => void response.write(range(1, 3))], () => pod({}));
  const seen: string[] = [];
  for await (const event of followLog(server.client, {namespace: 'ns', pod: 'web'}, {signal: stop.signal})) {
    seen.push(event.type);
    if (event.type === 'lines') stop.abort();
  }
  expect(seen).toEqual(['state', 'lines']);
});

test('a reader that stops holds the server back', async () => {
  let sent = 0;
  await using server = await scripted(
    [
      (response) => {
        const block = Buffer.from(range(1, 2000));
        const more = (): void => {
          while (sent < 64 << 20) {
            sent += block.length;
            if (!response.write(block)) return void response.once('drain', more);
          }
          response.end();
        };
        more();
      },
    ],
    () => pod({}),
  );
  const stream = await openLog(server.client, {namespace: 'ns', pod: 'web', follow: true});
  const iterator = wholeLines(stream.body)[Symbol.asyncIterator]();
  await iterator.next();
  let before = -1;
  while (before !== sent) {
    before = sent;
    await new Promise((next) => setTimeout(next, 150));
  }
  expect(sent).toBeLessThan(24 << 20);
  stream.close();
});

test('blocks hold whole lines, whatever the chunks', async () => {
  const text = range(1, 50) + 'no end';
  for (const size of [1, 7, 64, 5000]) {
    const chunks = async function* (): AsyncGenerator<Buffer> {
      for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
    };
    const blocks: Buffer[] = [];
    for await (const block of wholeLines(chunks())) blocks.push(block);
    expect(Buffer.concat(blocks).toString()).toBe(text);
    expect(blocks.slice(0, -1).every((block) => block.at(-1) === 10)).toBe(true);
    expect(blocks.flatMap((block) => [...linesOf(block)])).toHaveLength(51);
  }
});

test('timestamps compare to the nanosecond and across zones', () => {
  expect(nanosecondsOf('2026-11-20T10:00:00.1Z')).toBe(nanosecondsOf('2026-11-20T12:00:00.100000000+02:00'));
  const [a, b] = [nanosecondsOf('2026-11-20T10:00:00.000000001Z'), nanosecondsOf('2026-11-20T10:00:00.000000002Z')];
  expect(a! < b!).toBe(true);
  expect(nanosecondsOf('yesterday')).toBeUndefined();
});

test('a pod tells whether its container may still write', () => {
  expect(standingOf(pod({}) as never, 'c').phase).toBe('runs');
  expect(standingOf(pod({state: {waiting: {reason: 'CrashLoopBackOff'}}}) as never, 'c')).toMatchObject({
    phase: 'waits',
    reason: 'CrashLoopBackOff',
  });
  expect(standingOf(pod({state: {terminated: {exitCode: 1}}, phase: 'Failed'}) as never, 'c').phase).toBe('over');
});
