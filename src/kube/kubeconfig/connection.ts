// From a merged kubeconfig and the flags to one cluster, one user and one namespace: kubectl's rules of precedence.
import {dirname, resolve} from 'node:path';
import {ConfigurationInvalidError, configError} from './config-error.ts';
import {inClusterConnection, inClusterNamespace} from './in-cluster.ts';
import {loadKubeconfig, type Env, type KubeconfigSources} from './load.ts';
import type {ClusterStanza, Kubeconfig, Placed, UserStanza} from './model.ts';
import {authInfoProblems, clusterProblems} from './validate.ts';

/** What the command line may override. Field names are those of kubectl's flags. */
export type ConnectionOverrides = {
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
  readonly disableCompression?: boolean | undefined;
};

/** Everything needed to reach one server as one user. Paths are absolute. */
export type Connection = {
  /** Name of the context; empty when flags or the in-cluster account stand in for one. */
  readonly contextName: string;
  readonly clusterName: string;
  readonly userName: string;
  readonly namespace: string;
  readonly namespaceExplicit: boolean;
  readonly cluster: ClusterStanza;
  readonly user: UserStanza;
  /** Where the user's stanza stands, for write-back of refreshed tokens; empty when nowhere. */
  readonly userFile: string;
};

/** Names only: what a header shows before anything is opened. */
export type ContextNames = {
  readonly context: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
  readonly namespaceExplicit: boolean;
};

/** The names the overrides and the kubeconfig lead to, without checking that they exist. */
export const namesOf = (config: Kubeconfig, overrides: ConnectionOverrides): ContextNames => {
  const context = overrides.context || config.currentContext;
  const stanza = config.contexts.get(context)?.value ?? {};
  return {
    context,
    cluster: overrides.cluster || stanza.cluster || '',
    user: overrides.user || stanza.user || '',
    namespace: overrides.namespace || stanza.namespace || 'default',
    namespaceExplicit: Boolean(overrides.namespace),
  };
};

/** How strictly names are looked up. */
export type ResolveOptions = {
  /** The command never asks for the namespace, so kubectl meets a missing name later and words it otherwise. */
  readonly asksNamespaceLate?: boolean | undefined;
};

/** Loads the files and resolves them; falls back to the in-cluster account, then to `http://localhost:8080`. */
export const openConnection = async (
  sources: KubeconfigSources,
  overrides: ConnectionOverrides,
  env: Env,
  options: ResolveOptions = {},
): Promise<Connection> => resolveConnection(await loadKubeconfig(sources), overrides, env, options);

/** The connection a merged kubeconfig and the overrides describe. */
export const resolveConnection = (
  config: Kubeconfig,
  overrides: ConnectionOverrides,
  env: Env,
  options: ResolveOptions = {},
): Connection => {
  const names = namesOf(config, overrides);
  const user = userOf(config, names, overrides);
  const cluster = clusterOf(config, names, overrides, env);
  // client-go checks the whole when it is asked for the namespace, and each name when it is asked for the connection.
  const checks = [() => confirmUsable(config, names, user, cluster), () => confirmNames(config, names, overrides)];
  if (names.namespaceExplicit || options.asksNamespaceLate) checks.reverse();
  for (const check of checks) check();

  // client-go takes the pod's own account only when the files and flags say nothing at all.
  if (isDefaultCluster(cluster, env) && Object.keys(user).length === 0) {
    const inCluster = inClusterConnection(env, overrides);
    if (inCluster !== undefined) return inCluster;
  }
  const fromContext = config.contexts.get(names.context)?.value.namespace;
  return {
    contextName: names.context,
    clusterName: names.cluster,
    userName: names.user,
    namespace: names.namespaceExplicit || fromContext ? names.namespace : (inClusterNamespace(env) ?? names.namespace),
    namespaceExplicit: names.namespaceExplicit,
    cluster,
    user,
    userFile: config.users.get(names.user)?.file ?? '',
  };
};

/** client-go's ConfirmUsable: everything that is wrong with the parts, a single problem without the headline. */
const confirmUsable = (config: Kubeconfig, names: ContextNames, user: UserStanza, cluster: ClusterStanza): void => {
  const problems: string[] = [];
  const isContextMissing = names.context !== '' && !config.contexts.has(names.context);
  if (isContextMissing) problems.push(`context was not found for specified context: ${names.context}`);
  problems.push(...authInfoProblems(names.user, user), ...clusterProblems(names.cluster, cluster));
  if (problems.length === 1 && !isContextMissing)
    throw configError('KD-CONFIG-UNUSABLE', problems[0] ?? '', ['kubectl config view']);
  if (problems.length > 0) throw new ConfigurationInvalidError(problems);
};

