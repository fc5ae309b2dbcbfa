// The client against a server that misbehaves, over both transports.
import type {IncomingMessage} from 'node:http';
import {describe, expect, test, vi} from 'vitest';
import {
  controlled,
  cutBeforeAnswer,
  cutBody,
  garbage,
  gzipped,
  held,
  json,
  retryAfter,
  silence,
  status,
  text,
  thenGoAway,
  truncatedJson,
  unauthorized,
} from '../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../test/support/wire-faults/client.ts';
import {startGoodbyeServer} from '../../test/support/wire-faults/goodbye.ts';
import {startFaultyServer} from '../../test/support/wire-faults/server.ts';
import {messageOf} from '../base/errors.ts';
import {StatusError} from './status-error.ts';
import {ConnectionError} from './transport/connection-error.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const PODS = '/api/v1/namespaces/default/pods';
const failure = async (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('expected a failure');
    },
    (error: unknown) => error as Error,
  );

describe.each([
  {name: 'one-shot over HTTP/1.1', transport: 'once', http2: false},
  {name: 'session over HTTP/1.1', transport: 'live', http2: false},
  {name: 'session over HTTP/2', transport: 'live', http2: true},
] as const)('$name', ({transport, http2}) => {
  const open = async () => {
    const server = await startFaultyServer({http2});
    const client = await clientFor(server.kubeconfig({token: 'secret'}), {transport});
    return {
      server,
      client,
      [Symbol.asyncDispose]: async () => {
        await client[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  };

  test('sends method, query, headers and body, and reads the answer', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, json({kind: 'Pod'}, 201));
    const answer = await client.request({
      method: 'POST',
      path: PODS,
      query: {fieldManager: 'a b', dryRun: ['All'], absent: undefined, labelSelector: 'a in (b,c)'},
      headers: {'x-test': 'yes'},
      body: {metadata: {name: 'x'}},
    });
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual({kind: 'Pod'});
    const [seen] = server.requests;
    expect(seen?.url).toBe(`${PODS}?dryRun=All&fieldManager=a+b&labelSelector=a+in+%28b%2Cc%29`);
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'content-type': 'application/json',
      accept: 'application/json',
      'x-test': 'yes',
    });
    expect(seen?.headers['user-agent']).toMatch(/^kubectl\/v\d+\.\d+\.\d+ \(\w+\/\w+\) /);
    expect(seen?.body).toBe('{"metadata":{"name":"x"}}');
    expect(seen?.httpVersion).toBe(http2 ? '2.0' : '1.1');
  });

  test('keeps its connection for requests in a row', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, json({}));
    for (let n = 0; n < 6; n++) await client.request({path: PODS});
    expect(server.requests).toHaveLength(6);
    // undici frees an HTTP/1.1 connection a moment after the answer's end, so a second one may open.
    expect(server.connections).toBeLessThanOrEqual(transport === 'live' && !http2 ? 2 : 1);
  });

  test('makes the Status of a refusal into an error', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(
      PODS,
      status(
        403,
        'Forbidden',
        'pods is forbidden: User "u" cannot list resource "pods" in API group "" in the namespace "default"',
        {kind: 'pods'},
      ),
    );
    const error = await failure(client.request({path: PODS}));
    expect(error).toBeInstanceOf(StatusError);
    expect(error).toMatchObject({
      code: 'KD-SERVER-FORBIDDEN',
      httpStatus: 403,
      reason: 'Forbidden',
      tryThis: ['kubectl auth can-i list pods -n default'],
    });
  });

  test('waits as told by 429 and 503 and tries again', async () => {
    await using both = await open();
    const {server, client} = both;
    server.next(PODS, retryAfter(429, 0), retryAfter(503, 0)).always(PODS, json({ok: true}));
    expect((await client.request({path: PODS})).json()).toEqual({ok: true});
    expect(server.requests).toHaveLength(3);
  });

  test('gives up after ten more tries', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, retryAfter(503, 0));
    expect(await failure(client.request({path: PODS, method: 'PATCH', body: {}}))).toMatchObject({
      code: 'KD-SERVER-SERVICE-UNAVAILABLE',
    });
    expect(server.requests).toHaveLength(11);
  });

  test('does not repeat a failure without Retry-After', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, status(500, 'InternalError', 'etcd is gone'));
    expect(messageOf(await failure(client.request({path: PODS})))).toBe('etcd is gone');
    expect(server.requests).toHaveLength(1);
  });

  test('a token that cannot change is not tried twice', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, unauthorized());
    expect(await failure(client.request({path: PODS}))).toMatchObject({code: 'KD-SERVER-UNAUTHORIZED', message: 'Unauthorized'});
    expect(server.requests).toHaveLength(1);
  });

  test('repeats a GET whose connection was cut, and no POST', async () => {
    await using both = await open();
    const {server, client} = both;
    server.next(PODS, cutBeforeAnswer()).always(PODS, json({ok: true}));
    expect((await client.request({path: PODS})).json()).toEqual({ok: true});
    server.next(PODS, cutBeforeAnswer());
    const error = await failure(client.request({method: 'POST', path: PODS, body: {}}));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({code: 'KD-CONNECTION-CUT', cut: true});
    expect(server.seen((seen) => seen.method === 'POST')).toHaveLength(1);
  });

  test('an answer cut in the middle is an error, never a short answer', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, cutBody('{"items":[1,2,3,4,5,6]}', 12));
    expect(await failure(client.request({path: PODS}))).toMatchObject({
      code: 'KD-ANSWER-BROKEN',
      message: 'unexpected error when reading response body. Please retry. Original error: unexpected EOF',
    });
  });

  test('JSON that stops in the middle fails to parse', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, truncatedJson({items: [1, 2, 3]}, 9));
    const answer = await client.request({path: PODS});
    expect(() => answer.json()).toThrow(SyntaxError);
    expect(answer.text()).toBe('{"items":');
  });

  test('bytes that are no HTTP are an error', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, http2 ? cutBeforeAnswer() : garbage());
    expect(await failure(client.request({method: 'DELETE', path: PODS}))).toBeInstanceOf(ConnectionError);
  });

  test('a time limit ends a request, with kubectl words', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, silence());
    expect(await failure(client.request({path: PODS, timeout: 50}))).toMatchObject({
      code: 'KD-CONNECTION-TIMEOUT',
      message: 'Unable to connect to the server: context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    });
  });

  test('an abort ends a request with its own reason', async () => {
    await using both = await open();
    const {server, client} = both;
    const late = held(json({}));
    server.always(PODS, late.answer);
    const stop = new AbortController();
    const reason = new Error('changed my mind');
    const asked = failure(client.request({path: PODS, signal: stop.signal}));
    await late.reached;
    stop.abort(reason);
    expect(await asked).toBe(reason);
  });

  test('reads compressed answers', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, gzipped({items: ['long '.repeat(1000)]}));
    expect((await client.request({path: PODS})).json<{items: string[]}>().items[0]).toHaveLength(5000);
  });

  test('tells each warning once', async () => {
    await using both = await open();
    const {server, client} = both;
    const heard: string[] = [];
    client.onWarning((warning) => heard.push(warning));
    server.always(
      PODS,
      json({}, 200, {warning: '299 - "v1 ComponentStatus is deprecated in v1.19+", 299 - "say \\"hi\\", twice"'}),
    );
    await client.request({path: PODS});
    await client.request({path: PODS});
    expect(heard).toEqual(['v1 ComponentStatus is deprecated in v1.19+', 'say "hi", twice']);
  });

  test('a stream gives pieces as they come and ends when closed', async () => {
    await using both = await open();
    const {server, client} = both;
    const body = controlled();
    server.always(PODS, body.answer);
    const stream = await client.stream({path: PODS, query: {watch: true}, timeout: 5000});
    const pieces = stream.body[Symbol.asyncIterator]();
    await body.write('{"type":"ADDED"}\n');
    expect((await pieces.next()).value?.toString()).toBe('{"type":"ADDED"}\n');
    await body.write('{"type":"DELETED"}\n');
    expect((await pieces.next()).value?.toString()).toBe('{"type":"DELETED"}\n');
    stream.close();
    stream.close();
    await body.closed;
    expect((await pieces.next()).done).toBe(true);
  });

  test('a stream that is cut throws', async () => {
    await using both = await open();
    const {server, client} = both;
    const body = controlled();
    server.always(PODS, body.answer);
    const stream = await client.stream({path: PODS});
    const read = failure(
      (async () => {
        for await (const piece of stream.body) expect(piece.toString()).toBe('one\n');
      })(),
    );
    await body.write('one\n');
    body.cut();
    expect(await read).toMatchObject({code: 'KD-ANSWER-BROKEN', cut: true});
  });

  test('a stream ends normally with its answer', async () => {
    await using both = await open();
    const {server, client} = both;
    server.always(PODS, text('a\nb\n'));
    const stream = await client.stream({path: PODS});
    let all = '';
    for await (const piece of stream.body) all += piece.toString();
    expect(all).toBe('a\nb\n');
  });

  test('an aborted stream throws the reason of its signal', async () => {
    await using both = await open();
    const {server, client} = both;
    const body = controlled();
    server.always(PODS, body.answer);
    const stop = new AbortController();
    const stream = await client.stream({path: PODS, signal: stop.signal});
    const read = failure(
      (async () => {
        for await (const piece of stream.body) void piece;
      })(),
    );
    const reason = new Error('context changed');
    stop.abort(reason);
    expect(await read).toBe(reason);
    await body.closed;
  });
});

