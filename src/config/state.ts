// What kdeck remembers by itself between runs, such as recent namespaces: a convenience, kept apart from the user's config.
import {mkdir, open, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';

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
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  await alone(`${path}.lock`, async () => {
    const next = change(await loadState(path));
    const temporary = `${path}.${process.pid}.tmp`;
    await writeFile(temporary, `${JSON.stringify(next, null, 1)}\n`, {mode: 0o600});
    await rename(temporary, path);
  });
};

/** A write takes a few milliseconds: a lock of this age belongs to a kdeck that was killed. */
const forgottenAfter = 2000;
const tries = 100;

/** Runs while no other kdeck does the same; after two seconds of waiting without regard to that, for nobody shall wait for a convenience. */
const alone = async (lock: string, run: () => Promise<void>): Promise<void> => {
  let isMine = false;
  for (let attempt = 0; attempt < tries && !isMine; attempt += 1) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      isMine = true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const age = await stat(lock).then(
        ({mtimeMs}) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > forgottenAfter) await rm(lock, {force: true});
      else await pause(5 + Math.random() * 15);
    }
  }
  try {
    await run();
  } finally {
    if (isMine) await rm(lock, {force: true});
  }
};
