// Local commands on the whole TUI in memory; the cluster is a stand-in, the programs and their pseudo-terminal are real.
import {afterEach, expect, test} from 'vitest';
import type {Deck} from '../../../test/support/deck/deck.ts';
import {openMemoryDeck, pod} from '../../../test/support/deck/memory.ts';
import type {MemoryOptions} from '../../../test/support/deck/memory.ts';
import {withPty} from '../../../test/support/pty/with-pty.ts';
import {shellProgram} from './local.ts';

const decks: Deck[] = [];
const start = async (options: Partial<MemoryOptions> = {}): Promise<Deck> => {
  const {deck} = await openMemoryDeck({fill: (cache) => cache.put('pods', pod('web-1')), ...options});
  decks.push(deck);
  return deck;
};
afterEach(async () => {
  for (const deck of decks.splice(0)) await deck.ends();
});

withPty('a command runs in a pane between header and hints, told where one is, and its end is told', async () => {
  const deck = await start();
  await deck.goes('! echo "I see $KDECK_KIND $KDECK_NAME"; stty size; exit 3');
  deck.saw('I see pods web-1');
  deck.saw('ended with exit code 3');
  const {rows, columns} = deck.terminal;
  // One line of header, one of breadcrumb, one of hints are not the program's.
  deck.saw(`${rows - 3} ${columns}`);
  expect(deck.terminal.lines()[1]).toContain('exit code 3');
  await deck.presses('esc');
  deck.sawRow('web-1');
});

withPty('the reader of a long output scrolls, and leaves with the keys of every screen', async () => {
  const deck = await start();
  await deck.goes('! seq 1 200');
  deck.saw('200');
  await deck.presses('g');
  expect(deck.terminal.lines()[2]).toBe('1');
  await deck.presses('shift+g', 'q');
  deck.sawRow('web-1');
});

withPty('what a command writes drives the pane, never the real terminal', async () => {
  const deck = await start();
  await deck.goes(String.raw`! printf '\033]0;owned\007\033]52;c;b3duZWQ=\007\033[?1049l\033[?1003h\033[3;5Hplaced'`);
  deck.saw('placed');
  for (const sequence of ['\x1b]0;owned', '\x1b]52;', '\x1b[?1003h', '\x1b[?1049l'])
    expect(deck.terminal.written).not.toContain(sequence);
  expect(deck.terminal.alternate).toBe(true);
  expect(deck.terminal.lines()[4]).toBe('    placed');
});

withPty('a read-only kdeck asks first', async () => {
  const deck = await start({readonly: true});
  await deck.goes('! echo done');
  deck.saw('cannot hold back');
  await deck.presses('esc');
  deck.missed('done');
  deck.sawRow('web-1');
  await deck.goes('! echo is $((40 + 2))');
  await deck.presses('tab', 'enter');
  deck.saw('is 42');
});

test('without a pseudo-terminal and a terminal to lend, one sentence says so', async () => {
  const deck = await start({env: {KDECK_PANE: 'off', SHELL: '/bin/sh', PATH: process.env['PATH']}});
  await deck.goes('! echo done');
  deck.saw('it needs a terminal');
  deck.sawRow('web-1');
});

test('the prompt waits for a command after the mark', async () => {
  const deck = await start();
  await deck.goes('!');
  expect(deck.session.showing.overlay).toBe('prompt');
});

test('the user’s shell runs the line as it stands', () => {
  expect(shellProgram('a | b', {SHELL: '/bin/zsh'}, 'linux')).toEqual({file: '/bin/zsh', args: ['-c', 'a | b']});
  expect(shellProgram('a', {}, 'linux')).toEqual({file: '/bin/sh', args: ['-c', 'a']});
  expect(shellProgram('a', {}, 'win32')).toEqual({file: 'cmd.exe', args: ['/d', '/s', '/c', 'a']});
});
