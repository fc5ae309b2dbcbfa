// Keys and values for ConfigMaps and Secrets: literals, files, folders and env files, with kubectl's errors.
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {basename, join} from 'node:path';
import {goQuote} from '../../base/go-syntax.ts';
import {createError} from './typed.ts';

/** Where values come from; the words of the flags. */
export type Sources = {
  readonly literals: readonly string[];
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
};

/** Takes a key with its bytes. Throws when the key cannot be taken. */
export type Take = (key: string, bytes: Buffer, from: 'literal' | 'file') => void;

const OS_TEXTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  ENOTDIR: 'not a directory',
};
const osText = (error: unknown): string => OS_TEXTS[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message;

const statOf = (path: string): ReturnType<typeof statSync> => {
  try {
    return statSync(path);
  } catch (error) {
    throw createError(`error reading ${path}: ${osText(error)}`);
  }
};

const readBytes = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    throw createError(`open ${path}: ${osText(error)}`);
  }
};

const takeLiteral = (source: string, take: Take): void => {
  const at = source.indexOf('=');
  // A `=` must be there, and something before it.
  if (at <= 0) throw createError(`invalid literal source ${source}, expected key=value`);
  take(source.slice(0, at), Buffer.from(source.slice(at + 1)), 'literal');
};

const splitFile = (source: string): {readonly key: string; readonly path: string} => {
  const count = source.split('=').length - 1;
  if (count === 0) return {key: basename(source), path: source};
  if (count === 1 && source.startsWith('=')) throw createError(`key name for file path ${source.slice(1)} missing`);
  if (count === 1 && source.endsWith('=')) throw createError(`file path for key name ${source.slice(0, -1)} missing`);
  if (count > 1) throw createError("key names or file paths cannot contain '='");
  const at = source.indexOf('=');
  return {key: source.slice(0, at), path: source.slice(at + 1)};
};

const takeFile = (source: string, take: Take): void => {
  const {key, path} = splitFile(source);
  if (!statOf(path)!.isDirectory()) {
    take(key, readBytes(path), 'file');
    return;
  }
  if (source.includes('=')) throw createError('cannot give a key name for a directory path');
  for (const entry of readdirSync(path, {withFileTypes: true}).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isFile()) take(entry.name, readBytes(join(path, entry.name)), 'file');
  }
};

const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

const takeEnvFile = (path: string, env: Readonly<Record<string, string | undefined>>, take: Take): void => {
  if (statOf(path)!.isDirectory()) throw createError('env config file cannot be a directory');
  const text = readBytes(path)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    const key = at < 0 ? line : line.slice(0, at);
    if (!ENV_NAME.test(key)) {
      throw createError(
        `${goQuote(key)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', ` +
          "or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is " +
          "'[-._a-zA-Z][-._a-zA-Z0-9]*')",
      );
    }
    // A name alone takes its value from the environment.
    take(key, Buffer.from(at < 0 ? (env[key] ?? '') : line.slice(at + 1)), 'literal');
  }
};

/** Reads all sources in kubectl's order: files, literals, env files. */
export const readSources = (sources: Sources, env: Readonly<Record<string, string | undefined>>, take: Take): void => {
  if (sources.envFiles.length > 0 && (sources.files.length > 0 || sources.literals.length > 0)) {
    throw createError('from-env-file cannot be combined with from-file or from-literal');
  }
  for (const file of sources.files) takeFile(file, take);
  for (const literal of sources.literals) takeLiteral(literal, take);
  for (const file of sources.envFiles) takeEnvFile(file, env, take);
};
