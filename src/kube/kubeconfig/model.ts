// The shape of a kubeconfig: stanzas with kubectl's field names, each knowing the file it came from.

/** A cluster stanza, field names as in the file. Unknown fields stay in it. */
export type ClusterStanza = {
  server?: string;
  'tls-server-name'?: string;
  'insecure-skip-tls-verify'?: boolean;
  'certificate-authority'?: string;
  'certificate-authority-data'?: string;
  'proxy-url'?: string;
  'disable-compression'?: boolean;
  extensions?: readonly {readonly name: string; readonly extension?: unknown}[];
};

/** How to run a credential plugin. */
export type ExecConfig = {
  command?: string;
  args?: readonly string[] | null;
  env?: readonly {readonly name?: string; readonly value?: string}[] | null;
  apiVersion?: string;
  installHint?: string;
  provideClusterInfo?: boolean;
  interactiveMode?: string;
};

/** A user stanza. */
export type UserStanza = {
  'client-certificate'?: string;
  'client-certificate-data'?: string;
  'client-key'?: string;
  'client-key-data'?: string;
  token?: string;
  tokenFile?: string;
  as?: string;
  'as-uid'?: string;
  'as-groups'?: readonly string[];
  'as-user-extra'?: Readonly<Record<string, readonly string[]>>;
  username?: string;
  password?: string;
  'auth-provider'?: {readonly name: string; readonly config?: Readonly<Record<string, string>> | null};
  exec?: ExecConfig;
};

/** A context stanza. */
export type ContextStanza = {
  cluster?: string;
  user?: string;
  namespace?: string;
  extensions?: readonly {readonly name: string; readonly extension?: unknown}[];
};

/** A stanza and the file it was read from; empty when no file holds it. */
export type Placed<T> = {readonly value: T; readonly file: string};

/** One kubeconfig file, or several merged. Maps keep the order of the files. */
export type Kubeconfig = {
  readonly clusters: Map<string, Placed<ClusterStanza>>;
  readonly users: Map<string, Placed<UserStanza>>;
  readonly contexts: Map<string, Placed<ContextStanza>>;
  currentContext: string;
  /** Top-level extensions by name. */
  readonly extensions: Map<string, unknown>;
};

/** A kubeconfig without anything in it. */
export const emptyKubeconfig = (): Kubeconfig => ({
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: '',
  extensions: new Map(),
});
