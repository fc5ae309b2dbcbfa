// Small file habits: whole files only, private by default, and a lock that the kernel releases when its holder dies.
import {spawn} from 'node:child_process';
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';

/** Writes a file so that a reader sees the old or the new one, never half of it. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o600): void {
  mkdirSync(dirname(path), {recursive: true});
  const half = `${path}.${process.pid}.half`;
  writeFileSync(half, content, {mode});
  renameSync(half, path);
}

/** The parsed file, or undefined when it is absent or not JSON. What is in it is for the caller to know. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Runs `work` while holding the lock file; others wait. The lock is held by a `flock` child whose input is a pipe from
 * this process: however this process ends, the pipe closes, the child ends, and the lock is free. No stale locks.
 */
export async function withLock<T>(path: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), {recursive: true});
  const holder = spawn('flock', [path, 'sh', '-c', 'echo held; exec cat'], {stdio: ['pipe', 'pipe', 'inherit']});
  const patience = setTimeout(waiting, 1500);
  try {
    await new Promise<void>((held, failed) => {
      holder.once('error', () => failed(new Error('the program flock (Debian package util-linux) is needed')));
      holder.once('exit', () => failed(new Error(`could not lock ${path}`)));
      holder.stdout.once('data', () => held());
    });
  } finally {
    clearTimeout(patience);
  }
  try {
    return await work();
  } finally {
    holder.removeAllListeners('exit');
    const gone = new Promise((done) => holder.once('exit', done));
    holder.stdin.end();
    await gone;
  }
}
