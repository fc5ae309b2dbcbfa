// Chooses what proves a user's identity, in client-go's order: own token or certificate, else exec plugin, else auth provider.
import {configError} from '../kubeconfig/config-error.ts';
import type {Connection} from '../kubeconfig/connection.ts';
import type {ServerTarget} from '../transport/server-target.ts';
import {anonymous, type Credentials} from './credentials.ts';
import {execCredentials} from './exec-plugin.ts';
import {oidcCredentials} from './oidc.ts';
import type {CredentialSetting} from './setting.ts';
import {hasStaticIdentity, staticCredentials} from './static.ts';

/** Credentials of a connection's user. Nothing is run or asked yet. */
export const credentialsOf = (connection: Connection, target: ServerTarget, setting: CredentialSetting): Credentials => {
  const {user} = connection;
  // client-go never sends a secret over plain http.
  if (target.url.protocol !== 'https:') return anonymous;
  if (user.exec !== undefined && !hasStaticIdentity(user)) return execCredentials(user.exec, connection, target, setting);
  const provider = user['auth-provider'];
  if (provider === undefined) return staticCredentials(user, setting.clock);
  if (provider.name !== 'oidc') throw unknownProvider(provider.name);
  return staticCredentials(user, setting.clock, oidcCredentials(provider.config ?? {}, connection, setting));
};

const unknownProvider = (name: string): Error =>
  configError('KD-CONFIG-PROVIDER', REMOVED[name] ?? `no Auth Provider found for name "${name}"`);

const REMOVED: Readonly<Record<string, string>> = {
  gcp: `The gcp auth plugin has been removed.
Please use the "gke-gcloud-auth-plugin" kubectl/client-go credential plugin instead.
See https://cloud.google.com/blog/products/containers-kubernetes/kubectl-auth-changes-in-gke for further details`,
  azure: `The azure auth plugin has been removed.
Please use the https://github.com/Azure/kubelogin kubectl/client-go credential plugin instead.
See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins for further details`,
};
