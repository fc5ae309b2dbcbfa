// Runs a credential plugin: its environment, its terminal or none, and what its end means.
import type {StdioOptions} from 'node:child_process';
import type {ExecConfig} from '../kubeconfig/model.ts';
import {LoginError} from './login-error.ts';
import type {CredentialSetting} from './setting.ts';

// Enough for the last words of any plugin.
const LONGEST_OUTPUT = 8192;

/** Standard output of the plugin. Rejects with `LoginError` when it is missing or ends badly. */
export const runPlugin = async (
  config: ExecConfig,
  info: string,
  interactive: boolean,
  setting: CredentialSetting,
): Promise<string> => {
  const {hooks} = setting;
  const added = {
    ...Object.fromEntries((config.env ?? []).map(({name, value}) => [name ?? '', value ?? ''])),
    KUBERNETES_EXEC_INFO: info,
  };
  if (interactive && hooks.runInteractive !== undefined) {
    const end = await hooks
      .runInteractive({command: config.command ?? '', args: config.args ?? [], env: added})
      .catch((error: NodeJS.ErrnoException) => {
        throw notStarted(config, error);
      });
    if (end?.exitCode === 0) return end.output;
    if (end !== undefined) throw endedBadly(config, end.exitCode, end.shown);
  }
  const run = (): Promise<string> => spawnPlugin(config, added, interactive, setting);
  return interactive && hooks.lendTerminal !== undefined ? hooks.lendTerminal(run) : run();
};

const spawnPlugin = async (
  config: ExecConfig,
  added: Readonly<Record<string, string>>,
  interactive: boolean,
  {env, hooks}: CredentialSetting,
): Promise<string> => {
  // Most users have no plugin, and commands that run none should not load this.
  const {spawn} = await import('node:child_process');
  return new Promise((resolve, reject) => {
    // With the terminal lent its words go there; a session without it collects them, a command shows them at once.
    const collects = !interactive && (hooks.lendTerminal !== undefined || hooks.onPluginOutput !== undefined);
    const stdio: StdioOptions = [interactive ? 'inherit' : 'ignore', 'pipe', collects ? 'pipe' : 'inherit'];
    const child = spawn(config.command ?? '', [...(config.args ?? [])], {env: {...env, ...added}, stdio});
    const output: Buffer[] = [];
    let last = '';
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      last = (last + text).slice(-LONGEST_OUTPUT);
      hooks.onPluginOutput?.(text);
    });
    child.once('error', (error: NodeJS.ErrnoException) => reject(notStarted(config, error)));
    child.once('close', (exitCode) => {
      if (exitCode === 0) return resolve(Buffer.concat(output).toString('utf8'));
      reject(endedBadly(config, exitCode ?? -1, last));
    });
  });
};

const notStarted = (config: ExecConfig, error: NodeJS.ErrnoException): LoginError => {
  const command = config.command ?? '';
  const isMissing = error.code === 'ENOENT' || error.code === 'EACCES';
  const message = isMissing ? `exec: executable ${command} not found${installHelp(config)}` : `exec: ${error.message}`;
  return new LoginError('KD-LOGIN-PLUGIN-MISSING', `getting credentials: ${message}`, {plugin: command, cause: error});
};

const endedBadly = (config: ExecConfig, exitCode: number, last: string): LoginError => {
  const command = config.command ?? '';
  return new LoginError('KD-LOGIN-EXPIRED', `getting credentials: exec: executable ${command} failed with exit code ${exitCode}`, {
    plugin: command,
    exitCode,
    lastOutput: last.trim(),
    tryThis: [[command, ...(config.args ?? [])].join(' ')],
  });
};

const installHelp = ({installHint}: ExecConfig): string =>
  `

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins${
        installHint ? `\n\n${withoutEscapes(installHint)}` : ''
      }`;

/** Control characters of a hint are shown as code points, so that a kubeconfig cannot drive the terminal. */
const withoutEscapes = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, (mark) =>
    /[\t\n\v\f\r]/.test(mark) ? mark : `U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
