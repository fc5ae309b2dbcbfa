import {beforeAll, expect, test} from 'vitest';
import {loadWidths, widthOf} from '../../base/text.ts';
import {unicodeGlyphs} from '../theme/glyphs.ts';
import {createLook} from '../theme/look.ts';
import type {Theme} from '../theme/theme.ts';
import {Emulator} from './emulator.ts';

beforeAll(loadWidths);

const look = createLook({} as Theme, 3, unicodeGlyphs);
const grey = createLook({} as Theme, 0, unicodeGlyphs);
const shown = async (output: string, columns = 20, rows = 4) => {
  const answers: string[] = [];
  const emulator = new Emulator({columns, rows}, (bytes) => answers.push(bytes));
  await new Promise<void>((resolve) => emulator.write(output, resolve));
  return {emulator, answers, lines: emulator.lines(look, 0, false)};
};
// eslint-disable-next-line no-control-regex -- SGR sequences begin with ESC
const plain = (line: string): string => line.replaceAll(/\x1b\[[\d;]*m/g, '');

test('colours and attributes come through, 16 colours by name, no others without colour', async () => {
  const {emulator, lines} = await shown(
    '\x1b[31mred\x1b[0m \x1b[1;4mbold\x1b[0m \x1b[38;2;1;2;3mtrue\x1b[0m \x1b[48;5;208mp\x1b[0m',
  );
  expect(lines[0]).toContain('\x1b[31mred');
  expect(lines[0]).toMatch(/\x1b\[1m\x1b\[4mbold/);
  expect(lines[0]).toContain('\x1b[38;2;1;2;3mtrue');
  expect(lines[0]).toContain('\x1b[48;2;255;135;0mp');
  expect(plain(lines[0] ?? '')).toBe('red bold true p');
  expect(emulator.lines(grey, 0, false)[0]).not.toMatch(/\x1b\[[34]\d/);
  expect(emulator.lines(grey, 0, false)[0]).toContain('\x1b[1m');
});

test('nothing but styled text leaves it: no title, clipboard, hyperlink, bell, cursor movement or reading direction', async () => {
  const {lines} = await shown(
    'a\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b]8;;http://x\x07l\x1b]8;;\x07\x07\x1b[2J\x1b[Hb\x1b[5n\u202ec\x1bP+q544e\x1b\\\u009b31m',
  );
  const all = lines.join('\n');
  expect(all).not.toMatch(/owned|b3duZWQ|http/);
  // eslint-disable-next-line no-control-regex -- what must not be there
  expect(all.replaceAll(/\x1b\[[\d;]*m/g, '')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(plain(lines[0] ?? '')).toBe('bc');
});

test('every cell keeps its width, whatever is written into it', async () => {
  const {lines} = await shown('日本|e\u0301|😀|❤️|👩\u200d💻|x', 20, 3);
  const text = plain(lines[0] ?? '');
  expect(text.startsWith('日本|e\u0301|😀|')).toBe(true);
  expect(text.endsWith('|x')).toBe(true);
  expect(widthOf(text)).toBeLessThanOrEqual(20);
});

test('the cursor is drawn where it is, and hidden when the program hides it', async () => {
  const {emulator} = await shown('ab\x1b[D');
  expect(emulator.lines(look, 0, true)[0]).toBe('a\x1b[7mb\x1b[27m');
  expect(emulator.lines(look, 0, false)[0]).toBe('ab');
  await new Promise<void>((resolve) => emulator.write('\x1b[?25l', resolve));
  expect(emulator.lines(look, 0, true)[0]).toBe('ab');
});

test('questions of the program are answered by the emulator', async () => {
  const {answers} = await shown('ab\x1b[6n');
  expect(answers).toEqual(['\x1b[1;3R']);
});

test('modes are known, and lines above are kept up to a limit', async () => {
  const {emulator} = await shown('\x1b[?1h\x1b[?2004h');
  expect(emulator.modes).toEqual({applicationCursor: true, bracketedPaste: true, alternate: false});
  await new Promise<void>((resolve) =>
    emulator.write(Array.from({length: 6000}, (_, index) => `line ${index}\r\n`).join(''), resolve),
  );
  expect(emulator.above).toBe(5000);
  expect(emulator.lines(look, 5000, false)[0]).toBe('line 997');
});
