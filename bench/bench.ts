// Measures kdeck against its targets and against kubectl: node bench/bench.ts [start-up] [frames] [pods-50000] [get-pods] [pods-10000] [pods-1000]
// `--runs 20` of each command, `--rounds 3` of each sync; `--keep` leaves the big cluster for the next run; `--write` puts the table
// into docs/performance.md.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {tableOf} from './support/figures.ts';
import type {Figure} from './support/figures.ts';
import {reportOf} from './support/report.ts';
import {machine} from './support/machine.ts';
import {frozenProgram, root} from './support/program.ts';
import type {Program} from './support/program.ts';

type Options = {readonly runs: number; readonly rounds: number; readonly say: (line: string) => void};
type Part = (program: Program, options: Options) => Promise<readonly Figure[]>;

const pods =
  (count: number): Part =>
  async (program, options) =>
    (await import('./parts/pods.ts')).measure(program, count, options);

const parts: Readonly<Record<string, Part>> = {
  'start-up': async (program, {runs, say}) => (await import('./parts/start-up.ts')).measure(program, runs, say),
  frames: async (program, {say}) => (await import('./parts/frames.ts')).measure(program, say),
  'pods-50000': pods(50_000),
  // Here, since it uses the cluster that the part before it has left.
  'get-pods': async (program, {rounds, say}) => (await import('./parts/get-pods.ts')).measure(program, rounds, say),
  'pods-10000': pods(10_000),
  'pods-1000': pods(1000),
};

const main = async (): Promise<void> => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      runs: {type: 'string', default: '20'},
      rounds: {type: 'string', default: '3'},
      keep: {type: 'boolean', default: false},
      write: {type: 'boolean', default: false},
    },
  });
  const unknown = positionals.find((name) => parts[name] === undefined);
  if (unknown !== undefined) throw new Error(`there is no benchmark ${unknown}; there are ${Object.keys(parts).join(', ')}`);
  const names = positionals.length === 0 ? Object.keys(parts) : Object.keys(parts).filter((name) => positionals.includes(name));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const folder = join(root, 'bench/results');
  mkdirSync(folder, {recursive: true});
  const file = join(folder, 'latest.json');
  const on = machine(root);
  const figures: Figure[] = [];
  using program = await frozenProgram();
  try {
    for (const name of names) {
      say(`-- ${name}`);
      figures.push(...(await parts[name]!(program, {runs: Number(values.runs), rounds: Number(values.rounds), say})));
      // Kept after each part: a run that is cut short has not been for nothing.
      writeFileSync(
        file,
        `${JSON.stringify({command: `node bench/bench.ts ${process.argv.slice(2).join(' ')}`.trim(), at: new Date().toISOString(), machine: on, figures}, undefined, 2)}\n`,
      );
    }
  } finally {
    if (!values.keep && names.some((name) => /pods/.test(name))) await (await import('./support/big-cluster.ts')).stopBigCluster();
  }
  process.stdout.write(`${tableOf(figures)}\n`);
  if (values.write) writeFileSync(join(root, 'docs/performance.md'), await reportOf(on, figures));
};

await main();
