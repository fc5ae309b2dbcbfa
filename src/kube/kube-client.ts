// The client of one API server: guard, identity, retries, warnings and errors around a transport.
import type {KubeClient, KubeRequest, KubeResponse, KubeSocket, KubeStream} from './client.ts';
import type {Credentials, Identity} from './credentials/credentials.ts';
import {refuseMutation, refuseUpgrade} from './read-only.ts';
import {statusErrorOf, StatusError} from './status-error.ts';
import {decodedBody, discard, readAll} from './transport/body.ts';
import {brokenBodyError} from './transport/connection-error.ts';
import {deadlineOf} from './transport/deadline.ts';
import {MAX_RETRIES, pause, retryAfterSeconds, waitAfterAnswer, waitAfterError} from './transport/retry.ts';
import {clusterIdOf, type ServerTarget} from './transport/server-target.ts';
import {requestPath} from './transport/url.ts';
import {warningTexts} from './transport/warnings.ts';
import type {Transport, WireHeaders, WireResponse} from './transport/wire.ts';

/** What a client is made of. */
export type ClientParts = {
  readonly server: string;
  readonly target: ServerTarget;
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly readonly: boolean;
  /** Sent with every request: user agent, impersonation, kubectl's command headers. */
  readonly headers: WireHeaders;
  /** Milliseconds for a complete answer; 0 means no limit. */
  readonly timeout: number;
  /** Ask the server for compressed answers. */
  readonly compression: boolean;
  /** `--request-timeout` in Go's form; it also tells the server when to give up. */
  readonly timeoutQuery?: string | undefined;
};

// A Status is small; a proxy's page of HTML need not be read to its end.
const LONGEST_ERROR_BODY = 1024 * 1024;

/** Talks to one API server as one user. */
export class HttpKubeClient implements KubeClient {
  readonly server: string;
  readonly readonly: boolean;
  private readonly parts: ClientParts;
  private readonly warned = new Set<string>();
  private readonly listeners: ((text: string) => void)[] = [];
  private id: string | undefined;

  constructor(parts: ClientParts) {
    this.parts = parts;
    this.server = parts.server;
    this.readonly = parts.readonly;
  }

  // Hashing is not free, and a one-shot command rarely asks.
  get clusterId(): string {
    return (this.id ??= clusterIdOf(this.parts.target));
  }

  async request(request: KubeRequest): Promise<KubeResponse> {
    if (this.readonly) refuseMutation(request);
    const deadline = deadlineOf(request.timeout || this.parts.timeout, request.signal);
    try {
      const answer = await this.exchange(request, deadline.signal);
      let bytes: Buffer;
      try {
        bytes = await readAll(await decodedBody(answer));
      } catch (error) {
        throw this.broken(error, deadline.signal);
      }
      let text: string | undefined;
      const asText = (): string => (text ??= bytes.toString('utf8'));
      return {status: answer.status, headers: answer.headers, bytes, text: asText, json: <T>() => JSON.parse(asText()) as T};
    } finally {
      deadline.release();
    }
  }

