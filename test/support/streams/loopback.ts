// A pretend API server on 127.0.0.1 for the stream tests: WebSocket endpoints and plain HTTP, scripted by each test.
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {Readable} from 'node:stream';
import {WebSocketServer, type WebSocket} from 'ws';
import {KdeckError} from '../../../src/base/errors.ts';
import type {KubeClient, KubeRequest} from '../../../src/kube/client.ts';
import {openSocket} from '../../../src/kube/streams/web-socket.ts';

export type Loopback = AsyncDisposable & {
  readonly client: KubeClient;
  /** URLs asked for, in order. */
  readonly urls: string[];
  readonly sockets: Set<WebSocket>;
};

export type Script = {
  readonly socket?: (socket: WebSocket, request: IncomingMessage) => void;
  readonly http?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Best first; v5 and v4 unless given. */
  readonly protocols?: readonly string[];
  /** Answers the upgrade with this instead. */
  readonly refuse?: {readonly status: number; readonly body: unknown};
};

/** An error with the status code, as the real client throws it. */
export class Refused extends KdeckError {
  readonly status: number;
  constructor(status: number, message: string) {
    super('KD-TEST-REFUSED', message);
    this.status = status;
  }
}

const messageIn = (body: Buffer): string => {
  try {
    return (JSON.parse(body.toString()) as {message?: string}).message ?? body.toString();
  } catch {
    return body.toString();
  }
};

const urlOf = (origin: string, {path, query}: KubeRequest): string => {
  const url = new URL(path, origin);
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(key, String(one));
  }
  return url.href;
};

export const loopback = async (script: Script): Promise<Loopback> => {
  const urls: string[] = [];
  const http = createServer((request, response) => {
    urls.push(request.url ?? '');
    if (script.http === undefined) response.writeHead(404).end();
    else script.http(request, response);
  });
  const supported = script.protocols ?? ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
  const wss = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => supported.find((protocol) => offered.has(protocol)) ?? false,
  });
  http.on('upgrade', (request, socket, head) => {
    urls.push(request.url ?? '');
    if (script.refuse !== undefined) {
      const body = JSON.stringify(script.refuse.body);
      socket.end(`HTTP/1.1 ${script.refuse.status} No\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      return;
    }
    wss.handleUpgrade(request, socket, head, (ws) => script.socket?.(ws, request));
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const {port} = http.address() as AddressInfo;

  const client: KubeClient = {
    server: `http://127.0.0.1:${port}`,
    clusterId: 'loopback',
    readonly: false,
    request: async (request) => {
      const answer = await fetch(urlOf(client.server, request), {signal: request.signal ?? null});
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.status >= 400) throw new Refused(answer.status, messageIn(bytes));
      return {status: answer.status, headers: {}, bytes, text: () => bytes.toString(), json: <T>() => JSON.parse(bytes.toString()) as T};
    },
    stream: async (request) => {
      const stop = new AbortController();
      const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal]);
      const answer = await fetch(urlOf(client.server, request), {signal});
      if (answer.status >= 400) throw new Refused(answer.status, messageIn(Buffer.from(await answer.arrayBuffer())));
      return {
        status: answer.status,
        headers: {},
        body: answer.body === null ? Readable.from([]) : Readable.fromWeb(answer.body as never),
        close: () => stop.abort(),
      };
    },
    connect: (request, protocols) =>
      openSocket({
        url: urlOf(client.server, request).replace('http', 'ws'),
        protocols,
        signal: request.signal,
        refused: (status, _headers, body) => new Refused(status, messageIn(body)),
      }),
    onWarning: () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
  return {
    client,
    urls,
    sockets: wss.clients as Set<WebSocket>,
    [Symbol.asyncDispose]: async () => {
      for (const socket of wss.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise<void>((done) => void http.close(() => done()));
    },
  };
};

/** Success, or a failure with an exit code, as the status channel says it. */
export const statusFrame = (exitCode: number): Buffer => {
  const status =
    exitCode === 0
      ? {metadata: {}, status: 'Success'}
      : {
          metadata: {},
          status: 'Failure',
          message: `command terminated with non-zero exit code: ${exitCode}`,
          reason: 'NonZeroExitCode',
          details: {causes: [{reason: 'ExitCode', message: String(exitCode)}]},
        };
  return Buffer.concat([Buffer.from([3]), Buffer.from(JSON.stringify(status))]);
};

/** Waits until a condition holds; fails after some seconds with the given words. */
export const until = async (condition: () => boolean, what: string): Promise<void> => {
  const end = Date.now() + 8_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((next) => setTimeout(next, 5));
  }
};
