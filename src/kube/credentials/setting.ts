// What credentials are opened with, and what they may ask of the face they work for.
import type {Clock} from '../../base/clock.ts';
import type {Env, KubeconfigSources} from '../kubeconfig/load.ts';

/** What credentials may ask of a face. */
export type CredentialHooks = {
  /**
   * Runs `use` while the real terminal belongs to it: a TUI leaves its screen and comes back after.
   * Without the hook the terminal is taken to be free, as it is for a command.
   */
  readonly lendTerminal?: <T>(use: () => Promise<T>) => Promise<T>;
  /**
   * Runs an interactive plugin where the user can answer it without the screen being left; `shown` is what it said last.
   * Undefined, or no hook: it gets the real terminal. Rejects with the code of the system when it cannot be started.
   */
  readonly runInteractive?: (plugin: {
    readonly command: string;
    readonly args: readonly string[];
    /** Added to the environment of the process. */
    readonly env: Readonly<Record<string, string>>;
  }) => Promise<{readonly exitCode: number; readonly output: string; readonly shown: string} | undefined>;
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
