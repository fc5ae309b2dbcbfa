import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parse} from 'yaml';
import {describe, expect, test} from 'vitest';
import {colourDepth} from './depth.ts';
import {asciiGlyphs, glyphsFor, unicodeGlyphs} from './glyphs.ts';
import {createLook} from './look.ts';
import {loadTheme, parsePlain, parseThemeText, readTheme, themeNames} from './theme.ts';
import type {Token} from './tokens.ts';
import {fallbacks} from './tokens.ts';

const folder = fileURLToPath(new URL('../../../themes', import.meta.url));
const names = await themeNames([folder]);
const textOf = (name: string) => readFileSync(`${folder}/${name}.yaml`, 'utf8');

test('the four themes are there', () => {
  expect(names).toEqual(['colour-blind-safe', 'dark', 'high-contrast', 'light']);
});

const luminance = (hex: string): number => {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(names)('theme %s', (name) => {
  test('reads the same with and without the YAML library', () => {
    expect(parsePlain(textOf(name))).toEqual(parse(textOf(name)));
  });

  test('every text reaches its contrast on usual backgrounds', async () => {
    const theme = await loadTheme(name, [folder]);
    const backgrounds = theme.dark ? ['#000000', '#14181f'] : ['#ffffff', '#f7f8fa'];
    const needed = name === 'high-contrast' ? 7 : 4.5;
    for (const token of Object.keys(fallbacks) as Token[]) {
      const style = theme.style(token);
      if (style.fg?.startsWith('#') !== true) continue;
      const least = token.startsWith('border') ? 2 : needed;
      for (const background of style.bg === undefined ? backgrounds : [style.bg])
        expect(contrast(style.fg, background), `${token} on ${background}`).toBeGreaterThanOrEqual(least);
    }
  });

  test('tones on the cursor row stay readable', async () => {
    const theme = await loadTheme(name, [folder]);
    const cursor = theme.style('row.cursor');
    for (const tone of ['ok', 'busy', 'warn', 'bad', 'idle'] as const) {
      const fg = theme.style(`tone.${tone}`).fg;
      if (cursor.bg !== undefined && fg !== undefined && name !== 'high-contrast')
        expect(contrast(fg, cursor.bg), tone).toBeGreaterThanOrEqual(3);
    }
  });
});

test('a mistake in a theme is told with the token and the word', () => {
  const source = {name: 'mine', dark: true, palette: {}, tokens: {title: 'blurple'}};
  expect(() => readTheme(source)).toThrow('theme mine: title: `blurple` is no colour, attribute or palette name');
  expect(() => readTheme({...source, tokens: {titel: 'red'}})).toThrow('there is no token `titel`');
});

test('a theme that uses more of YAML goes through the library', async () => {
  const text = 'name: x\ndark: true\npalette: {a: "#ffffff"}\ntokens:\n  title: >-\n    a bold\n';
  expect(parsePlain(text)).toBeUndefined();
  expect((await parseThemeText(text)).tokens).toEqual({title: 'a bold'});
});

test('the look follows the depth of the terminal', async () => {
  const theme = await loadTheme('dark', [folder]);
  expect(createLook(theme, 3, unicodeGlyphs).paint('x', 'tone.bad')).toBe('\x1b[38;2;255;128;128mx\x1b[39m');
  expect(createLook(theme, 2, unicodeGlyphs).paint('x', 'tone.bad')).toMatch(/^\x1b\[38;5;\d+mx\x1b\[39m$/);
  expect(createLook(theme, 1, unicodeGlyphs).paint('x', 'tone.bad')).toBe('\x1b[91mx\x1b[39m');
  expect(createLook(theme, 0, asciiGlyphs).paint('x', 'tone.ok')).toBe('x');
  expect(createLook(theme, 0, asciiGlyphs).paint('x', 'row.cursor')).toBe('\x1b[7mx\x1b[27m');
  expect(createLook(theme, 0, asciiGlyphs).sign('bad')).toContain('x');
});

test.each([
  [{NO_COLOR: '1', COLORTERM: 'truecolor'}, 0],
  [{CI: 'true', TERM: 'xterm-256color'}, 2],
  [{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 3],
  [{TERM: 'xterm'}, 1],
  [{TERM: 'dumb'}, 0],
  [{TERM: 'screen', FORCE_COLOR: '3'}, 3],
])('colours of %j are level %i', (env, level) => {
  expect(colourDepth(env)).toBe(level);
});

test('signs follow the locale', () => {
  expect(glyphsFor('auto', {LANG: 'C', TERM: 'xterm'}).name).toBe(process.platform === 'darwin' ? 'unicode' : 'ascii');
  expect(glyphsFor('auto', {LANG: 'de_DE.UTF-8', TERM: 'xterm'}).name).toBe('unicode');
  expect(glyphsFor('ascii', {LANG: 'de_DE.UTF-8'})).toBe(asciiGlyphs);
});
