// How long a command takes from its first instruction to its end, beside kubectl, run by run in turns. Prints a table, and JSON with `--json FILE`.
//
// `node bench/startup.ts [--runs 20] [--json FILE] [--bin bin/kdeck.js]` needs a running test cluster and a built dist/; nothing else should be busy.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {clusterFacts} from '../test/support/cluster/harness.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
};
const runs = Number(option('--runs') ?? 20);
const facts = clusterFacts();
if (facts === undefined) throw new Error('start the test cluster first: npm run cluster up');

const home = mkdtempSync(join(tmpdir(), 'kdeck-bench-'));
const env = {PATH: process.env['PATH'] ?? '', HOME: home, KUBECONFIG: facts.kubeconfigs.admin, TZ: 'UTC'};
const node = join(root, 'node_modules/node/bin/node');

/** A program and the words before a command's own. */
const programs: Readonly<Record<string, readonly string[]>> = {
  kubectl: [facts.kubectl],
  kdeck: [node, option('--bin') ?? join(root, 'bin/kdeck.js')],
  node: [node, '-e', '0'],
};

/** Wall milliseconds of one run. */
const once = (program: string, words: readonly string[]): number => {
  const [file, ...before] = programs[program]!;
  const start = process.hrtime.bigint();
  const {status, stderr} = spawnSync(file!, program === 'node' ? before : [...before, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}: ${String(stderr)}`);
  return wall;
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const commands: readonly {readonly line: string; readonly limit: number | undefined}[] = [
  {line: 'version --client', limit: 0.8},
  {line: 'get pods -n kube-system', limit: 1.15},
  {line: 'get pods -A', limit: 1.15},
  {line: 'get ns -o yaml', limit: undefined},
  {line: 'describe ns kube-system', limit: undefined},
  {line: 'api-resources', limit: undefined},
  {line: 'config current-context', limit: undefined},
];

type Row = {
  readonly command: string;
  readonly kubectl: number;
  readonly kdeck: number;
  readonly node: number;
  readonly ratio: number;
  readonly limit: number | undefined;
};
const rows: Row[] = [];
try {
  for (const {line, limit} of commands) {
    const words = line.split(' ');
    // The first run of each warms its caches: compiled code, discovery.
    once('kubectl', words);
    once('kdeck', words);
    const times: Record<string, number[]> = {kubectl: [], kdeck: [], node: []};
    for (let run = 0; run < runs; run += 1) for (const program of Object.keys(programs)) times[program]!.push(once(program, words));
    const kubectl = median(times['kubectl']!);
    const kdeck = median(times['kdeck']!);
    rows.push({command: line, kubectl, kdeck, node: median(times['node']!), ratio: kdeck / kubectl, limit});
  }
} finally {
  rmSync(home, {recursive: true, force: true});
}

const cell = (value: number): string => value.toFixed(1).padStart(8);
console.log(`${'command'.padEnd(28)} kubectl    kdeck  node -e 0   ratio   at most   (median ms of ${runs} runs in turns)`);
for (const {command, kubectl, kdeck, node: bare, ratio, limit} of rows) {
  const verdict = limit === undefined ? '' : `${String(limit).padStart(8)}   ${ratio <= limit ? 'met' : 'MISSED'}`;
  console.log(`${command.padEnd(28)}${cell(kubectl)} ${cell(kdeck)}   ${cell(bare)} ${ratio.toFixed(2).padStart(7)}${verdict}`);
}
const file = option('--json');
if (file !== undefined) writeFileSync(file, `${JSON.stringify({runs, node: process.version, rows}, undefined, 2)}\n`);
