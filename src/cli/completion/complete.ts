// `__complete`: what a shell asks while a person types; candidates a line each, then `:<directive>`, cobra's protocol.
import {findCommand} from '../command-line.ts';
import {globalFlags, helpFlag} from '../flags/global.ts';
import {FlagSet, parseFlags} from '../flags/parse.ts';
import {bareValue} from '../flags/values.ts';
import {parentTexts} from '../help/parents.ts';
import {Context, type CliHost} from '../main.ts';
import type {Completion, Flag, Verb} from '../verb.ts';
import {childrenOf, isParent, isThere, ownCommands, verbIndex} from '../verb-index.ts';

/** cobra's directives: bits. */
const NO_SPACE = 2;
const NO_FILES = 4;
const NAMES: Readonly<Record<number, string>> = {
  0: 'ShellCompDirectiveDefault',
  2: 'ShellCompDirectiveNoSpace',
  4: 'ShellCompDirectiveNoFileComp',
  6: 'ShellCompDirectiveNoSpace, ShellCompDirectiveNoFileComp',
};

type Offer = {readonly lines: readonly string[]; readonly directive: number};

/** Runs `__complete WORDS…` or `__completeNoDesc WORDS…`; the last word is the one being typed. */
export const runComplete = async (argv: readonly string[], host: CliHost): Promise<number> => {
  const words = argv.slice(1);
  const typed = words.at(-1) ?? '';
  let offer: Offer;
  try {
    offer = await offerFor(words.slice(0, -1), typed, host);
  } catch {
    // Whatever is wrong with the line, a shell is no place to tell it.
    offer = {lines: [], directive: 0};
  }
  const bare = argv[0] === '__completeNoDesc';
  for (const line of offer.lines) host.streams.stdout.write(`${bare ? line.split('\t')[0]! : line}\n`);
  host.streams.stdout.write(`:${offer.directive}\n`);
  host.streams.stderr.write(`Completion ended with directive: ${NAMES[offer.directive] ?? ''}\n`);
  return 0;
};

const offerFor = async (words: readonly string[], typed: string, host: CliHost): Promise<Offer> => {
  const found = findCommand(words);
  // A first word that is no command of ours may belong to a plugin, of which nothing is known.
  if (found.path === '' && found.next !== undefined) return {lines: [], directive: 0};
  const entry = verbIndex[found.path];
  const verb = entry?.load === undefined ? undefined : (await entry.load()).verb;
  const own = verb?.flags ?? [];
  const set = new FlagSet(own, globalFlags, [helpFlag]);
  const rest = [...found.rest];

  const last = rest.at(-1);
  const waiting = last === undefined || rest.includes('--') ? undefined : flagWaiting(last, set);
  if (waiting !== undefined) {
    rest.pop();
    return valuesOf(waiting, '', typed, contextFor(verb, found.path, rest, set, host));
  }
  const inline = rest.includes('--') ? null : /^(--[^=]+)=(.*)$/s.exec(typed);
  if (inline !== null) {
    const flag = set.named(inline[1]!.slice(2));
    return flag === undefined
      ? {lines: [], directive: 0}
      : valuesOf(flag, `${inline[1]}=`, inline[2]!, contextFor(verb, found.path, rest, set, host));
  }
  if (typed.startsWith('-') && !rest.includes('--')) return flagsFor(own, typed, rest);
  const children = isParent(found.path) || found.path === '' ? await childOffers(found.path, typed, host) : [];
  if (children.length > 0 || verb === undefined) return {lines: children, directive: NO_FILES};
  return wordsOf(await (verb.complete?.(contextFor(verb, found.path, rest, set, host), typed) ?? {words: [], files: true}), typed);
};

const contextFor = (verb: Verb | undefined, path: string, rest: readonly string[], set: FlagSet, host: CliHost): Context =>
  new Context(verb ?? {flags: []}, path, parseFlags(rest, set), host, () => undefined);

/** The flag a word is, when its value comes next. */
const flagWaiting = (word: string, set: FlagSet): Flag | undefined => {
  if (!word.startsWith('-') || word.includes('=')) return undefined;
  const flag = word.startsWith('--') ? set.named(word.slice(2)) : set.short(word.at(-1)!);
  return flag !== undefined && bareValue(flag) === undefined ? flag : undefined;
};

const wordsOf = ({words, files = false, space = true}: Completion, typed: string): Offer => ({
  lines: words.filter((word) => word.startsWith(typed)),
  directive: (files ? 0 : NO_FILES) + (space ? 0 : NO_SPACE),
});

const valuesOf = async (flag: Flag, prefix: string, typed: string, context: Context): Promise<Offer> => {
  const offer = (words: readonly string[]): Offer => ({
    lines: words.filter((word) => word.startsWith(typed)).map((word) => prefix + word),
    directive: NO_FILES,
  });
  switch (flag.name) {
    case 'namespace':
      return offer(await (await import('./resources.ts')).namesOf(context, 'namespaces'));
    case 'context':
    case 'cluster':
    case 'user': {
      const {readKubeconfig} = await import('../../operations/kubeconfig.ts');
      const config = await readKubeconfig(context.connection, context.env);
      const list = flag.name === 'context' ? config.contexts : flag.name === 'cluster' ? config.clusters : config.users;
      return offer([...list.keys()]);
    }
    default: {
      const choices =
        /One of: [[(]([^\])]*)[\])]/.exec(flag.usage)?.[1] ?? /Must be "none", "server", or "client"/.exec(flag.usage)?.[0];
      if (choices === undefined) return {lines: [], directive: 0};
      return offer(flag.name === 'dry-run' ? ['none', 'server', 'client'] : choices.split(/[, ]+/));
    }
  }
};

const flagsFor = (own: readonly Flag[], typed: string, given: readonly string[]): Offer => {
  const lines: string[] = [];
  const all = [...own, ...globalFlags, helpFlag].filter(
    (flag, index, flags) => flags.findIndex(({name}) => name === flag.name) === index,
  );
  for (const flag of all.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const repeats = ['csv', 'list', 'map'].includes(flag.type);
    const stands = given.some((word) => word === `--${flag.name}` || word.startsWith(`--${flag.name}=`));
    if ((flag.hidden === true && flag.name !== 'help') || (stands && !repeats)) continue;
    const long = `--${flag.name}`;
    const text = flag.usage.replaceAll('\n', ' ');
    if (long.startsWith(typed)) lines.push(`${long}\t${text}`);
    if (flag.short !== undefined && `-${flag.short}`.startsWith(typed)) lines.push(`-${flag.short}\t${text}`);
  }
  return {lines, directive: NO_FILES};
};

const childOffers = async (path: string, typed: string, host: CliHost): Promise<readonly string[]> => {
  const lines: string[] = [];
  for (const name of childrenOf(path).toSorted()) {
    const full = path === '' ? name : `${path} ${name}`;
    if (!name.startsWith(typed) || !isThere(full)) continue;
    const short = parentTexts[full]?.short ?? (await verbIndex[full]?.load?.())?.verb.short ?? '';
    lines.push(`${name}\t${short}`);
  }
  if (path === '' && host.program !== 'kubectl') {
    const {ownSummaries} = await import('../own/own.ts');
    lines.push(...ownCommands.filter((name) => name.startsWith(typed)).map((name) => `${name}\t${ownSummaries[name] ?? ''}`));
  }
  return lines;
};
