// Opens a WebSocket to an API server and gives it the shape the streams use: one message at a time, both directions held back.
import type {Agent} from 'node:http';
import type {ClientOptions} from 'ws';
import {KdeckError} from '../../base/errors.ts';
import type {KubeSocket} from '../client.ts';

/** Where and how to open a socket. */
export type SocketTarget = {
  /** `wss://...` or `ws://...` with path and query. */
  readonly url: string;
  readonly protocols: readonly string[];
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** TLS settings such as `ca`, `cert`, `key`, `servername`, `rejectUnauthorized`. */
  readonly tls?: ClientOptions | undefined;
  /** Carries the connection through a proxy. */
  readonly agent?: Agent | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Turns an answer that is no upgrade into the error to throw; its body is the server's own words. */
  readonly refused: (status: number, headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer) => Error;
};

const PING_EVERY = 5_000;
const SILENT_FOR = 60_000;
const ROOM = 1 << 20;

/** Opens the socket. Messages that arrive before somebody listens are kept. */
export const openSocket = async (target: SocketTarget): Promise<KubeSocket> => {
  const {WebSocket} = await import('ws');
  target.signal?.throwIfAborted();
  const socket = new WebSocket(target.url, [...target.protocols], {
    ...target.tls,
    ...(target.agent === undefined ? {} : {agent: target.agent}),
    headers: {...target.headers} as Record<string, string>,
    perMessageDeflate: false,
    followRedirects: false,
  });

  let listener: ((data: Buffer) => void) | undefined;
  let closed: {code: number; reason: string} | undefined;
  let onClosed: ((code: number, reason: string) => void) | undefined;
  const early: Buffer[] = [];
  let failure = '';
  let heard = Date.now();
  let pausedBy = false;
  const waiting = new Set<() => void>();

  socket.on('message', (data: Buffer) => {
    heard = Date.now();
    if (listener === undefined) early.push(data);
    else listener(data);
  });
  socket.on('pong', () => {
    heard = Date.now();
  });
  // A dead link is otherwise noticed only when something is written: an idle shell would hang for ever.
  const pulse = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (pausedBy) heard = Date.now();
    else if (Date.now() - heard > SILENT_FOR) {
      failure = `no answer for ${SILENT_FOR / 1000} s`;
      return socket.terminate();
    }
    socket.ping(() => undefined);
  }, PING_EVERY);
  pulse.unref();
  socket.on('close', (code, reason) => {
    clearInterval(pulse);
    closed = {code, reason: reason.toString() || failure};
    for (const wake of waiting) wake();
    onClosed?.(closed.code, closed.reason);
  });

  await new Promise<void>((resolve, reject) => {
    const abort = (): void => {
      reject(target.signal?.reason as Error);
      socket.terminate();
    };
    target.signal?.addEventListener('abort', abort, {once: true});
    const settle = (done: () => void): void => {
      target.signal?.removeEventListener('abort', abort);
      done();
    };
    socket.once('open', () => settle(resolve));
    socket.on('error', (error) => {
      failure = error.message;
      settle(() => reject(error)); // after the opening this does nothing, and `close` follows
    });
    socket.once('unexpected-response', (_request, response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      const answer = (): void => {
        settle(() => reject(target.refused(response.statusCode ?? 0, response.headers, Buffer.concat(parts))));
        socket.terminate();
      };
      response.once('end', answer);
      response.once('error', answer);
    });
  });

  return {
    protocol: socket.protocol,
    send: async (data) => {
      if (closed !== undefined || socket.readyState !== WebSocket.OPEN) throw new KdeckError('KD-STREAM-CLOSED', 'the connection is closed');
      socket.send(data, {binary: true}, () => {
        if (socket.bufferedAmount > ROOM / 2) return;
        for (const wake of waiting) wake();
      });
      while (socket.bufferedAmount > ROOM && closed === undefined) {
        await new Promise<void>((wake) => {
          const done = (): void => {
            waiting.delete(done);
            wake();
          };
          waiting.add(done);
        });
      }
    },
    onMessage: (next) => {
      listener = next;
      for (const data of early.splice(0)) next(data);
    },
    onClose: (next) => {
      onClosed = next;
      if (closed !== undefined) next(closed.code, closed.reason);
    },
    pause: () => {
      pausedBy = true;
      socket.pause();
    },
    resume: () => {
      pausedBy = false;
      heard = Date.now();
      socket.resume();
    },
    close: () => {
      clearInterval(pulse);
      if (closed !== undefined) return;
      // A paused socket would never read the other side's closing frame.
      if (pausedBy) socket.terminate();
      else socket.close();
    },
  };
};
