import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {FakeTerminal} from '../../test/support/terminal/fake-terminal.ts';
// @ts-expect-error -- a build script in plain JavaScript
import {patchInkOutput} from '../../bin/dev/ink-patch.js';

const original = fileURLToPath(new URL('../../node_modules/ink/build/output.js', import.meta.url));
// Beside the original, so that its imports resolve.
const folder = mkdtempSync(join(fileURLToPath(new URL('../../node_modules/.', import.meta.url)), '.kdeck-patch-'));
writeFileSync(
  join(folder, 'output.js'),
  (patchInkOutput as (source: string) => string)(readFileSync(original, 'utf8').replace(/[/][/]# sourceMappingURL.*/, '')),
);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

type Transformer = (line: string, index: number) => string;
type OutputClass = new (size: {width: number; height: number}) => {
  write(x: number, y: number, text: string, options: {transformers: Transformer[]}): void;
  clip(clip: {x1?: number; x2?: number; y1?: number; y2?: number}): void;
  unclip(): void;
  get(): {output: string; height: number};
};
const load = async (path: string): Promise<OutputClass> =>
  ((await import(/* @vite-ignore */ pathToFileURL(path).href)) as {default: OutputClass}).default;
const [Stock, Patched] = await Promise.all([load(original), load(join(folder, 'output.js'))]);

/** Every cell of the screen the frame leaves. */
const screen = async (Output: OutputClass, draw: (output: InstanceType<OutputClass>) => void): Promise<unknown> => {
  const output = new Output({width: 40, height: 8});
  draw(output);
  const {output: text, height} = output.get();
  const terminal = new FakeTerminal(40, 8);
  terminal.feed(text);
  await terminal.settled();
  const cells = Array.from({length: 8}, (_, y) => terminal.cells(y));
  terminal.dispose();
  return {height, cells};
};

const write =
  (x: number, y: number, text: string, ...transformers: Transformer[]) =>
  (output: InstanceType<OutputClass>) =>
    output.write(x, y, text, {transformers});
const all =
  (...steps: ((output: InstanceType<OutputClass>) => void)[]) =>
  (output: InstanceType<OutputClass>) =>
    steps.forEach((step) => step(output));

test.each([
  [
    'rows with colour',
    all(...Array.from({length: 8}, (_, y) => write(0, y, `\x1b[32mpod-${y}\x1b[39m \x1b[1m\x1b[44mRunning\x1b[49m\x1b[22m   `))),
  ],
  ['an empty frame', () => {}],
  ['wide and combined characters', all(write(0, 0, '日本語 pods 👍🏽 é'), write(0, 1, 'a\u200bb❤️c'), write(0, 2, '🇩🇪 ok'))],
  [
    'a dialog over rows',
    all(
      ...Array.from({length: 8}, (_, y) => write(0, y, `\x1b[31m${'row '.repeat(10)}\x1b[39m`)),
      write(8, 2, '\x1b[7m╭────────╮\x1b[27m'),
      write(8, 3, '│ delete │'),
      write(8, 4, '╰────────╯'),
    ),
  ],
  ['several lines in one text', all(write(0, 0, 'one\ntwo\nthree'), write(0, 2, 'over'))],
  [
    'a clipped box',
    all(
      write(0, 0, 'before'),
      (output) => output.clip({x1: 2, x2: 10, y1: 2, y2: 4}),
      write(2, 2, 'clipped text runs on and on'),
      (output) => output.unclip(),
      write(0, 6, 'after'),
    ),
  ],
  [
    'transformed lines',
    all(
      write(0, 0, 'shout', (line) => line.toUpperCase()),
      write(0, 1, '\x1b[1mbold\x1b[22m', (line) => `> ${line}`),
    ),
  ],
  ['trailing blanks with a background', all(write(0, 0, `\x1b[44mheader${' '.repeat(34)}\x1b[49m`), write(0, 1, 'plain     '))],
  ['lines outside the frame', all(write(0, -1, 'above'), write(0, 7, 'last'), write(0, 8, 'below'))],
])('%s look the same with and without the shortcut', async (_name, draw) => {
  expect(await screen(Patched, draw)).toEqual(await screen(Stock, draw));
});

test('a changed Ink fails the build', () => {
  const source = readFileSync(original, 'utf8');
  expect(() => (patchInkOutput as (source: string) => string)(source.replace('get() {', 'getFrame() {'))).toThrow('ink changed');
});
