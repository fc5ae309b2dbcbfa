// The transport of one-shot commands: HTTP/1.1 with kept connections, and nothing that costs start-up time.
import {connectionErrorOf} from './connection-error.ts';
import {Dialer, type DialTimeouts} from './dial.ts';
import {HangUpError, Http1Connection} from './http1.ts';
import type {ServerTarget} from './server-target.ts';
import type {Transport, WireRequest, WireResponse} from './wire.ts';

// Go replays these by itself when a kept connection turns out to be gone.
const REPLAYABLE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A transport over HTTP/1.1 with kept connections. */
export const openOnceTransport = (target: ServerTarget, timeouts: DialTimeouts = {}): Transport => {
  const dialer = new Dialer(target, timeouts);
  const all = new Set<Http1Connection>();
  /** Connections between two exchanges, all with the same client certificate. */
  let idle: Http1Connection[] = [];
  let certificateId = '';

  const open = async (request: WireRequest): Promise<Http1Connection> => {
    const id = certificateId;
    const socket = await dialer.dial(request.certificate);
    const connection: Http1Connection = new Http1Connection(
      socket,
      target.url.host,
      () => {
        if (id === certificateId) idle.push(connection);
        else connection.destroy();
      },
      () => {
        all.delete(connection);
        idle = idle.filter((one) => one !== connection);
      },
    );
    all.add(connection);
    if (request.signal?.aborted) connection.destroy();
    return connection;
  };

  const attempt = async (request: WireRequest, replay: boolean): Promise<WireResponse> => {
    const id = request.certificate?.id ?? '';
    if (id !== certificateId) {
      // Idle connections of an older certificate will not be asked for again.
      for (const old of idle) old.destroy();
      idle = [];
      certificateId = id;
    }
    const kept = replay ? idle.pop() : undefined;
    try {
      const connection = kept ?? (await untilAborted(open(request), request.signal));
      return await connection.send(request);
    } catch (error) {
      if (request.signal?.aborted) throw error;
      if (kept !== undefined && REPLAYABLE.has(request.method) && isStale(error)) return attempt(request, false);
      throw connectionErrorOf(error, target.hostText);
    }
  };

  return {
    send: (request) => attempt(request, true),
    close: async () => {
      for (const connection of all) connection.destroy();
    },
  };
};

const isStale = (error: unknown): boolean =>
  error instanceof HangUpError ? !error.heard : ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Dialing cannot be ended, but need not be waited for. */
const untilAborted = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, {once: true});
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
};
