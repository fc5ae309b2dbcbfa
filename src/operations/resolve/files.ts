// Where manifests come from: files, folders, globs, URLs and standard input, in kubectl's order and with its errors.
import {globSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {extname, join} from 'node:path';
import {KdeckError, messageOf} from '../../base/errors.ts';
import {askedWrong} from './info.ts';

/** A text to read, opened only when it is its turn. */
export type Source = {readonly name: string; readonly text: () => Promise<string>};

/** What the file flags name. */
export type FoundSources = {
  readonly sources: readonly Source[];
  /** One file was named, so its one object is printed alone and not as a list. */
  readonly single: boolean;
  readonly errors: readonly Error[];
};

/** Files with these endings are read from folders. */
const EXTENSIONS = ['.json', '.yaml', '.yml'];

/** Text of a file in the encoding its byte order mark names, UTF-8 without one. */
const decodeText = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le');
  return bytes.toString('utf8');
};

const kindOf = (path: string): 'file' | 'folder' | 'absent' => {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return 'absent';
    throw new KdeckError('KD-RESOLVE-PATH', `the path ${JSON.stringify(path)} cannot be accessed: ${messageOf(error)}`);
  }
};

/** Files of a folder in lexical order. */
const walk = (folder: string, recursive: boolean): string[] =>
  readdirSync(folder, {withFileTypes: true})
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return recursive ? walk(path, true) : [];
      return EXTENSIONS.includes(extname(entry.name)) ? [path] : [];
    });

const fileSource = (path: string): Source => ({
  name: path,
  text: async () => {
    try {
      return decodeText(readFileSync(path));
    } catch (error) {
      throw new KdeckError('KD-RESOLVE-READ', `open ${path}: ${osText(error)}`, {cause: error});
    }
  },
});

const OS_TEXTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
};
const osText = (error: unknown): string => OS_TEXTS[(error as NodeJS.ErrnoException).code ?? ''] ?? messageOf(error);

const urlSource = (url: string): Source => ({
  name: url,
  text: async () => {
    const {downloadText} = await import('./download.ts');
    return downloadText(url);
  },
});

const readAll = async (stream: AsyncIterable<Buffer | string>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return decodeText(Buffer.concat(chunks));
};

/** Sources of `-f` values. Problems of one do not hide the others. */
export const findSources = (names: readonly string[], recursive: boolean, stdin: AsyncIterable<Buffer | string>): FoundSources => {
  const sources: Source[] = [];
  const errors: Error[] = [];
  let stdinUsed = false;
  let several = false;
  for (const name of names) {
    if (name === '-') {
      if (stdinUsed) errors.push(askedWrong('standard input cannot be used for multiple arguments'));
      stdinUsed = true;
      sources.push({name: 'STDIN', text: () => readAll(stdin)});
      continue;
    }
    if (/^https?:\/\//.test(name)) {
      sources.push(urlSource(name));
      continue;
    }
    try {
      const paths = kindOf(name) === 'absent' ? globSync(name).toSorted() : [name];
      if (paths.length === 0) throw askedWrong(`the path ${JSON.stringify(name)} does not exist`);
      for (const path of paths) {
        const files = kindOf(path) === 'folder' ? walk(path, recursive) : [path];
        if (files.length > 1) several = true;
        sources.push(...files.map(fileSource));
      }
      if (sources.length === 0 && errors.length === 0) {
        errors.push(askedWrong(`error reading [${paths.join(' ')}]: recognized file extensions are [${EXTENSIONS.join(' ')}]`));
      }
    } catch (error) {
      errors.push(error as Error);
    }
  }
  return {sources, single: !several && !stdinUsed && sources.length === 1, errors};
};
