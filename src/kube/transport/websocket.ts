// Opens WebSockets through the same dialer as requests, and reads the server's refusal when it does not upgrade.
import type {IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import {WebSocket, type RawData} from 'ws';
import type {KubeSocket} from '../client.ts';
import {statusErrorOf} from '../status-error.ts';
import {keepBeating} from '../streams/heartbeat.ts';
import {readAll} from './body.ts';
import {ConnectionError, connectionErrorOf} from './connection-error.ts';
import {deadlineOf} from './deadline.ts';
import {Dialer} from './dial.ts';
import type {ServerTarget} from './server-target.ts';
import type {ClientCertificate, WireHeaders} from './wire.ts';

/** One upgrade request. */
export type SocketRequest = {
  readonly target: ServerTarget;
  /** Path to send, with prefix and query. */
  readonly path: string;
  /** Path without prefix and query, for messages. */
  readonly apiPath: string;
  readonly headers: WireHeaders;
  readonly certificate: ClientCertificate | undefined;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
};

// Sending goes on while less than this waits in the socket.
const SEND_BUFFER = 1 << 20;

/** An open socket. Rejects with `StatusError` when the server refuses the upgrade. */
export const openWebSocket = async (request: SocketRequest, protocols: readonly string[]): Promise<KubeSocket> => {
  const {target} = request;
  const deadline = deadlineOf(request.timeout, request.signal);
  let raw: Socket | undefined;
  try {
    deadline.signal?.throwIfAborted();
    const dialled = (raw = await new Dialer(target).dial(request.certificate, ['http/1.1']));
    const socket = new WebSocket(
      `${target.url.protocol === 'https:' ? 'wss' : 'ws'}://${target.url.host}${request.path}`,
      [...protocols],
      {
        createConnection: () => dialled,
        headers: request.headers as Record<string, string>,
        perMessageDeflate: false,
        skipUTF8Validation: true,
        maxPayload: 0,
      },
    );
    const inbox = inboxOf(socket);
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        reject(deadline.signal?.reason as Error);
        socket.terminate();
      };
      deadline.signal?.addEventListener('abort', abort, {once: true});
      socket.once('open', resolve);
      socket.once('error', (error) => reject(deadline.signal?.aborted ? error : connectionErrorOf(error, target.hostText)));
      socket.once('unexpected-response', (_sent, answer: IncomingMessage) => {
        refusalOf(answer, request).then(reject, reject);
      });
    });
    if (protocols.length > 0 && !protocols.includes(socket.protocol)) {
      socket.terminate();
      throw new ConnectionError(
        'KD-STREAM-PROTOCOL',
        `Unable to connect to the server: unable to upgrade: no protocol of ${protocols.join(', ')} accepted`,
        'no protocol accepted',
      );
    }
    keepBeating(socket);
    return kubeSocketOf(socket, inbox, request.signal);
  } catch (error) {
    // A refused upgrade leaves the connection open, which would keep the process alive.
    raw?.destroy();
    throw error;
  } finally {
    deadline.release();
  }
};

const refusalOf = async (answer: IncomingMessage, request: SocketRequest): Promise<Error> => {
  const body = await readAll(answer, 1024 * 1024);
  return statusErrorOf(answer.statusCode ?? 0, body, answer.headers['content-type'], {method: 'GET', path: request.apiPath});
};

type Listeners = {readonly message: ((data: Buffer) => void)[]; readonly close: ((code: number, reason: string) => void)[]};

/** What arrived before anybody listened: the first frames may come in with the upgrade itself. */
type Inbox = Listeners & {readonly early: Buffer[]; closed: {readonly code: number; readonly reason: string} | undefined};

const inboxOf = (socket: WebSocket): Inbox => {
  const inbox: Inbox = {message: [], close: [], early: [], closed: undefined};
  socket.on('message', (data: RawData) => {
    const bytes = toBuffer(data);
    if (inbox.message.length === 0) inbox.early.push(bytes);
    for (const listener of inbox.message) listener(bytes);
  });
  socket.on('close', (code: number, reason: Buffer) => {
    inbox.closed = {code, reason: reason.toString('utf8')};
    for (const listener of inbox.close) listener(code, inbox.closed.reason);
  });
  return inbox;
};

const toBuffer = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

const kubeSocketOf = (socket: WebSocket, inbox: Inbox, signal: AbortSignal | undefined): KubeSocket => {
  // After opening, errors end in `close` with code 1006; the listener keeps them from ending the program.
  socket.on('error', () => undefined);
  const abort = (): void => socket.terminate();
  signal?.addEventListener('abort', abort, {once: true});
  socket.on('close', () => signal?.removeEventListener('abort', abort));
  return {
    protocol: socket.protocol,
    send: (data) =>
      new Promise((resolve) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        const isFull = socket.bufferedAmount > SEND_BUFFER;
        socket.send(data, {binary: true}, () => {
          if (isFull) resolve();
        });
        if (!isFull) resolve();
      }),
    onMessage: (listener) => {
      for (const message of inbox.early.splice(0)) listener(message);
      inbox.message.push(listener);
    },
    onClose: (listener) => {
      if (inbox.closed === undefined) inbox.close.push(listener);
      else listener(inbox.closed.code, inbox.closed.reason);
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => {
      // A paused socket would never read the other side's farewell.
      if (socket.isPaused) socket.terminate();
      else socket.close(1000);
    },
  };
};
