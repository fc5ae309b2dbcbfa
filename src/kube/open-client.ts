// From a resolved connection to a client: picks the transport, the credentials and the headers.
import {systemClock, type Clock} from '../base/clock.ts';
import {credentialsOf} from './credentials/open.ts';
import type {CredentialHooks} from './credentials/setting.ts';
import {HttpKubeClient} from './kube-client.ts';
import type {Connection} from './kubeconfig/connection.ts';
import type {Env, KubeconfigSources} from './kubeconfig/load.ts';
import type {DialTimeouts} from './transport/dial.ts';
import {impersonationHeaders, userAgent} from './transport/headers.ts';
import {openLiveTransport} from './transport/live.ts';
import {openOnceTransport} from './transport/once.ts';
import {serverTargetOf} from './transport/server-target.ts';
import type {WireHeaders} from './transport/wire.ts';

/** How to open a client. */
export type ClientOptions = {
  /** `once` for commands that end soon, `live` for sessions with watches. */
  readonly transport: 'once' | 'live';
  readonly env: Env;
  readonly readonly?: boolean | undefined;
  /** Milliseconds for a complete answer; 0 or absent means no limit. */
  readonly timeout?: number | undefined;
  /** The time limit in Go's form, when the user asked for it. */
  readonly timeoutQuery?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly headers?: WireHeaders | undefined;
  /** Where refreshed OIDC tokens are written back to. */
  readonly sources?: KubeconfigSources | undefined;
  readonly hooks?: CredentialHooks | undefined;
  readonly clock?: Clock | undefined;
  readonly dialTimeouts?: DialTimeouts | undefined;
};

/** A client for a connection. Nothing is sent yet. */
export const openClient = (connection: Connection, options: ClientOptions): HttpKubeClient => {
  const target = serverTargetOf(connection.cluster, options.env);
  const impersonation = impersonationHeaders(connection.user);
  const transport =
    options.transport === 'once'
      ? openOnceTransport(target, options.dialTimeouts)
      : openLiveTransport(target, {
          timeouts: options.dialTimeouts,
          http2: !Object.values(impersonation).some((value) => typeof value !== 'string' && value.length > 1),
        });
  return new HttpKubeClient({
    server: connection.cluster.server ?? '',
    target,
    transport,
    credentials: credentialsOf(connection, target, {
      env: options.env,
      clock: options.clock ?? systemClock,
      sources: options.sources,
      hooks: options.hooks ?? {},
    }),
    readonly: options.readonly === true,
    headers: {'user-agent': options.userAgent ?? userAgent(), ...impersonation, ...options.headers},
    timeout: options.timeout ?? 0,
    timeoutQuery: options.timeoutQuery,
    compression: connection.cluster['disable-compression'] !== true && !target.loopback,
  });
};
