// Runs check, npm test and the real-cluster suite one after another, and ends with the count of real tests.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'kdeck-ci-'));
const env = {...process.env, CI: '1', KDECK_REPORTS: work};
if (process.argv.includes('--cold')) {
  env.npm_config_cache = join(work, 'npm');
  env.GOCACHE = join(work, 'go-build');
  env.GOMODCACHE = join(work, 'go-mod');
  env.GOFLAGS = `${process.env.GOFLAGS ?? ''} -modcacherw`.trim();
  env.KDECK_TEST_CACHE = join(work, 'cluster');
}

let passed = 0;
let failed = 0;
const started = performance.now();

/** Runs one step. Its tests are counted from the report it leaves; a step that fails without a failed test counts as one. */
const step = (name, command, args) => {
  const from = performance.now();
  process.stdout.write(`\n=== ${name}\n`);
  const {status, signal} = spawnSync(command, args, {cwd: root, stdio: 'inherit', env});
  let failedHere = 0;
  const report = join(work, `${name.replaceAll(/\W+/g, '-')}.json`);
  if (existsSync(report)) {
    const {numPassedTests, numFailedTests} = JSON.parse(readFileSync(report, 'utf8'));
    passed += numPassedTests;
    failedHere = numFailedTests;
  }
  if (status !== 0 && failedHere === 0) failedHere = 1;
  failed += failedHere;
  process.stdout.write(
    `=== ${name}: ${status === 0 ? 'ok' : `failed (${signal ?? status})`} after ${((performance.now() - from) / 1000).toFixed(0)} s\n`,
  );
  return status === 0;
};

const installed = step('install', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
if (installed) {
  step('check', 'npm', ['run', '--silent', 'check']);
  // The Go build takes both cores for minutes: it ends before any suite starts.
  const built = step('cluster build', 'npm', ['run', '--silent', 'cluster', '--', 'build']);
  step('test', 'npm', ['test', '--silent']);
  if (built) step('test cluster', 'npm', ['run', '--silent', 'test:cluster']);
}
spawnSync('chmod', ['-R', 'u+w', work]);
rmSync(work, {recursive: true, force: true});
process.stdout.write(
  `\nafter ${((performance.now() - started) / 60_000).toFixed(1)} minutes\n${passed} passed, ${failed} failed\n`,
);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
