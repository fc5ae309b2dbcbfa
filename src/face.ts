// Which face a command line asks for.
import {firstWord, isCommandLine} from './cli/command-line.ts';
import {programName} from './cli/program-name.ts';
import {findPlugin} from './cli/plugins.ts';

type Stream = {readonly isTTY?: boolean | undefined};

/** A kind or nothing opens the TUI on a terminal; every command is the CLI's, and so is everything without a terminal. */
export const wantsTui = (
  argv: readonly string[],
  streams: {readonly stdin: Stream; readonly stdout: Stream},
  env: Readonly<Record<string, string | undefined>>,
): boolean => {
  if (programName === 'kubectl' || isCommandLine(argv) || argv[0] === '--version') return false;
  if (streams.stdin.isTTY !== true || streams.stdout.isTTY !== true) return false;
  return firstWord(argv) === undefined || findPlugin(argv, env['PATH'] ?? '', 1) === undefined;
};
