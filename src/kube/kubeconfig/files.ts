// Kubeconfig files on disk: locked as kubectl locks them, replaced whole or not at all.
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {dirname} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {configError} from './config-error.ts';

// Another program holds a lock for as long as it takes to write a file.
const LOCK_PATIENCE_MS = 2000;
const LOCK_STEP_MS = 25;

/** Runs `work` while `FILE.lock` of every file is ours; kubectl honours the same files. */
export const withLocks = async <T>(files: readonly string[], work: () => Promise<T>): Promise<T> => {
  const held: string[] = [];
  try {
    // One order for everybody, so that two writers never wait for each other.
    for (const file of [...files].sort()) {
      mkdirSync(dirname(file), {recursive: true, mode: 0o755});
      await lock(`${file}.lock`);
      held.push(`${file}.lock`);
    }
    return await work();
  } finally {
    for (const path of held) rmSync(path, {force: true});
  }
};

const lock = async (path: string): Promise<void> => {
  for (let waited = 0; ; waited += LOCK_STEP_MS) {
    try {
      closeSync(openSync(path, 'wx', 0o600));
      return;
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST')
        throw configError(
          'KD-CONFIG-LOCK',
          `open ${path}: ${code === 'EACCES' ? 'permission denied' : (error as Error).message}`,
          [],
          error,
        );
      if (waited >= LOCK_PATIENCE_MS) {
        throw configError(
          'KD-CONFIG-LOCK',
          `open ${path}: file exists`,
          [`If no other program is writing it, remove ${path}.`],
          error,
        );
      }
      await wait(LOCK_STEP_MS);
    }
  }
};

/** Text of a file, or undefined when there is none. */
export const readLocked = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Replaces a file in one step. A new file is readable by its owner only; an old one keeps its mode, a link stays a link. */
export const writeAtomically = (file: string, text: string): void => {
  const stat = statSync(file, {throwIfNoEntry: false});
  const target = stat === undefined ? file : realpathSync(file);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, {mode: 0o600});
    if (stat !== undefined) chmodSync(temporary, stat.mode & 0o777);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, {force: true});
    // A file may be writable in a directory that is not.
    if (stat === undefined || !['EACCES', 'EPERM', 'EROFS', 'EXDEV', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    writeFileSync(target, text);
  }
};
