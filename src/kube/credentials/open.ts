// Chooses what proves a user's identity, in client-go's order: own token or certificate, else exec plugin, else auth provider.
import type {Clock} from '../../base/clock.ts';
import {configError} from '../kubeconfig/config-error.ts';
import type {Connection} from '../kubeconfig/connection.ts';
import type {Env, KubeconfigSources} from '../kubeconfig/load.ts';
import type {ServerTarget} from '../transport/server-target.ts';
import {anonymous, type Credentials, type Identity} from './credentials.ts';
import {hasStaticIdentity, staticCredentials} from './static.ts';

/** What credentials may ask of a face. */
export type CredentialHooks = {
  /**
   * Runs `use` while the real terminal belongs to it: a TUI leaves its screen and comes back after.
   * Without the hook the terminal is taken to be free, as it is for a command.
   */
  readonly lendTerminal?: <T>(use: () => Promise<T>) => Promise<T>;
  /** Standard input is taken (a manifest is being piped in), so no plugin may read from it. */
  readonly stdinUnavailable?: string | undefined;
  /** Text a plugin writes to its standard error; without the hook it goes to ours. */
  readonly onPluginOutput?: (text: string) => void;
};

/** What credentials are opened with. */
export type CredentialSetting = {
  readonly env: Env;
  readonly clock: Clock;
  readonly sources: KubeconfigSources | undefined;
  readonly hooks: CredentialHooks;
};

/** Credentials of a connection's user. Plugins and logins are loaded when first used. */
export const credentialsOf = (connection: Connection, target: ServerTarget, setting: CredentialSetting): Credentials => {
  const {user} = connection;
  // client-go never sends a secret over plain http.
  if (target.url.protocol !== 'https:') return anonymous;
  if (user.exec !== undefined && !hasStaticIdentity(user)) {
    const {exec} = user;
    return lazily(async () => {
      const {execCredentials} = await import('./exec-plugin.ts');
      return execCredentials(exec, connection, target, setting);
    });
  }
  const provider = user['auth-provider'];
  if (provider === undefined) return staticCredentials(user, setting.clock);
  return staticCredentials(
    user,
    setting.clock,
    lazily(async () => {
      if (provider.name !== 'oidc') throw unknownProvider(provider.name);
      const {oidcCredentials} = await import('./oidc.ts');
      return oidcCredentials(provider.config ?? {}, connection, setting);
    }),
  );
};

const unknownProvider = (name: string): Error => configError('KD-CONFIG-PROVIDER', REMOVED[name] ?? `no Auth Provider found for name "${name}"`);

const REMOVED: Readonly<Record<string, string>> = {
  gcp: `The gcp auth plugin has been removed.
Please use the "gke-gcloud-auth-plugin" kubectl/client-go credential plugin instead.
See https://cloud.google.com/blog/products/containers-kubernetes/kubectl-auth-changes-in-gke for further details`,
  azure: `The azure auth plugin has been removed.
Please use the https://github.com/Azure/kubelogin kubectl/client-go credential plugin instead.
See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins for further details`,
};

const lazily = (open: () => Promise<Credentials>): Credentials => {
  let opened: Promise<Credentials> | undefined;
  const get = (): Promise<Credentials> => (opened ??= open());
  return {
    identity: async (): Promise<Identity> => (await get()).identity(),
    renew: async (used) => (await get()).renew(used),
    logIn: async () => (await get()).logIn?.(),
  };
};
