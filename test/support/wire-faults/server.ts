// A loopback API server that misbehaves on purpose: HTTP/1.1 or HTTP/2, with or without TLS, answering as the test says.
// It needs no root, no openssl and no free port of its own choosing.
import {once} from 'node:events';
import {createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {createSecureServer, type Http2ServerRequest, type Http2ServerResponse} from 'node:http2';
import {createServer as createTlsServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {TLSSocket} from 'node:tls';
import {WebSocketServer, type WebSocket} from 'ws';
import {issue, makeAuthority, type Certificate} from '../cluster/certificates.ts';

/** One request as it came in. */
export type Seen = {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Number of the connection it came on, from 1. */
  readonly connection: number;
  /** Common name of the client's certificate; empty without one. */
  readonly clientName: string;
  readonly httpVersion: string;
};

/** What an answer may touch. */
export type Exchange = {
  readonly seen: Seen;
  readonly request: IncomingMessage | Http2ServerRequest;
  readonly response: ServerResponse | Http2ServerResponse;
  readonly socket: Socket;
};

/** One way to answer, good or bad; see `answers.ts`. */
export type Answer = (exchange: Exchange) => void | Promise<void>;

/** Which requests an answer is for: a path, a pattern on path and query, or a test. */
export type Which = string | RegExp | ((seen: Seen) => boolean);

export type FaultyServerOptions = {
  /** TLS unless false. */
  readonly tls?: boolean;
  /** Offer HTTP/2 beside HTTP/1.1. */
  readonly http2?: boolean;
  /** Names in the server's certificate; 127.0.0.1 and localhost unless given. */
  readonly serves?: readonly string[];
  /** Seconds the certificate is good for; negative for one that has ended. */
  readonly validSeconds?: number;
  /** Ask for client certificates of this server's own authority; see `clientCertificate`. */
  readonly asksForCertificate?: boolean;
};

/** A running server; `await using` ends it. */
export class FaultyServer implements AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly authority: Certificate;
  readonly requests: Seen[] = [];
  /** Connections opened so far. */
  connections = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  /** Connections that are open now. */
  get open(): number {
    return this.sockets.size;
  }

  private readonly numbers = new WeakMap<object, number>();
  private readonly once: {readonly which: Which; readonly answer: Answer}[] = [];
  private readonly standing: {readonly which: Which; readonly answer: Answer}[] = [];
  private readonly upgrades: {readonly which: Which; readonly open: (socket: WebSocket, seen: Seen) => void}[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(server: Server, url: string, port: number, authority: Certificate) {
    this.server = server;
    this.url = url;
    this.port = port;
    this.authority = authority;
  }

  /** PEM of the authority that signed this server. */
  get ca(): string {
    return this.authority.certificate;
  }

  /** Answers every matching request; later calls win over earlier ones. */
  always(which: Which, answer: Answer): this {
    this.standing.unshift({which, answer});
    return this;
  }

  /** Answers the next matching requests, one answer each, before any standing answer. */
  next(which: Which, ...answers: readonly Answer[]): this {
    for (const answer of answers) this.once.push({which, answer});
    return this;
  }

  /** Accepts WebSockets on a path; other upgrades get the answer of `always`/`next`. */
  upgrade(which: Which, open: (socket: WebSocket, seen: Seen) => void): this {
    this.upgrades.unshift({which, open});
    return this;
  }

  /** Requests that match. */
  seen(which: Which): Seen[] {
    return this.requests.filter((one) => matches(which, one));
  }

  /** Resolves with the requests as soon as `count` of them matched. */
  async waitFor(which: Which, count = 1): Promise<Seen[]> {
    for (;;) {
      const found = this.seen(which);
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** A client certificate this server trusts. */
  clientCertificate(commonName: string): Certificate {
    return issue(this.authority, {commonName});
  }

  /** A kubeconfig for this server; `user` is the user stanza. */
  kubeconfig(user: unknown = {}, cluster: Readonly<Record<string, unknown>> = {}): string {
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'faulty',
      contexts: [{name: 'faulty', context: {cluster: 'faulty', user: 'tester'}}],
      clusters: [
        {
          name: 'faulty',
          cluster: {
            server: this.url,
            ...(this.url.startsWith('https') ? {'certificate-authority-data': Buffer.from(this.ca).toString('base64')} : {}),
            ...cluster,
          },
        },
      ],
      users: [{name: 'tester', user}],
    });
  }

  /** Cuts every open connection. */
  cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cutAll();
    await closed;
  }

  /** Wires the server's events; called once by `startFaultyServer`. */
  listen(): void {
    this.server.on('connection', (socket: Socket) => this.track(socket));
    // HTTP/2 sessions and TLS sockets wrap the raw one; each event carries the socket requests will name.
    this.server.on('secureConnection', (socket: TLSSocket) => this.number(socket));
    this.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.handle(request, response);
    });
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.handleUpgrade(request, socket, head),
    );
    this.server.on('tlsClientError', () => undefined);
    this.server.on('clientError', (_error, socket: Duplex) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
  }

  private track(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    this.connections++;
    this.numbers.set(socket, this.connections);
  }

  private number(socket: Socket): void {
    socket.on('error', () => undefined);
    this.numbers.set(socket, this.connections);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const seen = this.note(request, Buffer.concat(chunks).toString('utf8'));
    await this.answerFor(seen)({seen, request, response, socket: request.socket});
  }

  private handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const seen = this.note(request, '');
    const found = this.upgrades.find(({which}) => matches(which, seen));
    if (found !== undefined) {
      const server = new WebSocketServer({noServer: true, perMessageDeflate: false});
      server.handleUpgrade(request, socket, head, (open) => found.open(open, seen));
      return;
    }
    // Not an upgrade after all: answered like any request, over the bare socket.
    const raw = new RawResponse(socket);
    void this.answerFor(seen)({seen, request, response: raw as unknown as ServerResponse, socket: socket as Socket});
  }

  private note(request: IncomingMessage, body: string): Seen {
    const socket = ((request as unknown as Http2ServerRequest).stream?.session?.socket ?? request.socket) as TLSSocket;
    const url = request.url ?? '/';
    const at = url.indexOf('?');
    const peer = typeof socket.getPeerCertificate === 'function' ? socket.getPeerCertificate() : undefined;
    const seen: Seen = {
      method: request.method ?? '',
      url,
      path: at < 0 ? url : url.slice(0, at),
      query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)),
      headers: request.headers,
      body,
      connection: this.numbers.get(socket) ?? this.connections,
      clientName: String(peer?.subject?.CN ?? ''),
      httpVersion: request.httpVersion,
    };
    this.requests.push(seen);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
    return seen;
  }

  private answerFor(seen: Seen): Answer {
    const at = this.once.findIndex(({which}) => matches(which, seen));
    if (at >= 0) return (this.once.splice(at, 1)[0] as {answer: Answer}).answer;
    return this.standing.find(({which}) => matches(which, seen))?.answer ?? notFound;
  }
}

