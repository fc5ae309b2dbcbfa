// Credentials from a plugin: runs it when there are none or they ended, keeps the answer in memory, never on disk.
import {createHash} from 'node:crypto';
import {configError} from '../kubeconfig/config-error.ts';
import type {Connection} from '../kubeconfig/connection.ts';
import type {ExecConfig} from '../kubeconfig/model.ts';
import type {ServerTarget} from '../transport/server-target.ts';
import type {Credentials, Identity} from './credentials.ts';
import {readExecCredential, type ExecAnswer} from './exec-answer.ts';
import {LoginError} from './login-error.ts';
import type {CredentialSetting} from './setting.ts';
import {runPlugin} from './run-plugin.ts';
import {singleFlight} from './single-flight.ts';

const API_GROUP = 'client.authentication.k8s.io';
// Many watches ask at once and again; a plugin that just failed is not run for each of them.
const FAILURE_MEMORY_MS = 3000;

/** Credentials of a user whose stanza names a plugin. */
export const execCredentials = (
  config: ExecConfig,
  connection: Connection,
  target: ServerTarget,
  setting: CredentialSetting,
): Credentials => {
  const version = config.apiVersion ?? '';
  if (version !== `${API_GROUP}/v1` && version !== `${API_GROUP}/v1beta1`) {
    throw configError('KD-CONFIG-PLUGIN-VERSION', `exec plugin: invalid apiVersion "${version}"`);
  }
  let current: {readonly identity: Identity; readonly endsAt: number} | undefined;

  let asking: Promise<Identity> | undefined;
  let refused: {readonly error: unknown} | undefined;

  const run = async (mayAsk: boolean): Promise<Identity> => {
    const interactive = isInteractive(config, setting, mayAsk);
    if (!interactive || setting.hooks.lendTerminal === undefined) return runOnce(interactive);
    // In a session many ask, again and again. The user is asked once at a time, and after a refusal only when they want to be.
    if (asking !== undefined) return asking;
    if (refused !== undefined && !mayAsk) throw refused.error;
    asking = runOnce(true);
    try {
      const identity = await asking;
      refused = undefined;
      return identity;
    } catch (error) {
      refused = {error};
      throw error;
    } finally {
      asking = undefined;
    }
  };
  const runOnce = async (interactive: boolean): Promise<Identity> => {
    const info = execInfo(config, connection, target, interactive);
    const output = await runPlugin(config, info, interactive, setting);
    const answer = readExecCredential(output, config);
    current = {identity: identityOf(answer), endsAt: answer.endsAt};
    return current.identity;
  };
  const now = (): number => setting.clock.now().getTime();
  const refresh = singleFlight(() => run(false), now, FAILURE_MEMORY_MS);

  return {
    identity: async () => {
      if (current !== undefined && now() <= current.endsAt) return current.identity;
      return refresh();
    },
    renew: async (used) => {
      // Somebody else renewed while our request was on its way.
      if (current !== undefined && current.identity !== used) return true;
      return (await refresh()) !== used;
    },
    logIn: async () => {
      await run(true);
    },
  };
};

const identityOf = (answer: ExecAnswer): Identity => ({
  headers: answer.token === '' ? {} : {authorization: `Bearer ${answer.token}`},
  ...(answer.certificate === ''
    ? {}
    : {
        certificate: {
          cert: answer.certificate,
          key: answer.key,
          id: createHash('sha256').update(answer.certificate).digest('base64url'),
        },
      }),
});

/**
 * Whether the plugin gets the terminal. A session that owns the screen gives it away only when the user asked to log in,
 * or when the plugin cannot work without: a screen that vanishes for each token would be worse than an expired login.
 */
const isInteractive = (config: ExecConfig, {hooks}: CredentialSetting, mayAsk: boolean): boolean => {
  const mode = config.interactiveMode;
  if (mode === 'Never') return false;
  const isTerminal = process.stdin.isTTY === true;
  if (mode === 'IfAvailable') {
    return isTerminal && hooks.stdinUnavailable === undefined && (mayAsk || hooks.lendTerminal === undefined);
  }
  const reason = !isTerminal
    ? 'standard input is not a terminal'
    : hooks.stdinUnavailable === undefined
      ? undefined
      : `standard input is unavailable${hooks.stdinUnavailable === '' ? '' : `: ${hooks.stdinUnavailable}`}`;
  if (reason !== undefined) {
    throw new LoginError('KD-LOGIN-TERMINAL', `getting credentials: exec plugin cannot support interactive mode: ${reason}`, {
      plugin: config.command ?? '',
    });
  }
  return true;
};

/** The ExecCredential handed to the plugin in KUBERNETES_EXEC_INFO. */
const execInfo = (config: ExecConfig, {cluster}: Connection, target: ServerTarget, interactive: boolean): string => {
  const extension = cluster.extensions?.find(({name}) => name === `${API_GROUP}/exec`)?.extension;
  const info = {
    server: cluster.server ?? '',
    ...(cluster['tls-server-name'] ? {'tls-server-name': cluster['tls-server-name']} : {}),
    ...(cluster['insecure-skip-tls-verify'] ? {'insecure-skip-tls-verify': true} : {}),
    ...(target.ca === undefined ? {} : {'certificate-authority-data': Buffer.from(target.ca).toString('base64')}),
    ...(cluster['proxy-url'] ? {'proxy-url': cluster['proxy-url']} : {}),
    ...(cluster['disable-compression'] ? {'disable-compression': true} : {}),
    config: extension ?? null,
  };
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: config.apiVersion,
    spec: {...(config.provideClusterInfo ? {cluster: info} : {}), interactive},
  });
};
