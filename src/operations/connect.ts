// Opens a cluster from kubectl's connection flags and the environment: the one door of both faces to `kube`.
import {randomUUID} from 'node:crypto';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {KdeckError} from '../base/errors.ts';
import type {Clock} from '../base/clock.ts';
import type {CredentialHooks} from '../kube/credentials/setting.ts';
import {openDiscovery} from '../kube/discovery/cached-discovery.ts';
import {namesOf, openConnection, type ConnectionOverrides, type ContextNames} from '../kube/kubeconfig/connection.ts';
import {kubeconfigSources, loadKubeconfig} from '../kube/kubeconfig/load.ts';
import {openClient} from '../kube/open-client.ts';
import type {Cluster, ConnectionFlags} from './cluster.ts';

/** Environment variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How to open a cluster. */
export type OpenOptions = {
  /** `once` for a command that ends soon, `live` for a session with watches. */
  readonly transport: 'once' | 'live';
  readonly env: Environment;
  /** What credentials may ask of the face: the real terminal, a place for a plugin's words. */
  readonly hooks?: CredentialHooks;
  /** Sent as `Kubectl-Command`, such as `kubectl get`; with it goes one `Kubectl-Session` for the process. */
  readonly command?: string;
  /** `User-Agent`; kubectl's unless given. */
  readonly userAgent?: string;
  readonly clock?: Clock;
};

// A TUI must notice a dead server; a command waits as kubectl does.
const SESSION_TIMEOUT_MS = 30_000;

/** The cluster the flags and kubeconfigs lead to. Reads files, sends nothing. */
export const openCluster = async (flags: ConnectionFlags, options: OpenOptions): Promise<Cluster> => {
  const {env} = options;
  const sources = kubeconfigSources(flags.kubeconfig, env);
  const connection = await openConnection(sources, overridesOf(flags), env, {
    asksNamespaceLate: NAMESPACE_LATE.has((options.command ?? '').split(' ')[1] ?? ''),
  });
  const asked = parseRequestTimeout(flags.requestTimeout);
  const client = openClient(connection, {
    transport: options.transport,
    env,
    readonly: flags.readonly,
    timeout: asked || (options.transport === 'live' ? SESSION_TIMEOUT_MS : 0),
    timeoutQuery: asked > 0 ? goDuration(asked) : undefined,
    userAgent: options.userAgent,
    headers: options.command === undefined ? {} : {'kubectl-command': options.command, 'kubectl-session': sessionId()},
    sources,
    hooks: options.hooks,
    clock: options.clock,
  });
  const discovery = openDiscovery(client, {
    directory: cacheDirectory(flags, env),
    revalidates: options.transport === 'live',
    onWarning: (text) => client.warn(text),
    clock: options.clock,
  });
  return {
    client,
    discovery,
    context: connection.contextName,
    clusterName: connection.clusterName,
    userName: connection.userName,
    namespace: connection.namespace,
    namespaceExplicit: connection.namespaceExplicit,
    logIn: () => client.logIn(),
  };
};

/** Names of context, cluster, user and namespace without opening anything; throws only for unreadable kubeconfigs. */
export const peekContext = async (flags: ConnectionFlags, env: Environment): Promise<ContextNames> =>
  namesOf(await loadKubeconfig(kubeconfigSources(flags.kubeconfig, env)), overridesOf(flags));

// Verbs that kubectl connects for before it asks for the namespace; a missing context is worded otherwise there.
const NAMESPACE_LATE = new Set([
  'api-resources',
  'api-versions',
  'apply',
  'auth',
  'certificate',
  'cluster-info',
  'cordon',
  'drain',
  'explain',
  'taint',
  'top',
  'uncordon',
  'version',
  'wait',
]);

/** Contexts of the kubeconfigs, sorted by name, without opening anything. */
export const listContexts = async (
  flags: ConnectionFlags,
  env: Environment,
): Promise<readonly {readonly name: string; readonly cluster: string; readonly user: string; readonly namespace: string}[]> => {
  const {contexts} = await loadKubeconfig(kubeconfigSources(flags.kubeconfig, env));
  return [...contexts]
    .map(([name, {value}]) => ({
      name,
      cluster: value.cluster ?? '',
      user: value.user ?? '',
      namespace: value.namespace ?? 'default',
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

const overridesOf = (flags: ConnectionFlags): ConnectionOverrides => flags;

/** Where discovery files are kept: `--cache-dir`, else KUBECACHEDIR, else `~/.kube/cache`, and `kdeck` in it. */
const cacheDirectory = (flags: ConnectionFlags, env: Environment): string =>
  join(flags.cacheDir || env['KUBECACHEDIR'] || join(env['HOME'] || homedir(), '.kube', 'cache'), 'kdeck');

// From node:crypto, which TLS has loaded anyway; the global one brings all of Web Crypto.
let session: string | undefined;
const sessionId = (): string => (session ??= randomUUID());

/** Milliseconds of `--request-timeout`: whole seconds, or Go's durations; 0 means no limit. */
export const parseRequestTimeout = (text: string | undefined): number => {
  if (text === undefined || text === '') return 0;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const unsigned = text.replace(/^\+/, '');
  if (/^(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*$/.test(unsigned)) {
    let total = 0;
    for (const [, amount, unit] of unsigned.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g))
      total += Number(amount) * (UNITS[unit ?? ''] ?? 0);
    return total;
  }
  throw new KdeckError(
    'KD-FLAG-TIMEOUT',
    'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
  );
};

const UNITS: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/** `90_000` is `1m30s`: how Go prints a duration. */
const goDuration = (ms: number): string => {
  if (ms < 1000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1000;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
};
