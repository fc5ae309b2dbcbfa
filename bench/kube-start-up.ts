// What it costs to start, read a kubeconfig and ask a real API server one thing, beside kubectl doing the same.
// Alternating runs in one go, so that only the ratios count: node bench/kube-start-up.ts [rounds]
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {clusterFacts} from '../test/support/cluster/harness.ts';

const rounds = Number(process.argv[2] ?? 20);
const facts = clusterFacts(process.env['KDECK_TEST_CLUSTER'] ?? 'default');
if (facts === undefined) throw new Error('no test cluster is running: npm run cluster up');

const PODS = '/api/v1/namespaces/default/pods?limit=500';
const ENTRY = `
import {openCluster} from '${join(import.meta.dirname, '../src/operations/connect.ts')}';
const {client} = await openCluster({}, {transport: 'once', env: process.env, command: 'kubectl get'});
const answer = await client.request({path: ${JSON.stringify(PODS)}});
process.stdout.write(answer.text() + '\\n', () => process.exit(0));
`;

const folder = mkdtempSync(join(tmpdir(), 'kdeck-bench-'));
await build({
  stdin: {contents: ENTRY, resolveDir: join(import.meta.dirname, '..'), loader: 'ts'},
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  outdir: folder,
  entryNames: 'entry',
  outExtension: {'.js': '.mjs'},
});
// Two files, since static imports of a file are compiled before its first line runs.
writeFileSync(
  join(folder, 'cached.mjs'),
  `import {enableCompileCache} from 'node:module';\nenableCompileCache(${JSON.stringify(join(folder, 'cache'))});\nawait import('./entry.mjs');\n`,
);

const node = process.execPath;
const variants: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'node -e 0': [node, '-e', '0'],
  'kubectl version --client': [facts.kubectl, 'version', '--client'],
  'kubectl get --raw': [facts.kubectl, 'get', '--raw', PODS],
  'kdeck kubeconfig + one request': [node, join(folder, 'entry.mjs')],
  'the same, compile cache': [node, join(folder, 'cached.mjs')],
};
type Run = {readonly wall: number; readonly cpu: number};
const runs = new Map(Object.keys(variants).map((name) => [name, [] as Run[]]));
for (let round = -1; round < rounds; round++) {
  for (const [name, command] of Object.entries(variants)) {
    // bash counts the processor time of what it ran, which other work on the machine disturbs least.
    const {status, stderr} = spawnSync('bash', ['-c', `TIMEFORMAT='%3R %3U %3S'; time "$@" > /dev/null`, 'bash', ...command], {
      env: {...process.env, KUBECONFIG: facts.kubeconfigs.admin, LC_ALL: 'C'},
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    const [wall = 0, user = 0, system = 0] =
      stderr
        .trim()
        .split('\n')
        .at(-1)
        ?.split(' ')
        .map((text) => Number(text) * 1000) ?? [];
    // The first round warms caches.
    if (round >= 0) runs.get(name)?.push({wall, cpu: user + system});
  }
}
rmSync(folder, {recursive: true});

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const figures = (name: string): readonly number[] => {
  const list = runs.get(name) ?? [];
  const walls = list.map(({wall}) => wall);
  const cpus = list.map(({cpu}) => cpu);
  return [Math.min(...walls), median(walls), Math.min(...cpus), median(cpus)];
};
const reference = figures('kubectl get --raw');
process.stdout.write(
  `${`ms (of kubectl get --raw), ${rounds} rounds`.padEnd(34)}      wall min   wall median       CPU min    CPU median\n`,
);
for (const name of runs.keys()) {
  const cells = figures(name).map((value, n) => `${value.toFixed(0)} (${(value / (reference[n] ?? 1)).toFixed(2)})`.padStart(14));
  process.stdout.write(`${name.padEnd(34)}${cells.join('')}\n`);
}
