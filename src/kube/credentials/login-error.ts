// A login that did not work, as a state a face can name: which plugin, how it ended, what it last said.
import {KdeckError} from '../../base/errors.ts';

/**
 * Nobody could be logged in. `KD-LOGIN-EXPIRED` when a plugin or provider refused, `KD-LOGIN-ISSUER` when the provider did not
 * answer; other codes when it is not usable at all.
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
    code:
      | 'KD-LOGIN-EXPIRED'
      | 'KD-LOGIN-ISSUER'
      | 'KD-LOGIN-PLUGIN-MISSING'
      | 'KD-LOGIN-PLUGIN-ANSWER'
      | 'KD-LOGIN-TERMINAL'
      | 'KD-LOGIN-WRITE-BACK',
    detail: string,
    details: LoginDetails,
  ) {
    super(code, details.line ?? `Unable to connect to the server: ${detail}`, {
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
  /** kubectl's whole line where that does not begin as others do. */
  readonly line?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly lastOutput?: string;
  readonly tryThis?: readonly string[];
  readonly cause?: unknown;
};
