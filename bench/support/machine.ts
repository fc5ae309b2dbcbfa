// What the figures were taken on, and how busy it was: figures without it mean nothing.
import {cpus, loadavg, release, totalmem} from 'node:os';
import {spawnSync} from 'node:child_process';
import process from 'node:process';

/** The machine, as told beside the figures. */
export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  readonly commit: string;
  /** Load averages of one, five and fifteen minutes before the run; the run itself adds to them. */
  readonly loadBefore: readonly number[];
};

export const machine = (root: string): Machine => {
  const [first] = cpus();
  const {stdout} = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {cwd: root, encoding: 'utf8'});
  return {
    processor: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    commit: stdout.trim(),
    loadBefore: loadavg().map((value) => Number(value.toFixed(1))),
  };
};
