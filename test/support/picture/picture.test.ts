import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {FakeTerminal} from '../terminal/fake-terminal.ts';
import {savePicture, svgOf} from './picture.ts';

test('a screen becomes a picture of its colours and texts', async () => {
  const terminal = new FakeTerminal(20, 3);
  terminal.feed('\x1b[38;2;255;128;128mbad\x1b[39m \x1b[44m<b>\x1b[49m\r\n\x1b[1mbold\x1b[22m');
  await terminal.settled();
  const svg = svgOf(terminal);
  expect(svg).toContain('fill="#ff8080">b</text>');
  expect(svg).toContain('&lt;');
  expect(svg).toContain('font-weight="bold"');
  const folder = mkdtempSync(join(tmpdir(), 'kdeck-picture-'));
  savePicture(terminal, join(folder, 'screen.png'));
  expect(readFileSync(join(folder, 'screen.png')).subarray(1, 4).toString()).toBe('PNG');
  rmSync(folder, {recursive: true});
  terminal.dispose();
});
