// A login that did not work, as a state a face can name: which plugin, how it ended, what it last said.
import {KdeckError} from '../../base/errors.ts';

/** Nobody could be logged in. `KD-LOGIN-EXPIRED` when a plugin or provider refused; other codes when it is not usable at all. */
export class LoginError extends KdeckError {
  /** Command of the plugin, or the issuer of an OIDC login. */
  readonly plugin: string;
  readonly pluginExitCode: number | undefined;
  /** The end of what the plugin wrote to its standard error; empty when it went to the terminal. */
  readonly lastOutput: string;

  constructor(
    code: 'KD-LOGIN-EXPIRED' | 'KD-LOGIN-PLUGIN-MISSING' | 'KD-LOGIN-PLUGIN-ANSWER' | 'KD-LOGIN-TERMINAL',
    message: string,
    details: {readonly plugin: string; readonly exitCode?: number | undefined; readonly lastOutput?: string; readonly tryThis?: readonly string[]; readonly cause?: unknown},
  ) {
    super(code, message, {
      ...(details.tryThis === undefined ? {} : {tryThis: details.tryThis}),
      ...(details.cause === undefined ? {} : {cause: details.cause}),
    });
    this.name = 'LoginError';
    this.plugin = details.plugin;
    this.pluginExitCode = details.exitCode;
    this.lastOutput = details.lastOutput ?? '';
  }
}
