// The HTTP/1.1 client against bytes as servers, proxies and bad luck send them.
import {createServer, connect, type AddressInfo, type Socket} from 'node:net';
import {expect, test} from 'vitest';
import {readAll} from './body.ts';
import {Http1Connection} from './http1.ts';
import {answerHead, requestHead} from './http1-head.ts';

type Asked = {readonly socket: Socket; readonly text: string};

/** A connection to a server that answers each request with what `answer` writes. */
const open = async (answer: (asked: Asked) => void) => {
  const requests: string[] = [];
  let here: Socket | undefined;
  const server = createServer((socket) => {
    here = socket;
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      requests.push(bytes.toString('latin1'));
      answer({socket, text: bytes.toString('latin1')});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const events: string[] = [];
  const gone = Promise.withResolvers<void>();
  const connection = new Http1Connection(
    socket,
    'api.test',
    () => void events.push('idle'),
    () => {
      events.push('gone');
      gone.resolve();
    },
  );
  return {
    connection,
    requests,
    events,
    gone: gone.promise,
    [Symbol.asyncDispose]: async () => {
      connection.destroy();
      here?.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const GET = {method: 'GET', path: '/x', headers: {}};

/** Writes text in pieces of a size, each in a turn of its own. */
const inPieces = (socket: Socket, text: string, size: number): void => {
  socket.setNoDelay(true);
  if (text === '') return;
  socket.write(text.slice(0, size), 'latin1', () => setImmediate(() => inPieces(socket, text.slice(size), size)));
};

const ANSWERS: readonly (readonly [string, string, string])[] = [
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello'],
  ['no body', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', ''],
  ['204 with a length', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n', ''],
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;name=value\r\nlo\r\n0\r\n\r\n', 'hello'],
  [
    'chunks and trailers',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n',
    '0123456789',
  ],
  ['a line break in a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n', '\r\n\r\n'],
  ['an early hint', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok', 'ok'],
  ['bare line feeds', 'HTTP/1.1 200 OK\ncontent-length: 2\n\nok', 'ok'],
];

test.each(ANSWERS)('%s, whole and byte by byte, twice on one connection', async (_name, bytes, body) => {
  for (const size of [bytes.length, 1, 7]) {
    await using both = await open(({socket}) => inPieces(socket, bytes, size));
    for (let time = 1; time <= 2; time++) {
      const answer = await both.connection.send(GET);
      expect((await readAll(answer.body)).toString()).toBe(body);
      expect(both.events).toEqual(Array.from({length: time}, () => 'idle'));
    }
    expect(both.requests[0]).toBe('GET /x HTTP/1.1\r\nhost: api.test\r\n\r\n');
  }
});

test('a body without a length ends with the connection, which is then gone', async () => {
  await using both = await open(({socket}) => socket.end('HTTP/1.1 200 OK\r\n\r\nall of it'));
  const answer = await both.connection.send(GET);
  expect((await readAll(answer.body)).toString()).toBe('all of it');
  expect(both.events).toEqual(['gone']);
});

test.each([
  ['connection: close', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok'],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok'],
  ['more than was asked for', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n'],
])('%s: no second request goes over the connection', async (_name, bytes) => {
  await using both = await open(({socket}) => socket.write(bytes));
  expect((await readAll((await both.connection.send(GET)).body)).toString()).toBe('ok');
  await both.gone;
  expect(both.events).toEqual(['gone']);
});

test.each([
  ['a length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
  ['chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
  ['a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nhalf'],
])('%s cut short is an error', async (_name, bytes) => {
  await using both = await open(({socket}) => socket.end(bytes));
  const answer = await both.connection.send(GET);
  await expect(readAll(answer.body)).rejects.toMatchObject({code: 'ECONNRESET', message: 'aborted'});
});

test.each([
  ['other words', 'SSH-2.0-OpenSSH_9.6\r\n', /malformed HTTP response: "SSH-2.0-OpenSSH_9.6"/],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', /two lengths/],
  ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n', /invalid length/],
  ['a header without a colon', 'HTTP/1.1 200 OK\r\nwhat\r\n\r\n', /invalid header line/],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', /unexpected change of protocol/],
  ['an endless head', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1100 * 1024)}`, /headers too long/],
])('%s instead of an answer is an error', async (_name, bytes, message) => {
  await using both = await open(({socket}) => socket.write(bytes));
  await expect(both.connection.send(GET)).rejects.toThrow(message);
  await both.gone;
});

test('a chunk whose length is no number breaks the body', async () => {
  await using both = await open(({socket}) => socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'));
  await expect(both.connection.send(GET).then(({body}) => readAll(body))).rejects.toThrow('invalid byte in chunk length');
});

test('a server that closes says whether it had begun to answer', async () => {
  await using before = await open(({socket}) => socket.end());
  await expect(before.connection.send(GET)).rejects.toMatchObject({code: 'ECONNRESET', heard: false});
  await using within = await open(({socket}) => socket.end('HTTP/1.1 2'));
  await expect(within.connection.send(GET)).rejects.toMatchObject({code: 'ECONNRESET', heard: true});
});

test('a reader that is slow holds the server back, and gets everything', async () => {
  const size = 32 * 1024 * 1024;
  let sent: Promise<void> | undefined;
  let drained = false;
  await using both = await open(({socket}) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`);
    sent = new Promise((resolve) => {
      socket.write(Buffer.alloc(size), () => {
        drained = true;
        resolve();
      });
    });
  });
  const {body} = await both.connection.send(GET);
  // The kernel takes some megabytes; a whole turn of reads on both sides must not take it all.
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(drained).toBe(false);
  expect(body.readableLength).toBeLessThan(1024 * 1024);
  expect((await readAll(body)).length).toBe(size);
  await sent;
});

test('a body that is thrown away ends the connection; so does an abort, with its reason', async () => {
  await using both = await open(({socket}) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
  (await both.connection.send(GET)).body.destroy();
  await both.gone;
  await using other = await open(({socket}) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
  const stop = new AbortController();
  const {body} = await other.connection.send({...GET, signal: stop.signal});
  stop.abort(new Error('enough'));
  await expect(readAll(body)).rejects.toThrow('enough');
  await other.gone;
});

test('a request carries its body with its length in bytes, and repeated headers', () => {
  const request = {method: 'PATCH', path: '/a?b=%20', headers: {'X-A': ['1', '2'], accept: 'application/json'}};
  expect(requestHead({...request, body: 'ä'}, 'h:1')).toBe(
    'PATCH /a?b=%20 HTTP/1.1\r\nhost: h:1\r\nx-a: 1\r\nx-a: 2\r\naccept: application/json\r\ncontent-length: 2\r\n\r\n',
  );
  expect(requestHead(request, 'h')).toContain('content-length: 0\r\n');
  expect(requestHead({...request, method: 'DELETE'}, 'h')).not.toContain('content-length');
});

test.each([
  {method: 'GET', path: '/a b', headers: {}},
  {method: 'GET', path: '/a\r\nx: y', headers: {}},
  {method: 'GET\r\n', path: '/', headers: {}},
  {method: 'GET', path: '/', headers: {authorization: 'Bearer a\nx: y'}},
  {method: 'GET', path: '/', headers: {'a: b\r\nc': 'd'}},
])('nothing in a request can become another line: $path $headers', (request) => {
  expect(() => requestHead(request, 'h')).toThrow('Invalid character');
});

test('headers that may be repeated are joined, others keep their first value', () => {
  const {headers} = answerHead(
    'HTTP/1.1 200 OK\r\nWarning: 299 - "a"\r\nwarning: 299 - "b"\r\nContent-Type: a/b\r\ncontent-type: c/d\r\nSet-Cookie: x\r\nset-cookie: y',
    'GET',
  );
  expect(headers['warning']).toBe('299 - "a", 299 - "b"');
  expect(headers['content-type']).toBe('a/b');
  expect(headers['set-cookie']).toEqual(['x', 'y']);
});