test('a server that says goodbye over HTTP/2 loses no request', async () => {
  await using server = await startFaultyServer({http2: true});
  await using client = await clientFor(server.kubeconfig(), {transport: 'live'});
  const watch = controlled();
  server
    .always('/watch', watch.answer)
    .next(PODS, thenGoAway(json({n: 1})))
    .always(PODS, json({n: 2}));
  const stream = await client.stream({path: '/watch'});
  const pieces = stream.body[Symbol.asyncIterator]();
  expect((await client.request({path: PODS})).json()).toEqual({n: 1});
  // The next request finds a new connection, and the old watch goes on over the old one.
  expect((await client.request({path: PODS})).json()).toEqual({n: 2});
  await watch.write('still here');
  expect((await pieces.next()).value?.toString()).toBe('still here');
  stream.close();
  expect(server.connections).toBe(2);
});

test('a request the server did not look at because it said goodbye is sent again, whatever it does', async () => {
  await using server = await startGoodbyeServer(4);
  await using client = await clientFor(
    JSON.stringify({
      'current-context': 'a',
      contexts: [{name: 'a', context: {cluster: 'c'}}],
      clusters: [{name: 'c', cluster: server.cluster}],
    }),
    {transport: 'live'},
  );
  expect((await client.request({method: 'POST', path: PODS, body: {}})).status).toBe(200);
  expect(server).toMatchObject({turnedAway: 4, answered: 1});
});

