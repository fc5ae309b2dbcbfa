// The contract of a connection to one API server. Every byte to a cluster goes through a KubeClient.
import type {ApiResource, ResourceRef} from './types/object.ts';

/** One HTTP request. `path` starts with `/api` or `/apis` (or `/version` ...), without the server's own path prefix. */
export type KubeRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Query parameters; undefined values are left out, arrays repeat the key. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body: text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Content type of the body; `application/json` unless given. */
  readonly contentType?: string;
  /** Accept header; `application/json` unless given. */
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the answer must be complete; 0 or absent: the client's default. Streams are never cut by it. */
  readonly timeout?: number;
  /** Marks a POST that changes nothing (access reviews, token reviews), so that read-only clients may send it. */
  readonly harmless?: true;
};

/** A complete answer. `text()`/`json()` may be called once or more; the bytes are already here. */
export type KubeResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: () => string;
  /** Plain JSON.parse: numbers beyond 2^53 lose digits. Printing paths use `base/json` on `text()`. */
  readonly json: <T>() => T;
};

/** An answer whose body is read as it comes (lists, watches, logs); not reading it holds the server back. */
export type KubeStream = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Buffer>;
  /** Ends the stream; safe to call twice. */
  readonly close: () => void;
};

/** A message channel of exec, attach and port-forward over WebSocket; see `streams/`. */
export type KubeSocket = {
  readonly protocol: string;
  /** Sends one binary message; resolves when the buffer has room again. */
  readonly send: (data: Uint8Array) => Promise<void>;
  readonly onMessage: (listener: (data: Buffer) => void) => void;
  readonly onClose: (listener: (code: number, reason: string) => void) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly close: () => void;
};

/** Connection to one API server with one identity. Throws `StatusError` for answers of 400 and more. */
export interface KubeClient extends AsyncDisposable {
  /** Server URL as in the kubeconfig. */
  readonly server: string;
  /** Stable id of the cluster (server and CA) for caches; objects of different clusters never mix. */
  readonly clusterId: string;
  /** True when every mutating request, exec and attach is refused (dry runs excepted). */
  readonly readonly: boolean;
  request(request: KubeRequest): Promise<KubeResponse>;
  stream(request: KubeRequest): Promise<KubeStream>;
  /** Opens a WebSocket with one of the given subprotocols, best first. */
  connect(request: KubeRequest, protocols: readonly string[]): Promise<KubeSocket>;
  /** Called for each `Warning` header text, once per text. */
  onWarning(listener: (text: string) => void): void;
}

/** Which types a cluster serves, and how a person may name them. */
export interface Discovery {
  /** All resource types in discovery order (core first), preferred version first. */
  resources(): Promise<readonly ApiResource[]>;
  /**
   * Every type a word may mean, best first: plural, singular, short name, kind, `TYPE.GROUP`, `TYPE.VERSION.GROUP`.
   * Built-in words are answered without asking the server. Empty: unknown even after a fresh look.
   */
  find(word: string): Promise<readonly ApiResource[]>;
  /** The type of an object by `apiVersion` and `kind`. */
  forKind(apiVersion: string, kind: string): Promise<ApiResource | undefined>;
  forRef(ref: ResourceRef): Promise<ApiResource | undefined>;
  /** Members of a category such as `all`, in discovery order; undefined when the word is none. */
  category(word: string): Promise<readonly ApiResource[] | undefined>;
  /** Forgets what is known, so that the next question asks the server. */
  refresh(): Promise<void>;
  /** Group versions that are registered but do not answer, such as metrics without its server. */
  problems?(): Promise<readonly {readonly groupVersion: string; readonly reason: string}[]>;
}

export {pathOf} from './types/object.ts';