/** Names given by flag must exist; names in the kubeconfig need not. */
const confirmNames = (config: Kubeconfig, names: ContextNames, overrides: ConnectionOverrides): void => {
  if (overrides.user && !config.users.has(names.user)) {
    throw configError('KD-CONFIG-USER', `auth info "${names.user}" does not exist`, ['kubectl config get-users']);
  }
  if (overrides.context && !config.contexts.has(names.context)) {
    throw configError('KD-CONFIG-CONTEXT', `context "${names.context}" does not exist`, ['kubectl config get-contexts']);
  }
  if (overrides.cluster && !config.clusters.has(names.cluster)) {
    throw configError('KD-CONFIG-CLUSTER', `cluster "${names.cluster}" does not exist`, ['kubectl config get-clusters']);
  }
};

const userOf = (config: Kubeconfig, names: ContextNames, overrides: ConnectionOverrides): UserStanza => {
  const placed = config.users.get(names.user);
  // A user asked for by name and not found is nobody, whatever the other flags add.
  if (placed === undefined && overrides.user) return {};
  const user: UserStanza = {...withPaths(placed, ['client-certificate', 'client-key', 'tokenFile'])};
  if (user.exec?.command?.includes('/') && placed?.file) {
    user.exec = {...user.exec, command: absolute(user.exec.command, placed.file)};
  }
  if (overrides.token) {
    user.token = overrides.token;
    delete user.tokenFile;
  }
  if (overrides.username) user.username = overrides.username;
  if (overrides.password) user.password = overrides.password;
  if (overrides.clientCertificate) {
    user['client-certificate'] = overrides.clientCertificate;
    delete user['client-certificate-data'];
  }
  if (overrides.clientKey) {
    user['client-key'] = overrides.clientKey;
    delete user['client-key-data'];
  }
  if (overrides.as) user.as = overrides.as;
  if (overrides.asUid) user['as-uid'] = overrides.asUid;
  if (overrides.asGroup?.length) user['as-groups'] = overrides.asGroup;
  const extra = userExtra(overrides.asUserExtra ?? []);
  if (Object.keys(extra).length > 0) user['as-user-extra'] = {...user['as-user-extra'], ...extra};
  return user;
};

/** `--as-user-extra=scopes=view` repeated; what has no `=` is ignored, as kubectl does. */
const userExtra = (entries: readonly string[]): Record<string, string[]> => {
  const extra: Record<string, string[]> = {};
  for (const entry of entries) {
    const at = entry.indexOf('=');
    if (at < 0) continue;
    (extra[entry.slice(0, at)] ??= []).push(entry.slice(at + 1));
  }
  return extra;
};

const clusterOf = (config: Kubeconfig, names: ContextNames, overrides: ConnectionOverrides, env: Env): ClusterStanza => {
  const placed = config.clusters.get(names.cluster);
  if (placed === undefined && overrides.cluster) return {};
  const cluster: ClusterStanza = {server: defaultServer(env), ...withPaths(placed, ['certificate-authority'])};
  if (overrides.server) cluster.server = overrides.server;
  // A flag about trust replaces everything the file says about trust.
  if (overrides.insecureSkipTlsVerify || overrides.certificateAuthority) {
    cluster['insecure-skip-tls-verify'] = overrides.insecureSkipTlsVerify ?? false;
    delete cluster['certificate-authority'];
    delete cluster['certificate-authority-data'];
    if (overrides.certificateAuthority) cluster['certificate-authority'] = overrides.certificateAuthority;
  }
  // Another server makes the file's name for it meaningless.
  if (overrides.tlsServerName || overrides.server) {
    delete cluster['tls-server-name'];
    if (overrides.tlsServerName) cluster['tls-server-name'] = overrides.tlsServerName;
  }
  if (overrides.disableCompression) cluster['disable-compression'] = true;
  return cluster;
};

const defaultServer = (env: Env): string => env['KUBERNETES_MASTER'] || 'http://localhost:8080';

const isDefaultCluster = (cluster: ClusterStanza, env: Env): boolean =>
  Object.keys(cluster).length === 1 && cluster.server === defaultServer(env);

/** A copy of the stanza with the named paths made absolute against its file, and nothing where text is empty. */
const withPaths = <T extends object>(placed: Placed<T> | undefined, fields: readonly (keyof T)[]): Partial<T> => {
  if (placed === undefined) return {};
  const copy: Partial<T> = {...placed.value};
  for (const [key, value] of Object.entries(copy)) if (value === '' || value === null) delete copy[key as keyof T];
  for (const field of fields) {
    const path = copy[field];
    if (typeof path === 'string' && placed.file !== '') copy[field] = absolute(path, placed.file) as T[keyof T];
  }
  return copy;
};

const absolute = (path: string, file: string): string => resolve(dirname(file), path);
