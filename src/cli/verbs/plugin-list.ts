// `plugin list`: the kubectl-* executables on PATH, and what is wrong with them.
import {accessSync, constants, readdirSync} from 'node:fs';
import {basename, delimiter, join} from 'node:path';
import {PlainError} from '../errors.ts';
import {childOf} from '../verb-index.ts';
import type {Verb, VerbContext} from '../verb.ts';

const OS_TEXTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  ENOTDIR: 'not a directory',
};

const findAll = ({env, streams}: VerbContext): readonly string[] =>
  [...new Set((env['PATH'] ?? '').split(delimiter))].flatMap((folder) => {
    if (folder.trim() === '') return [];
    try {
      return readdirSync(folder, {withFileTypes: true})
        .filter((entry) => !entry.isDirectory() && entry.name.startsWith('kubectl-'))
        .map(({name}) => name)
        .toSorted()
        .map((name) => join(folder, name));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      streams.stderr.write(
        `Unable to read directory ${JSON.stringify(folder)} from your PATH: open ${folder}: ${OS_TEXTS[code] ?? code}. Skipping...\n`,
      );
      return [];
    }
  });

const problemsOf = (path: string, seen: Map<string, string>): readonly string[] => {
  const problems: string[] = [];
  const name = basename(path);
  const words = name.slice('kubectl-'.length).split('-');
  const command = childOf('', words.join('-')) ?? (words.length > 1 ? childOf(words[0]!, words.slice(1).join('-')) : undefined);
  if (command !== undefined) problems.push(`warning: ${name} overwrites existing command: "kubectl ${command}"`);
  try {
    accessSync(path, constants.X_OK);
    const other = seen.get(name);
    if (other !== undefined) problems.push(`warning: ${path} is overshadowed by a similarly named plugin: ${other}`);
    else seen.set(name, path);
  } catch {
    problems.push(`warning: ${path} identified as a kubectl plugin, but it is not executable`);
  }
  return problems;
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const paths = findAll(context);
  if (paths.length === 0) throw new PlainError('error: unable to find any kubectl plugins in your PATH');
  streams.stdout.write('The following compatible plugins are available:\n\n');
  const seen = new Map<string, string>();
  let warnings = 0;
  for (const path of paths) {
    streams.stdout.write(`${flags.bool('name-only') ? basename(path) : path}\n`);
    for (const problem of problemsOf(path, seen)) {
      streams.stderr.write(`  - ${problem}\n`);
      warnings += 1;
    }
  }
  if (warnings > 0)
    throw new PlainError(warnings === 1 ? 'error: one plugin warning was found' : `error: ${warnings} plugin warnings were found`);
  return 0;
};

export const verb: Verb = {
  name: 'plugin list',
  short: "List all visible plugin executables on a user's PATH",
  long: 'List executables on PATH whose names begin with kubectl-.',
  examples: `
  # All plugins
  {program} plugin list

  # Only their names
  {program} plugin list --name-only`,
  usage: '[flags]',
  flags: [{name: 'name-only', type: 'bool', usage: 'Names without folders.'}],
  run,
};