test('thirty watches share one HTTP/2 connection, and the hundred and first does not wait', async () => {
  await using server = await startFaultyServer({http2: true});
  await using client = await clientFor(server.kubeconfig(), {transport: 'live'});
  server.always(/^\/watch/, text('open'));
  const watch = {watch: '1'};
  const one = controlled();
  server.always('/first', one.answer);
  const first = await client.stream({path: '/first'});
  const streams = await Promise.all(Array.from({length: 120}, (_, n) => client.stream({path: `/watch/${n}`, query: watch})));
  expect(streams).toHaveLength(120);
  for (const stream of [first, ...streams]) stream.close();
  // The first question has one of its own; the API server allows 100 streams on each of the others.
  expect(server.connections).toBeLessThanOrEqual(3);
});

test('the connections of the first questions are let go once a watch has opened the one that stays', async () => {
  await using server = await startFaultyServer({http2: true});
  await using client = await clientFor(server.kubeconfig(), {transport: 'live'});
  server.always(/^\/list/, json({ok: true}));
  server.always(/^\/watch/, text('open'));
  await client.request({path: '/list/1'});
  await client.request({path: '/list/2'});
  const watch = await client.stream({path: '/watch/1', query: {watch: '1'}});
  await expect.poll(() => server.open).toBe(1);
  watch.close();
});

