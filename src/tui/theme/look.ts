// Turns text and token names into text with SGR codes: theme, colour depth and glyphs come together here.
import {Chalk} from 'chalk';
import type {ChalkInstance} from 'chalk';
import type {Tone} from '../../resources/column.ts';
import type {Depth} from './depth.ts';
import type {Glyphs} from './glyphs.ts';
import type {Style} from './style.ts';
import {mergeStyles, parseStyle} from './style.ts';
import type {Theme} from './theme.ts';
import type {Token} from './tokens.ts';
import {withoutColour} from './tokens.ts';

/** What everything that draws is given. A new look (theme, depth) is a new value, so caches can be keyed by it. */
export type Look = {
  readonly theme: Theme;
  readonly depth: Depth;
  readonly glyphs: Glyphs;
  /** Styles text; later tokens lie over earlier ones. */
  readonly paint: (text: string, ...tokens: readonly Token[]) => string;
  /** Styles text whose colours are not the theme's, such as what a program in a pane writes. */
  readonly wear: (text: string, style: Style) => string;
  /** The sign of a tone, styled. */
  readonly sign: (tone: Tone, ...under: readonly Token[]) => string;
};

const brush = (chalk: ChalkInstance, style: Style, depth: Depth): ChalkInstance => {
  let made = chalk;
  if (depth > 0) {
    if (style.fg !== undefined) made = style.fg.startsWith('#') ? made.hex(style.fg) : made[style.fg as 'red'];
    if (style.bg !== undefined)
      made = style.bg.startsWith('#')
        ? made.bgHex(style.bg)
        : made[`bg${style.bg.charAt(0).toUpperCase()}${style.bg.slice(1)}` as 'bgRed'];
  }
  for (const attribute of style.attributes) made = made[attribute];
  return made;
};

/** Makes a look. */
export const createLook = (theme: Theme, depth: Depth, glyphs: Glyphs): Look => {
  // Level 0 would drop bold and inverse too; NO_COLOR asks for no colour only, so attributes go through level 1.
  const chalk = new Chalk({level: depth === 0 ? 1 : depth});
  const styleOf = (token: Token): Style => {
    if (depth === 0) return parseStyle(withoutColour[token] ?? '');
    return depth === 1 ? theme.basic(token) : theme.style(token);
  };
  const brushes = new Map<string, readonly [string, string]>();
  const pair = (tokens: readonly Token[]): readonly [string, string] => {
    const name = tokens.length === 1 ? (tokens[0] ?? '') : tokens.join(' ');
    let found = brushes.get(name);
    if (found === undefined) {
      const style = tokens.map(styleOf).reduce(mergeStyles, {attributes: []});
      const [open = '', close = ''] = brush(chalk, style, depth)('\0').split('\0');
      found = [open, close];
      brushes.set(name, found);
    }
    return found;
  };
  const paint = (text: string, ...tokens: readonly Token[]): string => {
    if (text === '') return '';
    const [open, close] = pair(tokens);
    return open + text + close;
  };
  const worn = new Map<string, readonly [string, string]>();
  const wear = (text: string, style: Style): string => {
    const name = `${style.fg ?? ''} ${style.bg ?? ''} ${style.attributes.join(' ')}`;
    let found = worn.get(name);
    if (found === undefined) {
      // A program with true colours can make any number of styles.
      if (worn.size > 4096) worn.clear();
      const [open = '', close = ''] = brush(chalk, style, depth)('\0').split('\0');
      found = [open, close];
      worn.set(name, found);
    }
    return text === '' ? '' : found[0] + text + found[1];
  };
  return {theme, depth, glyphs, paint, wear, sign: (tone, ...under) => paint(glyphs.tone[tone], ...under, `tone.${tone}`)};
};
