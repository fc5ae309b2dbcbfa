// Wires the parts together: decides which face the words ask for, and loads only that.
import process from 'node:process';
import {basename} from 'node:path';
import {isCommandLine, runCli} from './cli/main.ts';
import type {CliHost} from './cli/main.ts';

declare const KDECK_VERSION: string;

const argv = process.argv.slice(2);
const {env, stdin, stdout, stderr} = process;

/** Messages say `kubectl` when kdeck was called by that name, so that scripts see what they know. */
const program = env['KDECK_PROGRAM'] === 'kubectl' || basename(process.argv[1] ?? '') === 'kubectl' ? 'kubectl' : 'kdeck';

const host: CliHost = {
  streams: {stdin, stdout, stderr},
  env,
  program,
  now: () => new Date(),
  openCluster: async (flags, {command}) => (await import('./operations/connect.ts')).openCluster(flags, {transport: 'once', env, command}),
};

const cli = async (): Promise<void> => {
  const code = await runCli(argv, host);
  process.exitCode = code;
};

if (argv[0] === '--version') stdout.write(`kdeck ${KDECK_VERSION}\n`);
else await cli();
void isCommandLine;
