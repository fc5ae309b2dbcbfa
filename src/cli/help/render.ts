// Help texts in kubectl's shape: text, aliases, examples, commands, options, usage, pointers.
import {goDurationText} from '../flags/go-duration.ts';
import {defaultOf} from '../flags/values.ts';
import type {Flag} from '../verb.ts';

/** Everything a help page shows. */
export type HelpPage = {
  readonly program: string;
  /** Path below the program's name. */
  readonly path: string;
  readonly long: string;
  readonly aliases?: readonly string[];
  readonly examples?: string;
  readonly groups?: readonly {
    readonly title: string;
    readonly commands: readonly {readonly name: string; readonly short: string}[];
  }[];
  readonly flags?: readonly Flag[];
  /** Words after the command in the usage line. */
  readonly usage: string;
};

/** A default as Go prints it: strings in quotes, lists in brackets. */
const defaultText = (flag: Flag): string => {
  const value = defaultOf(flag);
  if (flag.type === 'string') return `'${String(value)}'`;
  if (flag.type === 'duration') return goDurationText(Number(value));
  if (Array.isArray(value)) return `[${value.join(',')}]`;
  return value === undefined ? '' : String(value);
};

/** `    -o, --output='':` and its text on the next line. */
export const flagText = (flag: Flag): string => {
  const name = flag.short === undefined ? `    --${flag.name}` : `    -${flag.short}, --${flag.name}`;
  const deprecated = flag.deprecated === undefined ? '' : ` (DEPRECATED: ${flag.deprecated})`;
  return `${name}=${defaultText(flag)}:\n\t${flag.usage.replaceAll('\n', ' ')}${deprecated}\n`;
};

/** Visible flags sorted by name. */
export const flagTexts = (flags: readonly Flag[]): string =>
  flags
    .filter((flag) => flag.hidden !== true)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(flagText)
    .join('\n');

/** Names padded to one width, each with its line. */
const commandLines = (commands: readonly {readonly name: string; readonly short: string}[], width: number): string =>
  commands.map(({name, short}) => `  ${name.padEnd(width)}   ${short}\n`).join('');

const trimLines = (text: string): string => text.replace(/^\n+/, '').trimEnd();

/** The whole page. */
export const helpText = (page: HelpPage): string => {
  const {program, path} = page;
  const command = path === '' ? program : `${program} ${path}`;
  const sections = [page.long.replaceAll('{program}', program).trim()];
  const own = path.split(' ').at(-1) ?? '';
  if (page.aliases !== undefined && page.aliases.length > 0) sections.push(`Aliases:\n${[own, ...page.aliases].join(', ')}`);
  if (page.examples !== undefined && page.examples.trim() !== '') {
    sections.push(`Examples:\n${trimLines(page.examples.replaceAll('{program}', program))}`);
  }
  const width = Math.max(11, ...(page.groups ?? []).flatMap(({commands}) => commands.map(({name}) => name.length)));
  for (const {title, commands} of page.groups ?? []) {
    if (commands.length > 0) sections.push(`${title}\n${commandLines(commands, width)}`.trimEnd());
  }
  const flags = flagTexts(page.flags ?? []);
  if (flags !== '') sections.push(`Options:\n${flags}`.trimEnd());
  const words = `${command}${page.usage === '' ? '' : ` ${page.usage}`}`;
  sections.push(`Usage:\n  ${words.includes('[options]') ? words : `${words} [options]`}`);
  const more = page.groups === undefined ? '' : `Use "${command} <command> --help" for more information about a given command.\n`;
  const options = `Use "${program} options" for a list of global command-line options (applies to all commands).\n`;
  return `${sections.join('\n\n')}\n\n${more}${options}`;
};