/** A bare HTTP/1.1 answer over a socket whose request asked for an upgrade. */
class RawResponse {
  private readonly socket: Duplex;

  constructor(socket: Duplex) {
    this.socket = socket;
  }

  writeHead(status: number, headers: Readonly<Record<string, string>> = {}): this {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.socket.write(`HTTP/1.1 ${status} No\r\nConnection: close\r\n${lines.join('')}\r\n`);
    return this;
  }

  end(body = ''): void {
    this.socket.end(body);
  }
}

const matches = (which: Which, seen: Seen): boolean =>
  typeof which === 'string' ? seen.path === which : which instanceof RegExp ? which.test(seen.url) : which(seen);

const notFound: Answer = ({seen, response}) => {
  (response as ServerResponse).writeHead(404, {'content-type': 'text/plain'});
  (response as ServerResponse).end(`404 page not found: ${seen.path}\n`);
};

/** Starts a server on a free port of 127.0.0.1. */
export const startFaultyServer = async (options: FaultyServerOptions = {}): Promise<FaultyServer> => {
  const authority = makeAuthority('faulty-ca');
  const server = listener(options, authority);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  const faulty = new FaultyServer(server, `${options.tls === false ? 'http' : 'https'}://127.0.0.1:${port}`, port, authority);
  faulty.listen();
  return faulty;
};

const listener = (options: FaultyServerOptions, authority: Certificate): Server => {
  if (options.tls === false) return createPlainServer();
  const own = issue(authority, {
    commonName: 'faulty',
    serves: options.serves ?? ['127.0.0.1', 'localhost'],
    ...(options.validSeconds === undefined ? {} : {validSeconds: options.validSeconds}),
  });
  const tls = {
    cert: own.certificate,
    key: own.key,
    ca: authority.certificate,
    requestCert: options.asksForCertificate === true,
    rejectUnauthorized: options.asksForCertificate === true,
  };
  return options.http2 === true ? (createSecureServer({...tls, allowHTTP1: true}) as unknown as Server) : createTlsServer(tls);
};
