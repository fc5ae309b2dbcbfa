// What a transport is: one HTTP exchange at a time, with the body left unread. It knows nothing of Kubernetes.
import type {Readable} from 'node:stream';

/** A client certificate with its key, PEM. `id` changes whenever the certificate does. */
export type ClientCertificate = {readonly cert: string | Buffer; readonly key: string | Buffer; readonly id: string};

/** Headers in any case; an array is sent as repeated headers. */
export type WireHeaders = Readonly<Record<string, string | readonly string[]>>;

/** One request, ready to be sent. `path` is complete: server prefix, path and query. */
export type WireRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: WireHeaders;
  readonly body?: string | Uint8Array | undefined;
  readonly certificate?: ClientCertificate | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** An answer whose body is still on its way. */
export type WireResponse = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
};

/** Sends requests to one server. Throws `ConnectionError` when there is no answer at all. */
export interface Transport {
  send(request: WireRequest): Promise<WireResponse>;
  close(): Promise<void>;
}
