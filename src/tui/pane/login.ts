// A login program in a pane: it talks to the user through the pseudo-terminal, and its answer, a credential, comes over a socket.
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import process from 'node:process';
import type {Programs} from '../session/services.ts';

/** A program that asks the user something, and prints its answer. */
type LoginProgram = {readonly command: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>>};

/** How it ended; `shown` is what stood in its pane then. */
type LoginEnd = {readonly exitCode: number; readonly output: string; readonly shown: string};

/** After the program's end its answer is on its way at most this long. */
const answerWithin = 1000;

/**
 * A pseudo-terminal has one output, so a small Node stands between: the program's terminal is the pane's, its standard output a pipe.
 * The answer never touches a disk and is never drawn.
 */
const relay = `
const {spawn} = require('node:child_process');
const [path, command, ...args] = process.argv.slice(1);
const socket = require('node:net').connect(path);
for (const signal of ['SIGINT', 'SIGQUIT']) process.on(signal, () => {});
const finish = (end) => socket.end(JSON.stringify(end), () => process.exit());
const child = spawn(command, args, {stdio: ['inherit', 'pipe', 'inherit']});
const output = [];
child.stdout?.on('data', (chunk) => output.push(chunk));
child.on('error', ({code, message}) => finish({code, message}));
child.on('close', (exitCode) => finish({exitCode: exitCode ?? -1, output: Buffer.concat(output).toString('utf8')}));
`;

type Answer = {readonly exitCode: number; readonly output: string} | {readonly code?: string | undefined; readonly message: string};

/** Runs a login program in a pane; undefined where there is none, and the whole terminal must be lent. */
export const loginInPane = async (programs: Programs, program: LoginProgram): Promise<LoginEnd | undefined> => {
  if (process.platform === 'win32' || !(await programs.hasPane())) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'kdeck-login-'));
  const path = join(folder, 'answer');
  const answered = Promise.withResolvers<Answer | undefined>();
  const server = createServer((socket) => {
    const parts: Buffer[] = [];
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('error', () => answered.resolve(undefined));
    socket.on('close', () => {
      const text = Buffer.concat(parts).toString('utf8');
      answered.resolve(text === '' ? undefined : (JSON.parse(text) as Answer));
    });
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
    const end = await programs.run({
      title: basename(program.command),
      file: process.execPath,
      args: ['-e', relay, '--', path, program.command, ...program.args],
      env: program.env,
      stays: false,
    });
    const timer = setTimeout(() => answered.resolve(undefined), answerWithin);
    const answer = await answered.promise;
    clearTimeout(timer);
    const shown = end.is === 'ended' ? end.shown : end.problem;
    if (answer === undefined) return {exitCode: -1, output: '', shown};
    if ('message' in answer) throw Object.assign(new Error(answer.message), {code: answer.code});
    return {...answer, shown};
  } finally {
    server.close();
    await rm(folder, {recursive: true, force: true});
  }
};
