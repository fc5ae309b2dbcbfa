// The signs the screens draw, in Unicode and in plain ASCII. Every sign is one cell wide in both.
import type {Tone} from '../../resources/column.ts';

/** One set of signs. */
export type Glyphs = {
  readonly name: 'unicode' | 'ascii';
  readonly tone: Readonly<Record<Tone, string>>;
  readonly cursor: string;
  readonly mark: string;
  readonly more: string;
  readonly crumb: string;
  readonly dot: string;
  readonly up: string;
  readonly down: string;
  readonly arrow: string;
  readonly check: string;
  readonly line: string;
  readonly side: string;
  readonly corners: readonly [string, string, string, string];
  readonly thumb: string;
  readonly track: string;
  readonly newline: string;
  readonly bars: readonly string[];
};

export const unicodeGlyphs: Glyphs = {
  name: 'unicode',
  tone: {ok: '●', busy: '◐', warn: '▲', bad: '✖', idle: '·'},
  cursor: '▌',
  mark: '◆',
  more: '…',
  crumb: '›',
  dot: '·',
  up: '↑',
  down: '↓',
  arrow: '→',
  check: '✓',
  line: '─',
  side: '│',
  corners: ['╭', '╮', '╰', '╯'],
  thumb: '┃',
  track: '│',
  newline: '⏎',
  bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
};

export const asciiGlyphs: Glyphs = {
  name: 'ascii',
  tone: {ok: '+', busy: '~', warn: '!', bad: 'x', idle: '.'},
  cursor: '>',
  mark: '*',
  more: '~',
  crumb: '>',
  dot: '-',
  up: '^',
  down: 'v',
  arrow: '>',
  check: 'x',
  line: '-',
  side: '|',
  corners: ['+', '+', '+', '+'],
  thumb: '#',
  track: '|',
  newline: ' ',
  bars: ['_', '_', '.', '.', '-', '-', '=', '#'],
};

/** The set for a terminal: Unicode only when the locale says UTF-8 and the terminal is not the Linux console. */
export const glyphsFor = (wish: 'auto' | 'unicode' | 'ascii', env: Readonly<Record<string, string | undefined>>): Glyphs => {
  if (wish !== 'auto') return wish === 'ascii' ? asciiGlyphs : unicodeGlyphs;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const utf8 = /utf-?8/i.test(locale) || env['WT_SESSION'] !== undefined || process.platform === 'darwin';
  return utf8 && env['TERM'] !== 'linux' && env['TERM'] !== 'dumb' ? unicodeGlyphs : asciiGlyphs;
};
