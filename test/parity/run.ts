// Runs one command line as kubectl or as kdeck, in the same surroundings.
import {spawn} from 'node:child_process';
import {once} from 'node:events';

/** What a program did. */
export type Outcome = {readonly stdout: string; readonly stderr: string; readonly code: number};

/** A program to run: its file and what stands before the words. */
export type Program = {readonly file: string; readonly before: readonly string[]; readonly env: Readonly<Record<string, string>>};

/** How to run it. */
export type RunOptions = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string | undefined;
  /** SIGINT once this stands on stdout. */
  readonly until?: RegExp | undefined;
};

// Whatever a command waits for, a case that needs longer than this is broken.
const LONGEST = 60_000;

/** Runs a program to its end. */
export const run = async (program: Program, words: readonly string[], options: RunOptions): Promise<Outcome> => {
  const child = spawn(program.file, [...program.before, ...words], {
    cwd: options.cwd,
    env: {...options.env, ...program.env},
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let asked = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (!asked && options.until?.test(stdout) === true) {
      asked = true;
      child.kill('SIGINT');
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program may end without reading what it is given.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return {stdout, stderr, code: code ?? -1};
};
