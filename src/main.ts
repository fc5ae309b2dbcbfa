// Wires the parts together: decides which face the words ask for, and loads only that.
import {existsSync} from 'node:fs';
import process from 'node:process';
import {basename} from 'node:path';
import {isCommandLine, runCli} from './cli/main.ts';
import type {CliHost} from './cli/main.ts';

declare const KDECK_VERSION: string | undefined;

const version = typeof KDECK_VERSION === 'string' ? KDECK_VERSION : '0.0.0-source';
const argv = process.argv.slice(2);
const {env, stdin, stdout, stderr} = process;

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

const host: CliHost = {
  streams: {stdin, stdout, stderr},
  env,
  program,
  now: () => new Date(),
  openCluster: async (flags, {command}) => {
    const {openCluster} = await import('./operations/connect.ts');
    const readonly = flags.readonly === true || (await readonlyByConfig(flags));
    return openCluster({...flags, readonly}, {transport: 'once', env, command});
  },
};

/** A kind or nothing opens the TUI on a terminal; every command is the CLI's, and so is everything without a terminal. */
const wantsTui = async (): Promise<boolean> => {
  if (program === 'kubectl' || !stdin.isTTY || !stdout.isTTY || isCommandLine(argv)) return false;
  const {firstWord} = await import('./cli/command-line.ts');
  const word = firstWord(argv);
  if (word === undefined) return true;
  const {findPlugin} = await import('./cli/plugins.ts');
  return findPlugin(argv, env['PATH'] ?? '', 1) === undefined;
};

if (argv[0] === '--version') stdout.write(`kdeck ${version}\n`);
else if (await wantsTui()) {
  const {openTui} = await import('./start-tui.ts');
  process.exit(await openTui({argv, env, stdin, stdout, version, root: new URL('..', import.meta.url)}));
} else process.exitCode = await runCli(argv, host);
