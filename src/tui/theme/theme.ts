// A theme: token names to styles, read from a YAML file under themes/.
import {readFile, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {KdeckError, messageOf} from '../../base/errors.ts';
import type {Style} from './style.ts';
import {parseStyle} from './style.ts';
import type {Token} from './tokens.ts';
import {fallbacks} from './tokens.ts';

/** A theme as it stands in a file. A token's text may hold a second style after `|`, for terminals with 16 colours. */
export type ThemeSource = {
  readonly name: string;
  readonly dark: boolean;
  readonly palette: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;
};

/** A checked theme. `style` for full colour, `basic` for 16 colours; both know every token. */
export type Theme = {
  readonly name: string;
  readonly dark: boolean;
  readonly style: (token: Token) => Style;
  readonly basic: (token: Token) => Style;
};

const isToken = (name: string): name is Token => Object.hasOwn(fallbacks, name);

/** Checks a theme; throws a KdeckError that names the token and the word. */
export const readTheme = (source: ThemeSource): Theme => {
  const full = new Map<Token, Style>();
  const basic = new Map<Token, Style>();
  for (const [name, value] of Object.entries(source.tokens)) {
    if (!isToken(name)) throw new KdeckError('KD-THEME-TOKEN', `theme ${source.name}: there is no token \`${name}\``);
    if (typeof value !== 'string')
      throw new KdeckError('KD-THEME-STYLE', `theme ${source.name}: ${name} must be text such as \`blue on surface bold\``);
    const [rich = '', plain] = value.split('|');
    try {
      full.set(name, parseStyle(rich, source.palette));
      if (plain !== undefined) basic.set(name, parseStyle(plain));
    } catch (error) {
      throw new KdeckError('KD-THEME-STYLE', `theme ${source.name}: ${name}: ${messageOf(error)}`);
    }
  }
  const resolve = (token: Token, maps: readonly ReadonlyMap<Token, Style>[]): Style => {
    for (const map of maps) {
      const style = map.get(token);
      if (style !== undefined) return style;
    }
    const fallback = fallbacks[token];
    return fallback.startsWith('style:') ? parseStyle(fallback.slice(6)) : resolve(fallback as Token, maps);
  };
  return {
    name: source.name,
    dark: source.dark,
    style: (token) => resolve(token, [full]),
    basic: (token) => resolve(token, [basic, full]),
  };
};

/** A theme file's text. Files in the plain two-level form need no YAML library, which would cost the first frame 20 ms. */
export const parseThemeText = async (text: string): Promise<ThemeSource> => {
  const plain = parsePlain(text);
  if (plain !== undefined) return plain;
  const {parse} = await import('../../base/yaml-library.ts');
  return checkShape(parse(text));
};

const checkShape = (value: unknown): ThemeSource => {
  const {name, dark, palette, tokens} = (value ?? {}) as Partial<Record<keyof ThemeSource, unknown>>;
  const isMap = (map: unknown): map is Record<string, string> => typeof map === 'object' && map !== null && !Array.isArray(map);
  if (typeof name !== 'string' || typeof dark !== 'boolean' || !isMap(palette) || !isMap(tokens))
    throw new KdeckError('KD-THEME-SHAPE', 'a theme file needs `name`, `dark` (true or false), `palette` and `tokens`');
  return {name, dark, palette, tokens};
};

const plainLine = /^( {2})?([\w.-]+):(?: (?:"([^"\\]*)"|'([^']*)'|([\w#.| -]*)))?$/;

/** Reads `key: value` lines in one or two levels; undefined when the text uses more of YAML than that. */
export const parsePlain = (text: string): ThemeSource | undefined => {
  const top: Record<string, unknown> = {};
  let section: Record<string, unknown> | undefined;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/(^|\s+)# .*$/, '').trimEnd();
    if (line === '' || line === '#') continue;
    const match = plainLine.exec(line);
    if (match === null) return undefined;
    const [, indent, key = '', double, single, bare] = match;
    const value = double ?? single ?? bare;
    if (indent !== undefined) {
      if (section === undefined || value === undefined || bare?.startsWith('#')) return undefined;
      section[key] = value;
    } else if (value === undefined || value === '') {
      section = {};
      top[key] = section;
    } else {
      section = undefined;
      top[key] = value === 'true' ? true : value === 'false' ? false : value;
    }
  }
  return checkShape(top);
};

/** Finds a theme by name in the folders, first folder first. */
export const loadTheme = async (name: string, folders: readonly string[]): Promise<Theme> => {
  if (!/^[\w-]+$/.test(name)) throw new KdeckError('KD-THEME-NAME', `\`${name}\` is not the name of a theme`);
  for (const folder of folders) {
    const text = await readFile(join(folder, `${name}.yaml`), 'utf8').catch(() => undefined);
    if (text !== undefined) return readTheme(await parseThemeText(text));
  }
  throw new KdeckError('KD-THEME-MISSING', `there is no theme called ${name}`, {tryThis: ['`:theme` lists the themes']});
};

/** Names of the themes in the folders. */
export const themeNames = async (folders: readonly string[]): Promise<readonly string[]> => {
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch((): string[] => [])));
  return [
    ...new Set(
      names
        .flat()
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => file.slice(0, -5)),
    ),
  ].sort();
};