test('many questions at once need few connections', async () => {
  await using server = await startFaultyServer({http2: true});
  await using client = await clientFor(server.kubeconfig(), {transport: 'live'});
  server.always(/^\/list/, json({ok: true}));
  const answers = await Promise.all(Array.from({length: 40}, (_, n) => client.request({path: `/list/${n}`})));
  for (const answer of answers) expect(answer.json()).toEqual({ok: true});
  // Six of the first screen's, and what the rest shares.
  expect(server.connections).toBeLessThanOrEqual(8);
});

test('the prefix of the server URL stands before every path', async () => {
  await using server = await startFaultyServer({tls: false});
  server.always('/k8s/clusters/c-1/api/v1/pods', json({ok: true}));
  await using client = await clientFor(server.kubeconfig({}, {server: `${server.url}/k8s/clusters/c-1`}));
  expect((await client.request({path: '/api/v1/pods'})).json()).toEqual({ok: true});
});

test('no secret goes over plain http', async () => {
  await using server = await startFaultyServer({tls: false});
  server.always(PODS, json({}));
  await using client = await clientFor(server.kubeconfig({token: 'secret', as: 'jane'}));
  await client.request({path: PODS});
  expect(server.requests[0]?.headers).toMatchObject({'impersonate-user': 'jane'});
  expect(server.requests[0]?.headers['authorization']).toBeUndefined();
});

test.each(['once', 'live'] as const)('impersonation sends user, groups, uid and escaped extra keys over %s', async (transport) => {
  await using server = await startFaultyServer({http2: true});
  // Each value is a header of its own: joined, two groups would be one group of another name.
  const raw: string[][] = [];
  server.always(PODS, (exchange) => {
    raw.push((exchange.request as IncomingMessage).rawHeaders);
    return json({})(exchange);
  });
  const overrides = {
    as: 'jane',
    asUid: '7',
    asGroup: ['a', 'b'],
    asUserExtra: ['example.com/role=x', 'scopes=1', 'scopes=2', 'ignored'],
  };
  await using client = await clientFor(server.kubeconfig(), {transport}, overrides);
  await client.request({path: PODS});
  const pairs = (raw[0] ?? []).flatMap((name, n, all) => (n % 2 === 0 ? [`${name.toLowerCase()}: ${all[n + 1]}`] : []));
  expect(pairs.filter((pair) => pair.startsWith('impersonate-'))).toEqual([
    'impersonate-user: jane',
    'impersonate-uid: 7',
    'impersonate-group: a',
    'impersonate-group: b',
    'impersonate-extra-example.com%2frole: x',
    'impersonate-extra-scopes: 1',
    'impersonate-extra-scopes: 2',
  ]);
});

test('the same server and authority give the same cluster id', async () => {
  await using server = await startFaultyServer();
  await using other = await startFaultyServer();
  const ids = await Promise.all([server, server, other].map(async (one) => (await clientFor(one.kubeconfig())).clusterId));
  expect(ids[0]).toBe(ids[1]);
  expect(ids[0]).not.toBe(ids[2]);
  expect(ids[0]).toMatch(/^127\.0\.0\.1_\d+_[0-9a-f]{12}$/);
});
