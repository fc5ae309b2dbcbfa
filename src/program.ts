// What kdeck does with its words: the command line runs here, and the TUI is opened by whoever holds it.
import {existsSync} from 'node:fs';
import process from 'node:process';
import {basename} from 'node:path';
import {isCommandLine, runCli} from './cli/main.ts';
import type {CliHost} from './cli/main.ts';
import {openStdio} from './cli/stdio.ts';

declare const KDECK_VERSION: string | undefined;

/** kdeck's own version; sources that were not built have none. */
export const version = typeof KDECK_VERSION === 'string' ? KDECK_VERSION : '0.0.0-source';

const {env} = process;

/** Messages say `kubectl` when kdeck was called by that name, so that scripts see what they know. */
const program = env['KDECK_PROGRAM'] === 'kubectl' || basename(process.argv[1] ?? '') === 'kubectl' ? 'kubectl' : 'kdeck';

/** Whether the user's config makes the context read-only. The file is only read when it exists: most scripts have none. */
const readonlyByConfig = async (flags: Parameters<CliHost['openCluster']>[0]): Promise<boolean> => {
  const {pathsFor} = await import('./config/paths.ts');
  const {config: file} = pathsFor(env);
  if (!existsSync(file)) return false;
  const [{contextConfig, loadConfig}, {peekContext}] = await Promise.all([
    import('./config/load.ts'),
    import('./operations/connect.ts'),
  ]);
  const [{config}, {context}] = await Promise.all([loadConfig(file), peekContext(flags, env)]);
  return contextConfig(config, context).readonly;
};

const openCluster: CliHost['openCluster'] = async (flags, {command}) => {
  const {openCluster: open} = await import('./operations/connect.ts');
  const readonly = flags.readonly === true || (await readonlyByConfig(flags));
  return open({...flags, readonly}, {transport: 'once', env, command});
};

/** A kind or nothing opens the TUI on a terminal; every command is the CLI's, and so is everything without a terminal. */
const wantsTui = async (argv: readonly string[], streams: CliHost['streams']): Promise<boolean> => {
  if (program === 'kubectl' || isCommandLine(argv) || streams.stdin.isTTY !== true || streams.stdout.isTTY !== true) return false;
  const {firstWord} = await import('./cli/command-line.ts');
  if (firstWord(argv) === undefined) return true;
  const {findPlugin} = await import('./cli/plugins.ts');
  return findPlugin(argv, env['PATH'] ?? '', 1) === undefined;
};

/** Runs what the words ask for and ends the process with its exit code. */
export const runProgram = async (openTui: (argv: readonly string[]) => Promise<number | undefined>): Promise<void> => {
  const argv = process.argv.slice(2);
  const {streams, flush} = openStdio();
  if (argv[0] === '--version') streams.stdout.write(`kdeck ${version}\n`);
  else if (await wantsTui(argv, streams)) {
    const code = await openTui(argv);
    // Undefined: another copy of the program has taken over, and will end it.
    if (code !== undefined) process.exit(code);
    return;
  } else process.exitCode = await runCli(argv, {streams, env, program, now: () => new Date(), openCluster});
  await flush();
  // Nothing is waited for any more; open connections would only be closed politely.
  process.exit();
};
