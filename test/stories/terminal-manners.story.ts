// The real program in a pseudo-terminal: it starts at once, and gives the terminal back whole on every way out.
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import process from 'node:process';
import type {PtyOptions} from '../support/pty/pty.ts';
import {PtyProgram} from '../support/pty/pty.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A kubeconfig whose server answers nobody: these stories need no cluster. */
const nobody = fileURLToPath(new URL('./nobody.kubeconfig.yaml', import.meta.url));

/** Nobody's settings, and a place for what is remembered. */
const home = mkdtempSync(join(tmpdir(), 'kdeck-manners-'));

const running: PtyProgram[] = [];
const start = (args: readonly string[] = [], options: PtyOptions = {}): PtyProgram => {
  const program = new PtyProgram(args, {
    ...options,
    env: {KUBECONFIG: nobody, XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, ...options.env},
  });
  running.push(program);
  return program;
};
beforeAll(() => {
  execFileSync(process.execPath, ['bin/dev/build.js'], {cwd: root, stdio: 'inherit'});
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.close();
});

afterAll(() => rmSync(home, {recursive: true, force: true}));

const isWhole = (program: PtyProgram): void => {
  expect(program.terminal.alternate).toBe(false);
  for (const mode of ['?1049', '?2004', '?1004', '?1000', '?1006'])
    expect(program.output.lastIndexOf(`\x1b[${mode}l`), mode).toBeGreaterThan(program.output.lastIndexOf(`\x1b[${mode}h`));
  expect(program.output.lastIndexOf('\x1b[?25h')).toBeGreaterThan(program.output.lastIndexOf('\x1b[?25l'));
};

test('the first screen says where one is before the server answered', async () => {
  const program = start();
  await program.shows('Pods in quiet');
  expect(program.terminal.lines()[0]).toContain('nobody');
  expect(program.terminal.lines()[2]).toMatch(/NAME +READY +STATUS/);
});

test('a server that refuses is told, and :q leaves', async () => {
  const program = start();
  await program.shows('refused');
  program.type(':q\r');
  expect(await program.ends()).toEqual({code: 0, signal: undefined});
  isWhole(program);
});

test('CI variables change nothing for somebody who looks', async () => {
  const program = start([], {env: {CI: 'true', KUBECONFIG: nobody}});
  await program.shows('Pods in quiet');
  program.type('\x03');
  expect((await program.ends()).code).toBe(0);
  isWhole(program);
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const)('%s leaves a whole terminal', async (signal, code) => {
  const program = start();
  await program.shows('Pods in quiet');
  program.kill(signal);
  expect((await program.ends()).code).toBe(code);
  isWhole(program);
});

test('resize redraws, down to very small and back', async () => {
  const program = start();
  await program.shows('Pods in quiet');
  program.resize(60, 12);
  await program.waits('a small screen', (terminal) => terminal.lines()[11]?.includes('help') === true);
  program.resize(30, 5);
  await program.shows('kdeck needs');
  program.resize(140, 40);
  await program.waits(
    'a big screen',
    (terminal) => terminal.lines()[39]?.includes('help') === true && terminal.text().includes('Pods in quiet'),
  );
});

test('Ctrl-Z goes to the background of a shell and fg brings it back whole', async () => {
  const program = start([], {
    command: ['/bin/bash', '--norc', '--noprofile', '-i'],
    env: {PS1: 'shell$ ', KUBECONFIG: nobody, KDECK: `${process.execPath} ${root}bin/kdeck.js`},
  });
  await program.shows('shell$');
  program.type('$KDECK\r');
  await program.shows('Pods in quiet');
  program.type('\x1a');
  await program.waits('the shell', (terminal) => !terminal.alternate && terminal.text().includes('Stopped'));
  program.type('echo still $((40+2))\r');
  await program.shows('still 42');
  program.type('fg\r');
  await program.waits('kdeck again', (terminal) => terminal.alternate && terminal.text().includes('Pods in quiet'));
  program.type('?');
  await program.shows('Describes the object');
  program.type('\x03');
  await program.waits('the shell', (terminal) => !terminal.alternate);
  program.type('exit\r');
  await program.ends();
  isWhole(program);
});
