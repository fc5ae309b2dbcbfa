// The transport of one-shot commands: node:https with kept connections, and nothing that costs start-up time.
import type {OutgoingHttpHeaders} from 'node:http';
// Never node:http: as a module import it evaluates its WebSocket, which loads 30 ms of code nobody asked for.
import {Agent, request as httpsRequest} from 'node:https';
import type {Duplex} from 'node:stream';
import {connectionErrorOf} from './connection-error.ts';
import {Dialer, type DialTimeouts} from './dial.ts';
import type {ServerTarget} from './server-target.ts';
import type {Transport, WireRequest, WireResponse} from './wire.ts';

// Go replays these by itself when a kept connection turns out to be gone.
const REPLAYABLE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A transport over HTTP/1.1 with kept connections. */
export const openOnceTransport = (target: ServerTarget, timeouts: DialTimeouts = {}): Transport => {
  const dialer = new Dialer(target, timeouts);
  const agents = new Map<string, Agent>();

  const agentFor = (request: WireRequest): Agent => {
    const id = request.certificate?.id ?? '';
    const known = agents.get(id);
    if (known !== undefined) return known;
    // Idle connections of an older certificate will not be asked for again.
    for (const old of agents.values()) {
      for (const sockets of Object.values(old.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
    }
    const agent = new Agent({keepAlive: true, timeout: 0});
    agent.createConnection = (_options, done) => {
      dialer.dial(request.certificate).then(
        (socket) => done?.(null, socket),
        (error: unknown) => done?.(error as Error, undefined as unknown as Duplex),
      );
      return undefined;
    };
    agents.set(id, agent);
    return agent;
  };

  const attempt = (request: WireRequest, replay: boolean): Promise<WireResponse> =>
    new Promise((resolve, reject) => {
      const outgoing = httpsRequest({
        agent: agentFor(request),
        // Whether there is TLS at all is the dialer's business; the agent only keeps its sockets.
        host: target.url.hostname,
        port: target.url.port || (target.url.protocol === 'https:' ? 443 : 80),
        method: request.method,
        path: request.path,
        headers: {
          host: target.url.host,
          ...(request.headers as OutgoingHttpHeaders),
          // Node frames no body of a DELETE by itself; without a length its bytes would be read as the next request.
          ...(request.body === undefined ? {} : {'content-length': Buffer.byteLength(request.body)}),
        },
        ...(request.signal === undefined ? {} : {signal: request.signal}),
      });
      outgoing.once('response', (incoming) =>
        resolve({status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming}),
      );
      outgoing.once('error', (error: NodeJS.ErrnoException) => {
        const stale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (replay && stale && REPLAYABLE.has(request.method)) resolve(attempt(request, false));
        else reject(request.signal?.aborted ? error : connectionErrorOf(error, target.hostText));
      });
      outgoing.end(request.body);
    });

  return {
    send: (request) => attempt(request, true),
    close: async () => {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
};
