// Runs a program to its end and keeps what it said, for the steps that set a cluster up.
import {spawn} from 'node:child_process';

export type CommandResult = {readonly code: number; readonly output: string};

export type CommandOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
};

/** Runs the program and gives its exit code with stdout and stderr joined; never throws for a non-zero code. */
export function tryCommand(program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      ...(options.cwd === undefined ? {} : {cwd: options.cwd}),
      env: options.env ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', failed);
    child.once('close', (code) => done({code: code ?? 1, output}));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs the program and gives its output; throws with the last lines of it when the exit code is not 0. */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const {code, output} = await tryCommand(program, args, options);
  if (code !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} failed with exit code ${code}:\n${output.trimEnd().split('\n').slice(-25).join('\n')}`,
    );
  }
  return output;
}
