// The account a pod gets from its cluster: service host from the environment, token and CA from mounted files.
import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {Connection, ConnectionOverrides} from './connection.ts';
import type {Env} from './load.ts';

const ACCOUNT_DIRECTORY = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Connection of the pod we run in, or undefined outside of one. `directory` is for tests. */
export const inClusterConnection = (
  env: Env,
  overrides: ConnectionOverrides,
  directory: string = ACCOUNT_DIRECTORY,
): Connection | undefined => {
  if (!isInCluster(env, directory)) return undefined;
  const host = env['KUBERNETES_SERVICE_HOST'] ?? '';
  const ca = overrides.certificateAuthority || join(directory, 'ca.crt');
  return {
    contextName: '',
    clusterName: '',
    userName: '',
    namespace: overrides.namespace || inClusterNamespace(env, directory) || 'default',
    namespaceExplicit: Boolean(overrides.namespace),
    cluster: {
      server: overrides.server || `https://${host.includes(':') ? `[${host}]` : host}:${env['KUBERNETES_SERVICE_PORT']}`,
      ...(statSync(ca, {throwIfNoEntry: false}) === undefined ? {} : {'certificate-authority': ca}),
    },
    user: overrides.token ? {token: overrides.token} : {tokenFile: join(directory, 'token')},
    userFile: '',
  };
};

/** Namespace of the pod we run in; undefined outside of one. */
export const inClusterNamespace = (env: Env, directory: string = ACCOUNT_DIRECTORY): string | undefined => {
  if (!isInCluster(env, directory)) return undefined;
  if (env['POD_NAMESPACE']) return env['POD_NAMESPACE'];
  try {
    return readFileSync(join(directory, 'namespace'), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
};

const isInCluster = (env: Env, directory: string): boolean => {
  if (!env['KUBERNETES_SERVICE_HOST'] || !env['KUBERNETES_SERVICE_PORT']) return false;
  const token = statSync(join(directory, 'token'), {throwIfNoEntry: false});
  return token !== undefined && !token.isDirectory();
};
