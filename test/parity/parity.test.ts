// Every command line of cases/ given to kubectl and to kdeck. `PARITY=get,describe` runs some verbs only; `PARITY_FROM=source` runs src/.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {runningCluster} from '../support/cluster/harness.ts';
import type {ParityCase} from './case.ts';
import {compareCase, titleOf, type Lab} from './compare.ts';
import {prepareReads} from './fixture.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = fileURLToPath(new URL('cases', import.meta.url));
const wanted = process.env['PARITY']?.split(',');

const verbs = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => wanted === undefined || wanted.includes(name))
  .toSorted();

const modules = await Promise.all(
  verbs.map(async (verb) => ({verb, cases: ((await import(join(folder, `${verb}.ts`))) as {cases: readonly ParityCase[]}).cases})),
);

const results = new Map<string, {passed: number; failed: number}>();
let lab: Lab;
const home = mkdtempSync(join(tmpdir(), 'kdeck-parity-home-'));

beforeAll(async () => {
  const facts = await runningCluster();
  const fromSource = process.env['PARITY_FROM'] === 'source';
  if (!fromSource) {
    const built = spawnSync(process.execPath, [join(root, 'bin/dev/build.js')], {encoding: 'utf8'});
    if (built.status !== 0) throw new Error(`the build failed: ${built.stderr}`);
  }
  prepareReads(facts.kubectl, facts.kubeconfigs.admin);
  lab = {
    kubectl: {file: facts.kubectl, before: [], env: {}},
    kdeck: {
      file: process.execPath,
      before: [join(root, fromSource ? 'src/main.ts' : 'bin/kdeck.js')],
      env: {KDECK_PROGRAM: 'kubectl'},
    },
    kubeconfigs: facts.kubeconfigs,
    home,
  };
}, 300_000);

afterAll(() => {
  rmSync(home, {recursive: true, force: true});
  const width = Math.max(...[...results.keys()].map((verb) => verb.length), 4);
  const rows = [...results]
    .toSorted()
    .map(([verb, {passed, failed}]) => `${verb.padEnd(width)} ${String(passed).padStart(7)} ${String(failed).padStart(7)}`);
  const total = [...results.values()].reduce((sum, one) => ({passed: sum.passed + one.passed, failed: sum.failed + one.failed}), {
    passed: 0,
    failed: 0,
  });
  console.log([`${'verb'.padEnd(width)}  passed  failed`, ...rows, `${total.passed} passed, ${total.failed} failed`].join('\n'));
});

for (const {verb, cases} of modules) {
  describe.concurrent(verb, () => {
    for (const one of cases) {
      test(titleOf(one), async () => {
        const count = results.get(verb) ?? {passed: 0, failed: 0};
        results.set(verb, count);
        count.failed += 1;
        const {kubectl, kdeck} = await compareCase(one, lab);
        if (one.shape !== undefined) {
          for (const pattern of one.shape) for (const {shaped} of kdeck) expect(shaped).toMatch(pattern);
        }
        const plain = (seen: typeof kdeck): unknown => seen.map(({shaped: _, ...rest}) => rest);
        expect(plain(kdeck)).toEqual(plain(kubectl));
        count.failed -= 1;
        count.passed += 1;
      });
    }
  });
}
