// A cluster as the faces hold it: a client, its discovery, and where the user stands in it.
import type {Discovery, KubeClient} from '../kube/client.ts';

/** kubectl's global connection flags, as given on the command line; undefined means not given. */
export type ConnectionFlags = {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly namespace?: string | undefined;
  readonly server?: string | undefined;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly certificateAuthority?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
  readonly as?: string | undefined;
  readonly asGroup?: readonly string[] | undefined;
  readonly asUid?: string | undefined;
  readonly asUserExtra?: readonly string[] | undefined;
  /** kubectl's text form: `0`, `5` (seconds) or `1m30s`. */
  readonly requestTimeout?: string | undefined;
  readonly cacheDir?: string | undefined;
  readonly disableCompression?: boolean | undefined;
  /** kdeck's own: refuse every mutating request. */
  readonly readonly?: boolean | undefined;
};

/** An opened cluster. The same value serves both faces. */
export type Cluster = {
  readonly client: KubeClient;
  readonly discovery: Discovery;
  /** Name of the context in use; empty without one. */
  readonly context: string;
  readonly clusterName: string;
  readonly userName: string;
  /** Namespace to work in: flag, else context, else `default`. */
  readonly namespace: string;
  /** The namespace was given by flag; kubectl then enforces it on manifests. */
  readonly namespaceExplicit: boolean;
  /** Asks the user's credential plugin for a new login, with the terminal lent to it; absent when there is nothing to log in to. */
  readonly logIn?: () => Promise<void>;
};
