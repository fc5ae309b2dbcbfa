// Help of commands, parents, the program and the global options.
import type {CliHost} from '../main.ts';
import {findCommand} from '../command-line.ts';
import {cliError, usageError} from '../errors.ts';
import {globalFlags, helpFlag} from '../flags/global.ts';
import {bareWords, FlagError, FlagSet, parseFlags} from '../flags/parse.ts';
import type {Verb} from '../verb.ts';
import {childrenOf, isParent, isThere, ownCommands, verbIndex} from '../verb-index.ts';
import {parentTexts, rootGroups} from './parents.ts';
import {flagTexts, helpText} from './render.ts';

const shortOf = async (path: string): Promise<string> => {
  const parent = parentTexts[path];
  if (parent !== undefined) return parent.short;
  return (await verbIndex[path]?.load?.())?.verb.short ?? '';
};

const linesOf = (prefix: string, names: readonly string[]): Promise<{readonly name: string; readonly short: string}[]> =>
  Promise.all(
    names
      .filter((name) => isThere(prefix === '' ? name : `${prefix} ${name}`))
      .map(async (name) => ({name, short: await shortOf(prefix === '' ? name : `${prefix} ${name}`)})),
  );

const childGroups = async (
  path: string,
): Promise<{title: string; commands: {readonly name: string; readonly short: string}[]}[]> => [
  {title: 'Available Commands:', commands: await linesOf(path, childrenOf(path).toSorted())},
];

/** `kubectl` alone: the commands that are there, by group. Always exit code 0. */
export const printRoot = async (host: CliHost): Promise<number> => {
  host.streams.stdout.write(await rootPage(host));
  return 0;
};

const rootPage = async (host: CliHost): Promise<string> => {
  const groups = await Promise.all(rootGroups.map(async ({title, names}) => ({title, commands: await linesOf('', names)})));
  if (host.program !== 'kubectl') {
    const {ownSummaries} = await import('../own/own.ts');
    groups.push({title: 'Commands of kdeck:', commands: ownCommands.map((name) => ({name, short: ownSummaries[name] ?? ''}))});
  }
  const long =
    host.program === 'kubectl'
      ? 'kubectl controls the Kubernetes cluster manager.'
      : 'kdeck shows and controls Kubernetes clusters: a terminal UI when called alone, a kubectl when called with a command.';
  return helpText({program: host.program, path: '', long, groups, usage: '[flags]'});
};

/** Help of one verb. */
export const printVerb = async (verb: Verb, path: string, host: CliHost): Promise<number> => {
  host.streams.stdout.write(
    helpText({
      program: host.program,
      path,
      long: verb.long,
      aliases: verb.aliases ?? [],
      examples: verb.examples,
      ...(isParent(path) ? {groups: await childGroups(path)} : {}),
      flags: verb.flags,
      usage: verb.usage,
    }),
  );
  return 0;
};

const parentPage = async (path: string, host: CliHost): Promise<string> => {
  const text = parentTexts[path];
  if (text === undefined) throw cliError(`${host.program} ${path} has no help`);
  return helpText({
    program: host.program,
    path,
    long: text.long,
    ...(text.examples === undefined ? {} : {examples: text.examples}),
    groups: await childGroups(path),
    usage: text.usage,
  });
};

/** A parent called without, or with an unknown child. */
export const runParent = async (path: string, rest: readonly string[], host: CliHost): Promise<number> => {
  const command = `${host.program} ${path}`;
  let line;
  try {
    line = parseFlags(rest, new FlagSet(globalFlags, [helpFlag]));
  } catch (error) {
    throw error instanceof FlagError ? cliError(`${error.message}\nSee '${command} --help' for usage.`) : error;
  }
  if (line.values.bool('help')) {
    host.streams.stdout.write(await parentPage(path, host));
    return 0;
  }
  if (line.args.length > 0) throw usageError(command, `unknown command ${JSON.stringify(line.args.join(' '))}`);
  const {stream, code} = parentTexts[path]?.alone ?? {stream: 'stderr', code: 1};
  host.streams[stream].write(await parentPage(path, host));
  return code;
};

/** `help`, `help get`, `help rollout undo`. */
export const runHelp = async (argv: readonly string[], host: CliHost): Promise<number> => {
  const at = bareWords(argv, new FlagSet(globalFlags, [helpFlag]))[0]?.index ?? 0;
  const found = findCommand(argv.toSpliced(at, 1));
  if (found.path === '') {
    if (found.next === undefined) return printRoot(host);
    // kubectl answers an unknown topic with its whole help, and success.
    host.streams.stderr.write(`Unknown help topic [\`${found.next}\`]\n${await rootPage(host)}`);
    return 0;
  }
  if (found.path === 'options') return printOptions(host);
  const entry = verbIndex[found.path];
  if (entry?.load !== undefined) return printVerb((await entry.load()).verb, found.path, host);
  if (isParent(found.path)) {
    host.streams.stdout.write(await parentPage(found.path, host));
    return 0;
  }
  throw cliError(`${host.program} ${found.path} is not in kdeck yet`);
};

/** `options`: the flags of every command. */
export const printOptions = async (host: CliHost): Promise<number> => {
  host.streams.stdout.write(`The following options can be passed to any command:\n\n${flagTexts(globalFlags)}\n`);
  return 0;
};
