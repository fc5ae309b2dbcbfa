// What kdeck remembers by itself between runs, such as recent namespaces: a convenience, kept apart from the user's config.
import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';

/** Remembered per context. Names only: nothing here may be secret. */
export type ContextState = {
  readonly namespaces?: readonly string[];
  readonly seenNamespaces?: readonly string[];
  readonly view?: string;
};
export type State = {readonly contexts: Readonly<Record<string, ContextState>>; readonly recentContexts: readonly string[]};

const empty: State = {contexts: {}, recentContexts: []};

/** The remembered state; anything unreadable counts as nothing remembered. */
export const loadState = async (path: string): Promise<State> => {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as Partial<State> | null;
    return {contexts: value?.contexts ?? {}, recentContexts: value?.recentContexts ?? []};
  } catch {
    return empty;
  }
};

/**
 * Applies `change` to what is in the file now and replaces it in one step (0600 in a 0700 folder), so that two running
 * kdecks do not take each other's entries away. Changes of one kdeck wait for each other. Throws only when the disk refuses.
 */
export const updateState = (path: string, change: (state: State) => State): Promise<void> => {
  const mine = last.then(() => replaceState(path, change));
  last = mine.catch(() => undefined);
  return mine;
};

let last: Promise<void> = Promise.resolve();

/** Resolves when every change so far is on disk or refused: who leaves waits for it. */
export const stateWritten = (): Promise<void> => last;

const replaceState = async (path: string, change: (state: State) => State): Promise<void> => {
  const next = change(await loadState(path));
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify(next, null, 1)}\n`, {mode: 0o600});
  await rename(temporary, path);
};
