// Programs in a real pseudo-terminal. Skipped where none works: then kdeck lends the whole terminal instead.
import process from 'node:process';
import {afterEach, expect} from 'vitest';
import {unicodeGlyphs} from '../theme/glyphs.ts';
import {createLook} from '../theme/look.ts';
import type {Theme} from '../theme/theme.ts';
import {spawnPty, withPty} from '../../../test/support/pty/with-pty.ts';
import {Pane} from './pane.ts';

const look = createLook({} as Theme, 0, unicodeGlyphs);
const panes: Pane[] = [];
const open = (script: string, size = {columns: 40, rows: 6}): Pane => {
  const pane = new Pane(spawnPty!, {file: '/bin/sh', args: ['-c', script], env: {...process.env, COLUMNS: '7'}, cwd: '/'}, size);
  panes.push(pane);
  return pane;
};
afterEach(() => {
  for (const pane of panes.splice(0)) pane.dispose();
});
const text = (pane: Pane): string => pane.draw(look, 0).join('\n');
const shows = async (pane: Pane, what: string): Promise<void> => {
  while (!text(pane).includes(what)) {
    if (pane.end !== undefined) throw new Error(`ended without \`${what}\`:\n${text(pane)}`);
    await new Promise<void>((resolve) => {
      pane.onChange = resolve;
    });
  }
};

withPty('a program has a terminal of the right size, reads keys, and its exit code is told', async () => {
  const pane = open('test -t 0 && test -t 1 && echo $TERM ${COLUMNS:-none}; stty size; read line; echo got $line; exit 7');
  await shows(pane, 'xterm-256color none\n6 40');
  pane.send('word\r');
  expect(await pane.done).toEqual({exitCode: 7, signal: undefined, ended: false});
  expect(text(pane)).toContain('got word');
});

withPty('a resize reaches the program', async () => {
  const pane = open('trap "stty size" WINCH; echo ready; while :; do read x && exit 0; done');
  await shows(pane, 'ready');
  pane.resize({columns: 50, rows: 9});
  await shows(pane, '9 50');
});

withPty('Ctrl-C is a key of the program', async () => {
  const pane = open('trap "echo interrupted; exit 3" INT; echo ready; while :; do read x; done');
  await shows(pane, 'ready');
  pane.input({type: 'key', chord: 'ctrl+c'}, '\x03');
  expect((await pane.done).exitCode).toBe(3);
  expect(text(pane)).toContain('interrupted');
});

withPty('a program that ignores the hang-up is killed with its children', async () => {
  const pane = open('trap "" HUP; echo ready; sh -c \'trap "" HUP; while :; do sleep 60; done\'');
  await shows(pane, 'ready');
  pane.kill();
  expect(await pane.done).toMatchObject({signal: 9, ended: true});
});

withPty('output without end is held back, and the keys still work', async () => {
  const pane = open('trap "exit 5" INT; while :; do echo "line of output that is rather long, to fill pipes"; done');
  await shows(pane, 'line of output');
  const before = process.memoryUsage().rss;
  for (let pictures = 0; pictures < 20; pictures++)
    await new Promise<void>((resolve) => {
      pane.onChange = resolve;
    });
  pane.send('\x03');
  expect((await pane.done).exitCode).toBe(5);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
});

withPty('a pane that is let go ends its program', async () => {
  const pane = open('echo ready; read x');
  await shows(pane, 'ready');
  pane.dispose();
  expect((await pane.done).ended).toBe(true);
});
