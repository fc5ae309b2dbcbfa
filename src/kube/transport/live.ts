// The transport of long sessions: one undici agent that speaks HTTP/2 where the server does, so that watches share a connection.
// Loading undici holds the thread up for 40 ms, so that the questions of the first screen are asked with the transport of one-shot
// commands; the first stream that stays open brings undici in.
import {setImmediate as turn} from 'node:timers/promises';
import type {TLSSocket} from 'node:tls';
import type {Agent} from 'undici';
import type {ServerTarget} from './server-target.ts';
import {connectionErrorOf} from './connection-error.ts';
import {Dialer, type DialTimeouts} from './dial.ts';
import {endWhenDead, QUIET_MS} from './liveness.ts';
import {openOnceTransport} from './once.ts';
import type {Transport, WireRequest, WireResponse} from './wire.ts';

/** How to open the transport. */
export type LiveOptions = {
  readonly timeouts?: DialTimeouts | undefined;
  /** False where a header has to be sent several times: over HTTP/2 undici makes one header of them, and of two groups one. */
  readonly http2?: boolean;
};

// Each takes a connection of its own.
const MOST_EARLY = 6;

// The API server says goodbye after each 401, and a client may meet several goodbyes in a row.
const MAX_GOODBYES = 5;

/** In a bundle a CommonJS package that is loaded late has only a default export. It has a turn of its own: keys wait for it alone. */
const load = async () => {
  await turn();
  const undici = await import('undici');
  await turn();
  return undici;
};

/** A question that is answered once; what watches and follows stays, and shall share a connection. */
const isPlainRead = ({method, path}: WireRequest): boolean => method === 'GET' && !/[?&](?:watch|follow)=/.test(path);

/** A transport over HTTP/2 or HTTP/1.1, whichever the server offers. */
export const openLiveTransport = (target: ServerTarget, {timeouts = {}, http2 = true}: LiveOptions = {}): Transport => {
  const dialer = new Dialer(target, timeouts);
  const quiet = timeouts.quiet ?? QUIET_MS;
  const agents = new Map<string, Agent>();
  let alert: Error | undefined;
  const early = openOnceTransport(target, timeouts);
  let library: ReturnType<typeof load> | undefined;
  let asking = 0;

  /** Its connections are kept for nobody once undici has taken over. */
  const leaveEarly = (): void => {
    if (asking === 0 && agents.size > 0) void early.close();
  };

  const agentFor = async (request: WireRequest): Promise<Agent> => {
    const {default: undici} = await (library ??= load());
    const id = request.certificate?.id ?? '';
    const known = agents.get(id);
    if (known !== undefined) return known;
    const agent = new undici.Agent({
      allowH2: http2,
      // No limit on connections: the API server allows 100 streams on each, and the 101st watch must not wait for ever.
      connections: null,
      pipelining: 1,
      h2Options: {pingInterval: quiet},
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, done) => {
        dialer.dial(request.certificate, http2 ? ['h2', 'http/1.1'] : ['http/1.1']).then(
          (socket) => {
            // undici keeps the last thing that happened to a socket, which is its end, and not why it ended.
            socket.prependOnceListener('error', (error: NodeJS.ErrnoException) => {
              if (error.code?.startsWith('ERR_SSL_')) alert = error;
            });
            if ((socket as TLSSocket).alpnProtocol === 'h2') endWhenDead(socket, quiet);
            done(null, socket);
          },
          (error: unknown) => done(error as Error, null),
        );
      },
    });
    agents.set(id, agent);
    leaveEarly();
    return agent;
  };

  const attempt = async (request: WireRequest, goodbyes: number): Promise<WireResponse> => {
    const agent = await agentFor(request);
    try {
      const answer = await agent.request({
        origin: target.url.origin,
        path: request.path,
        method: request.method,
        headers: request.headers as Record<string, string | string[]>,
        body: request.body ?? null,
        ...(request.signal === undefined ? {} : {signal: request.signal}),
      });
      return {status: answer.statusCode, headers: answer.headers, body: answer.body};
    } catch (error) {
      if (request.signal?.aborted) throw error;
      // undici reports so only what the server promised not to have looked at: sending it again is safe for any method.
      if (goodbyes < MAX_GOODBYES && isGoodbye(error)) return attempt(request, goodbyes + 1);
      const reason = alert ?? error;
      alert = undefined;
      throw connectionErrorOf(reason, target.hostText);
    }
  };

  const askEarly = async (request: WireRequest): Promise<WireResponse> => {
    asking += 1;
    const done = (): void => {
      asking -= 1;
      leaveEarly();
    };
    try {
      const answer = await early.send(request);
      answer.body.once('close', done);
      return answer;
    } catch (error) {
      done();
      throw error;
    }
  };

  return {
    send: (request) => (agents.size === 0 && asking < MOST_EARLY && isPlainRead(request) ? askEarly(request) : attempt(request, 0)),
    close: async () => {
      const all = [...agents.values()];
      agents.clear();
      await Promise.all([early.close(), ...all.map((agent) => agent.destroy())]);
    },
  };
};

const isGoodbye = (error: unknown): boolean => {
  const {code, message} = error as NodeJS.ErrnoException;
  return code === 'UND_ERR_INFO' && message.includes('GOAWAY');
};
