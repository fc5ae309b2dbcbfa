// A login that did not work, as a state a face can name: which plugin, how it ended, what it last said.
import {KdeckError} from '../../base/errors.ts';

/**
 * Nobody could be logged in. `KD-LOGIN-EXPIRED` when a plugin or provider refused; other codes when it is not usable at all.
 * The message is kubectl's whole line, as for a connection that failed.
 */
export class LoginError extends KdeckError {
  /** What happened, without kubectl's `Unable to connect to the server: `. */
  readonly detail: string;
  /** Command of the plugin, or the issuer of an OIDC login. */
  readonly plugin: string;
  readonly pluginExitCode: number | undefined;
  /** The end of what the plugin wrote to its standard error; empty when it went to the terminal. */
  readonly lastOutput: string;

  constructor(
    code: 'KD-LOGIN-EXPIRED' | 'KD-LOGIN-PLUGIN-MISSING' | 'KD-LOGIN-PLUGIN-ANSWER' | 'KD-LOGIN-TERMINAL' | 'KD-LOGIN-WRITE-BACK',
    detail: string,
    details: LoginDetails,
  ) {
    super(code, `Unable to connect to the server: ${detail}`, {
      ...(details.tryThis === undefined ? {} : {tryThis: details.tryThis}),
      ...(details.cause === undefined ? {} : {cause: details.cause}),
    });
    this.name = 'LoginError';
    this.detail = detail;
    this.plugin = details.plugin;
    this.pluginExitCode = details.exitCode;
    this.lastOutput = details.lastOutput ?? '';
  }
}

type LoginDetails = {
  readonly plugin: string;
  readonly exitCode?: number | undefined;
  readonly lastOutput?: string;
  readonly tryThis?: readonly string[];
  readonly cause?: unknown;
};
