// Ways to answer a request: right, wrong, half, late, or not at all.
import type {ServerResponse} from 'node:http';
import type {Http2ServerRequest} from 'node:http2';
import {gzipSync} from 'node:zlib';
import type {Status} from '../../../src/kube/types/object.ts';
import type {Answer, Exchange} from './server.ts';

type Headers = Readonly<Record<string, string>>;

const start = ({response}: Exchange, status: number, headers: Headers): ServerResponse =>
  (response as ServerResponse).writeHead(status, headers);

/** A JSON body. */
export const json =
  (body: unknown, status = 200, headers: Headers = {}): Answer =>
  (exchange) =>
    void start(exchange, status, {'content-type': 'application/json', ...headers}).end(JSON.stringify(body));

/** A body of any kind. */
export const text =
  (body: string | Buffer, status = 200, headers: Headers = {'content-type': 'text/plain'}): Answer =>
  (exchange) =>
    void start(exchange, status, headers).end(body);

/** A JSON body, compressed. */
export const gzipped =
  (body: unknown): Answer =>
  (exchange) =>
    void start(exchange, 200, {'content-type': 'application/json', 'content-encoding': 'gzip'}).end(gzipSync(JSON.stringify(body)));

/** A `Status` as the API server sends it. */
export const status = (
  code: number,
  reason: string,
  message: string,
  details: Status['details'] = {},
  headers: Headers = {},
): Answer =>
  json({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code}, code, headers);

/** 401 as the API server sends it. */
export const unauthorized = (): Answer => status(401, 'Unauthorized', 'Unauthorized');

/** "Come back in so many seconds", with 429 or 503. */
export const retryAfter = (code: 429 | 503, seconds: number): Answer =>
  status(
    code,
    code === 429 ? 'TooManyRequests' : 'ServiceUnavailable',
    'try again',
    {retryAfterSeconds: seconds},
    {'retry-after': String(seconds)},
  );

/** The connection ends before a byte of the answer. */
export const cutBeforeAnswer =
  (): Answer =>
  ({request, socket}) => {
    const {stream} = request as Http2ServerRequest;
    if (stream === undefined) socket.destroy();
    else stream.session?.destroy();
  };

/** The answer begins and the connection ends in the middle of it. */
export const cutBody =
  (body: string, afterBytes: number, headers: Headers = {}): Answer =>
  (exchange) => {
    const bytes = Buffer.from(body);
    const response = start(exchange, 200, {'content-type': 'application/json', 'content-length': String(bytes.length), ...headers});
    response.write(bytes.subarray(0, afterBytes), () => void cutBeforeAnswer()(exchange));
  };

/** A complete HTTP answer whose JSON stops in the middle. */
export const truncatedJson = (body: unknown, afterCharacters: number): Answer =>
  text(JSON.stringify(body).slice(0, afterCharacters), 200, {'content-type': 'application/json'});

/** Bytes that are no HTTP. */
export const garbage =
  (bytes = 'SSH-2.0-OpenSSH_9.2\r\n\0\x01\x02'): Answer =>
  ({socket}) =>
    void socket.end(bytes);

/** An HTTP/2 answer, and word that this connection takes no new requests. */
export const thenGoAway =
  (answer: Answer): Answer =>
  async (exchange) => {
    await answer(exchange);
    (exchange.request as Http2ServerRequest).stream?.session?.goaway();
  };

/** An answer that waits until the test lets it go. */
export const held = (answer: Answer): {readonly answer: Answer; readonly reached: Promise<void>; readonly release: () => void} => {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    release: () => released.resolve(),
    answer: async (exchange) => {
      reached.resolve();
      await released.promise;
      await answer(exchange);
    },
  };
};

/** No answer, ever. */
export const silence = (): Answer => () => undefined;

/** A body written piece by piece by the test: watch events, log lines, slow lists. */
export const controlled = (
  headers: Headers = {'content-type': 'application/json'},
): {
  readonly answer: Answer;
  readonly opened: Promise<void>;
  /** Resolves when the client has gone. */
  readonly closed: Promise<void>;
  readonly write: (piece: string | Buffer) => Promise<void>;
  readonly end: () => void;
  readonly cut: () => void;
} => {
  const exchange = Promise.withResolvers<Exchange>();
  const closed = Promise.withResolvers<void>();
  const response = async (): Promise<ServerResponse> => (await exchange.promise).response as ServerResponse;
  return {
    opened: exchange.promise.then(() => undefined),
    closed: closed.promise,
    answer: (given) => {
      start(given, 200, headers).flushHeaders();
      given.response.once('close', () => closed.resolve());
      exchange.resolve(given);
    },
    write: async (piece) => {
      const out = await response();
      await new Promise<void>((resolve) => {
        if (out.write(piece)) resolve();
        else out.once('drain', () => resolve());
      });
    },
    end: () => void response().then((out) => out.end()),
    cut: () => void exchange.promise.then((given) => cutBeforeAnswer()(given)),
  };
};
