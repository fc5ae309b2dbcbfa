// `exec -it` and `attach -it` in a real pseudo-terminal: raw keys, sizes, and the terminal as it was on every way out.
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {PtyProgram} from '../../support/pty/pty.ts';
import {facts, onCluster, place, type Place} from './place.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

describe.skipIf(!onCluster)('a terminal lent to a container', () => {
  let at: Place;
  beforeAll(async () => {
    at = await place('tty');
    await at.pod('box', [{name: 'main', command: ['sleep', '3600']}]);
    await at.pod('shell', [{name: 'main', command: ['sh'], tty: true, stdin: true}]);
  });
  afterAll(() => at[Symbol.asyncDispose]());

  // A shell around it tells the exit code and whether the terminal reads lines again.
  const start = (words: string): PtyProgram =>
    new PtyProgram(
      [
        '-c',
        `${process.execPath} ${main} -n ${at.namespace} ${words}; echo "code=$?"; stty -a | grep -o -- '-\\?icanon'; stty -a | grep -o -- '-\\?echo '`,
      ],
      {
        command: ['/bin/sh'],
        size: [91, 33],
        env: {KUBECONFIG: facts?.kubeconfigs.admin ?? ''},
      },
    );

  const restored = async (program: PtyProgram, code: number): Promise<void> => {
    await program.ends(30);
    const text = program.terminal.text();
    expect(text).toContain(`code=${code}`);
    expect(text).toMatch(/(?<!-)icanon/);
    expect(text).toMatch(/(?<!-)echo/);
    await program.close();
  };

  test('a shell: its size, a resize, Ctrl-C for the shell alone, the exit code, and the terminal afterwards', async () => {
    const program = start('exec -it box -- sh');
    await program.shows('#', 60);
    program.type('stty size\r');
    await program.shows('33 91');
    program.resize(120, 40);
    const ask = setInterval(() => program.type('stty size\r'), 200);
    await program.shows('40 120');
    clearInterval(ask);
    program.type('(echo go=$((4+4)); exec sleep 100)\r');
    await program.shows('go=8');
    program.type('\u0003');
    // The interrupt throws away what is typed with it, so the question is asked until the shell hears it.
    const again = setInterval(() => program.type('echo still=$((1+1))\r'), 200);
    await program.shows('still=2');
    clearInterval(again);
    program.type('exit 9\r');
    await restored(program, 9);
  });

  test('leaving an attached shell with ctrl-p ctrl-q', async () => {
    const program = start('attach -it shell');
    await program.shows("If you don't see a command prompt", 60);
    program.type('echo here=$((2+1))\r');
    await program.shows('here=3');
    program.type('\u0010\u0011');
    await program.shows('Session ended, resume using');
    await restored(program, 0);
  });

  test('ended by a signal', async () => {
    const program = start('exec -it box -- sh');
    await program.shows('#', 60);
    program.type('echo $PPID > /dev/null; echo ready=$((3+1))\r');
    await program.shows('ready=4');
    const {execFileSync} = await import('node:child_process');
    const child = execFileSync('ps', ['-o', 'pid=', '--ppid', String(program.pid)], {encoding: 'utf8'}).trim();
    process.kill(Number(child), 'SIGTERM');
    await restored(program, 143);
  });
});
