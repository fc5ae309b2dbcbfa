// A pretend API server on 127.0.0.1 for the stream tests: WebSocket endpoints and plain HTTP, scripted by each test.
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {WebSocketServer, type WebSocket} from 'ws';
import type {KubeClient} from '../../../src/kube/client.ts';
import {openClient} from '../../../src/kube/open-client.ts';

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
      socket.end(
        `HTTP/1.1 ${script.refuse.status} No\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      return;
    }
    wss.handleUpgrade(request, socket, head, (ws) => script.socket?.(ws, request));
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const {port} = http.address() as AddressInfo;

  const client = openClient(
    {
      contextName: '',
      clusterName: 'loopback',
      userName: '',
      namespace: 'default',
      namespaceExplicit: false,
      cluster: {server: `http://127.0.0.1:${port}`},
      user: {},
      userFile: '',
    },
    {transport: 'once', env: {}},
  );
  return {
    client,
    urls,
    sockets: wss.clients,
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
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
export const until = async (condition: () => boolean | Promise<boolean>, what: string, milliseconds = 8_000): Promise<void> => {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((next) => setTimeout(next, 10));
  }
};