  async stream(request: KubeRequest): Promise<KubeStream> {
    if (this.readonly) refuseMutation(request);
    const stop = new AbortController();
    const outer = request.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, request.signal]);
    const deadline = deadlineOf(request.timeout ?? 0, outer);
    let answer: WireResponse;
    try {
      answer = await this.exchange(request, deadline.signal);
    } catch (error) {
      deadline.release();
      throw error;
    }
    // From here on only the caller decides how long it lasts.
    deadline.stopClock();
    const body = await decodedBody(answer);
    return {
      status: answer.status,
      headers: answer.headers,
      body: this.chunksOf(body, stop.signal, deadline.signal),
      close: () => {
        stop.abort();
        deadline.release();
        // Nobody listens any more, and an unheard error would end the program.
        body.on('error', () => undefined);
        answer.body.destroy();
      },
    };
  }

  async connect(request: KubeRequest, protocols: readonly string[]): Promise<KubeSocket> {
    if (this.readonly) refuseUpgrade(request);
    const {openWebSocket} = await import('./transport/websocket.ts');
    const open = async (renewed: boolean): Promise<KubeSocket> => {
      const identity = await this.parts.credentials.identity();
      try {
        return await openWebSocket(
          {
            target: this.parts.target,
            path: requestPath(this.parts.target.url.pathname, request.path, request.query),
            apiPath: request.path,
            headers: {...this.parts.headers, ...request.headers, ...identity.headers},
            certificate: identity.certificate,
            signal: request.signal,
            timeout: request.timeout || this.parts.timeout,
          },
          protocols,
        );
      } catch (error) {
        const mayRenew = !renewed && error instanceof StatusError && error.httpStatus === 401;
        if (mayRenew && (await this.parts.credentials.renew(identity))) return open(true);
        throw error;
      }
    };
    return open(false);
  }

  onWarning(listener: (text: string) => void): void {
    this.listeners.push(listener);
  }

  /** Passes a warning of our own to those who listen for the server's. */
  warn(text: string): void {
    if (this.warned.has(text)) return;
    this.warned.add(text);
    for (const listener of this.listeners) listener(text);
  }

  /** Renews the login with whatever it asks of the user. */
  async logIn(): Promise<void> {
    await this.parts.credentials.logIn?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.parts.transport.close();
  }

  /** Sends until there is an answer below 400, as often as the rules allow. */
  private async exchange(request: KubeRequest, signal: AbortSignal | undefined): Promise<WireResponse> {
    const method = request.method ?? 'GET';
    let renewed = false;
    for (let attempt = 0; ;) {
      signal?.throwIfAborted();
      const identity = await this.parts.credentials.identity();
      let answer: WireResponse;
      try {
        answer = await this.send(request, method, identity, signal);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        const wait = attempt < MAX_RETRIES ? waitAfterError(method, error) : undefined;
        if (wait === undefined) throw error;
        attempt++;
        await pause(wait, signal);
        continue;
      }
      this.hear(answer);
      if (answer.status < 400) return answer;
      if (answer.status === 401 && !renewed) {
        renewed = true;
        if (await this.parts.credentials.renew(identity)) {
          discard(answer.body);
          continue;
        }
      }
      const wait = attempt < MAX_RETRIES ? waitAfterAnswer(answer.status, answer.headers['retry-after']) : undefined;
      if (wait === undefined) throw await this.failure(answer, method, request.path, signal);
      attempt++;
      discard(answer.body);
      await pause(wait, signal);
    }
  }

  private send(request: KubeRequest, method: string, identity: Identity, signal: AbortSignal | undefined): Promise<WireResponse> {
    const {parts} = this;
    const query = parts.timeoutQuery === undefined ? request.query : {timeout: parts.timeoutQuery, ...request.query};
    const body = bodyOf(request.body);
    return parts.transport.send({
      method,
      path: requestPath(parts.target.url.pathname, request.path, query),
      headers: {
        accept: request.accept ?? 'application/json',
        ...(parts.compression ? {'accept-encoding': 'gzip'} : {}),
        ...(body === undefined ? {} : {'content-type': request.contentType ?? 'application/json'}),
        ...parts.headers,
        ...request.headers,
        ...identity.headers,
      },
      body,
      certificate: identity.certificate,
      signal,
    });
  }

  private async failure(answer: WireResponse, method: string, path: string, signal: AbortSignal | undefined): Promise<Error> {
    let body: Buffer;
    try {
      body = await readAll(await decodedBody(answer), LONGEST_ERROR_BODY);
    } catch (error) {
      return this.broken(error, signal);
    }
    const contentType = answer.headers['content-type'];
    return statusErrorOf(answer.status, body, typeof contentType === 'string' ? contentType : undefined, {
      method,
      path,
      retryAfterSeconds: retryAfterSeconds(answer.headers['retry-after']),
    });
  }

  private broken(error: unknown, signal: AbortSignal | undefined): Error {
    return signal?.aborted ? (signal.reason as Error) : brokenBodyError(error, this.parts.target.hostText);
  }

  private async *chunksOf(
    body: AsyncIterable<Buffer>,
    closed: AbortSignal,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (error) {
      // Closing is the reader's own wish and no error.
      if (closed.aborted) return;
      throw this.broken(error, signal);
    }
  }

  private hear(answer: WireResponse): void {
    for (const text of warningTexts(answer.headers['warning'])) this.warn(text);
  }
}

const bodyOf = (body: unknown): string | Uint8Array | undefined => {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return body;
  return JSON.stringify(body);
};
