// Asks the Go program for the answers to many cases at once.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A question: `op` names it, the rest are its inputs (see main.go). */
export type Case = {readonly op: string} & Readonly<Record<string, unknown>>;

/** What Go printed, and its error. */
export type Answer = {readonly out: string; readonly err?: string};

/** Builds the program, asks, and leaves nothing behind. */
export const ask = (cases: readonly Case[]): Answer[] => {
  const folder = mkdtempSync(join(tmpdir(), 'go-oracle-'));
  try {
    const program = join(folder, 'oracle');
    execFileSync('go', ['build', '-o', program, '.'], {cwd: import.meta.dirname, stdio: 'inherit'});
    const input = cases.map((one) => raw(one)).join('\n');
    const ran = spawnSync(program, {input: `${input}\n`, maxBuffer: 1 << 30});
    if (ran.status !== 0) throw new Error(ran.stderr.toString());
    return ran.stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
  } finally {
    rmSync(folder, {recursive: true});
  }
};

/** JSON of a case; `data` may be JSON text already, so that `1.0` stays `1.0`. */
const raw = ({data, ...rest}: Case): string => {
  const text = JSON.stringify(rest);
  if (data === undefined) return text;
  return `${text.slice(0, -1)},"data":${typeof data === 'string' ? data : JSON.stringify(data)}}`;
};

/** Random numbers that are the same each time. */
export const randomly = (seed: number): {below: (limit: number) => number; pick: <T>(list: readonly T[]) => T} => {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 4294967296) * limit);
  };
  return {below, pick: (list) => list[below(list.length)]!};
};
