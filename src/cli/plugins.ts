// `kubectl-*` executables on PATH as commands, by kubectl's rules for their names.
import {accessSync, constants, statSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/** A plugin to run. */
export type FoundPlugin = {readonly file: string; readonly args: readonly string[]};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** The executable of a name on PATH. */
export const lookPath = (name: string, path: string): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);

/**
 * The plugin for a command line: all leading words joined by `-`, then one word less, and so on.
 * `minimum` words at least belong to its name. Answers an error text when a flag stands first.
 */
export const findPlugin = (
  words: readonly string[],
  path: string,
  minimum = 1,
): FoundPlugin | {readonly error: string} | undefined => {
  const flagAt = words.findIndex((word) => word.startsWith('-'));
  const leading = (flagAt === -1 ? words : words.slice(0, flagAt)).map((word) => word.replaceAll('-', '_'));
  if (leading.length === 0) return {error: `flags cannot be placed before plugin name: ${words[0]}`};
  for (let count = leading.length; count >= minimum; count -= 1) {
    const file = lookPath(`kubectl-${leading.slice(0, count).join('-')}`, path);
    if (file !== undefined) return {file, args: words.slice(count)};
  }
  return undefined;
};

/** Runs a plugin in place of this process: same streams, same environment, its exit code. */
export const runPlugin = async (plugin: FoundPlugin, env: Readonly<Record<string, string | undefined>>): Promise<number> => {
  const {spawn} = await import('node:child_process');
  return new Promise((resolve, reject) => {
    const child = spawn(plugin.file, plugin.args, {stdio: 'inherit', env: env});
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const settle = (): void => {
      for (const signal of signals) process.off(signal, pass);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code) => {
      settle();
      resolve(code ?? 1);
    });
  });
};
