// Parses argv as pflag does: long and short flags, groups, `--`, flags and words mixed; `_` in a flag's name equals `-`.
import {quoteGo} from './quote-go.ts';
import {addOccurrence, bareValue, defaultOf} from './values.ts';
import type {FlagValue} from './values.ts';
import type {Flag, FlagValues} from '../verb.ts';

/** pflag's message for a command line that does not parse. */
export class FlagError extends Error {
  override readonly name = 'FlagError';
}

/** What a command line held. */
export type ParsedLine = {
  readonly values: ParsedFlags;
  readonly args: readonly string[];
  /** Number of words before `--`; undefined without one. */
  readonly dash: number | undefined;
  /** `Flag --x has been deprecated, …` lines for stderr. */
  readonly deprecations: readonly string[];
};

const normalize = (name: string): string => (name.includes('_') ? name.replaceAll('_', '-') : name);

/** Flags by name and by shorthand; earlier declarations win, as a command's own flags win over global ones. */
export class FlagSet {
  readonly #byName = new Map<string, Flag>();
  readonly #byShort = new Map<string, Flag>();

  constructor(...declarations: readonly (readonly Flag[])[]) {
    for (const flags of declarations) {
      for (const flag of flags) {
        if (this.#byName.has(flag.name)) continue;
        this.#byName.set(flag.name, flag);
        if (flag.short !== undefined && !this.#byShort.has(flag.short)) this.#byShort.set(flag.short, flag);
      }
    }
  }

  named(name: string): Flag | undefined {
    return this.#byName.get(normalize(name));
  }

  short(letter: string): Flag | undefined {
    return this.#byShort.get(letter);
  }

  all(): readonly Flag[] {
    return [...this.#byName.values()];
  }
}

/** Parsed flags; see {@link FlagValues}. */
export class ParsedFlags implements FlagValues {
  readonly #set: FlagSet;
  readonly #values = new Map<string, FlagValue>();

  constructor(set: FlagSet) {
    this.#set = set;
  }

  add(flag: Flag, text: string): void {
    const parsed = addOccurrence(flag, text, this.#values.get(flag.name));
    if ('error' in parsed) {
      const shown = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
      throw new FlagError(`invalid argument ${quoteGo(text)} for ${quoteGo(shown)} flag: ${parsed.error}`);
    }
    this.#values.set(flag.name, parsed.value);
  }

  #value(name: string): FlagValue {
    if (this.#values.has(name)) return this.#values.get(name);
    const flag = this.#set.named(name);
    if (flag === undefined) throw new Error(`flag accessed but not defined: ${name}`);
    return defaultOf(flag);
  }

  string(name: string): string {
    return String(this.#value(name) ?? '');
  }

  int(name: string): number {
    return Number(this.#value(name));
  }

  bool(name: string): boolean {
    return this.#value(name) === true;
  }

  strings(name: string): readonly string[] {
    return this.#value(name) as readonly string[];
  }

  duration(name: string): number {
    return Number(this.#value(name));
  }

  tri(name: string): boolean | undefined {
    return this.#value(name) as boolean | undefined;
  }

  given(name: string): boolean {
    return this.#values.has(name);
  }
}

/** Parses the words after a command's name. Throws {@link FlagError}. */
export const parseFlags = (words: readonly string[], set: FlagSet): ParsedLine => {
  const values = new ParsedFlags(set);
  const args: string[] = [];
  const deprecations: string[] = [];
  let dash: number | undefined;
  let at = 0;

  const take = (flag: Flag, text: string): void => {
    values.add(flag, text);
    if (flag.deprecated !== undefined) deprecations.push(`Flag --${flag.name} has been deprecated, ${flag.deprecated}`);
  };

  const long = (word: string): void => {
    const body = word.slice(2);
    if (body.startsWith('-') || body.startsWith('=')) throw new FlagError(`bad flag syntax: ${word}`);
    const equals = body.indexOf('=');
    const name = equals === -1 ? body : body.slice(0, equals);
    const flag = set.named(name);
    if (flag === undefined) throw new FlagError(`unknown flag: --${name}`);
    if (equals !== -1) return take(flag, body.slice(equals + 1));
    const bare = bareValue(flag);
    if (bare !== undefined) return take(flag, bare);
    const next = words[at];
    if (next === undefined) throw new FlagError(`flag needs an argument: --${name}`);
    at += 1;
    return take(flag, next);
  };

  const shorts = (word: string): void => {
    let letters = word.slice(1);
    while (letters !== '') {
      const letter = letters[0]!;
      const flag = set.short(letter);
      if (flag === undefined) throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters}`);
      const bare = bareValue(flag);
      if (letters.length > 2 && letters[1] === '=') return take(flag, letters.slice(2));
      if (bare !== undefined) {
        take(flag, bare);
        letters = letters.slice(1);
        continue;
      }
      if (letters.length > 1) return take(flag, letters.slice(1));
      const next = words[at];
      if (next === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${letters}`);
      at += 1;
      return take(flag, next);
    }
  };

  while (at < words.length) {
    const word = words[at]!;
    at += 1;
    if (word === '--') {
      dash = args.length;
      args.push(...words.slice(at));
      break;
    }
    if (word.startsWith('--')) long(word);
    else if (word.startsWith('-') && word.length > 1) shorts(word);
    else args.push(word);
  }
  return {values, args, dash, deprecations};
};

/** Words that are neither flags nor flag values, as cobra looks for a command's name among them. */
export const bareWords = (words: readonly string[], set: FlagSet): readonly {readonly word: string; readonly index: number}[] => {
  const found: {word: string; index: number}[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (word === '--') break;
    if (word.startsWith('-')) {
      if (word.includes('=')) continue;
      const flag = word.startsWith('--') ? set.named(word.slice(2)) : word.length === 2 ? set.short(word[1]!) : undefined;
      const lone = word.startsWith('--') || word.length === 2;
      // An unknown flag is taken to have a value, which is what makes `kubectl -A get pods` look for a command `pods`.
      if (lone && (flag === undefined || bareValue(flag) === undefined)) at += 1;
    } else if (word !== '') found.push({word, index: at});
  }
  return found;
};
