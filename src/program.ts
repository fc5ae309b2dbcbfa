// What kdeck does with its words: the command line runs here, and the TUI is opened by whoever holds it.
import {existsSync} from 'node:fs';
import process from 'node:process';
import {runCli} from './cli/main.ts';
import type {CliHost} from './cli/main.ts';
import {programName} from './cli/program-name.ts';
import {openStdio} from './cli/stdio.ts';
import {wantsTui} from './face.ts';
import {version} from './version.ts';

const {env} = process;

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

/** Runs what the words ask for and ends the process with its exit code. */
export const runProgram = async (openTui: (argv: readonly string[]) => Promise<number | undefined>): Promise<void> => {
  const argv = process.argv.slice(2);
  const {streams, flush} = openStdio();
  if (argv[0] === '--version') streams.stdout.write(`kdeck ${version}\n`);
  else if (wantsTui(argv, streams, env)) {
    const code = await openTui(argv);
    // Undefined: another copy of the program has taken over, and will end it.
    if (code !== undefined) process.exit(code);
    return;
  } else process.exitCode = await runCli(argv, {streams, env, program: programName, now: () => new Date(), openCluster});
  await flush();
  // Nothing is waited for any more; open connections would only be closed politely.
  process.exit();
};
