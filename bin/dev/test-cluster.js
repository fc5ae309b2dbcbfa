// `npm run test:cluster`: builds, starts the real cluster when it is not running, and runs contracts, stories and parity on it.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import {currentNode, install, root} from './install.js';

install();
const node = currentNode();
const env = {...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`};
const run = (args) => spawnSync(node, args, {cwd: root, stdio: 'inherit', env}).status ?? 1;
const cluster = (...args) => run([join(root, 'test/support/cluster/cluster.ts'), ...args]);

const facts = () =>
  spawnSync(node, [join(root, 'test/support/cluster/cluster.ts'), 'status', '--json'], {cwd: root, encoding: 'utf8', env});
const isUp = () => {
  const {status, stdout} = facts();
  return status === 0 && /"running": ?true/.test(stdout);
};

let status = run([join(root, 'bin/dev/build.js')]);
const wasUp = status === 0 && isUp();
try {
  if (status === 0 && !wasUp) status = cluster('up');
  if (status === 0) {
    const report = process.env.KDECK_REPORTS
      ? ['--reporter=default', '--reporter=json', `--outputFile.json=${join(process.env.KDECK_REPORTS, 'test-cluster.json')}`]
      : [];
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    status = run([vitest, 'run', '--config', 'test/vitest.cluster.config.ts', ...report, ...process.argv.slice(2)]);
  }
} finally {
  // A cluster that somebody else started stays.
  if (!wasUp) cluster('down');
}
process.exitCode = status;
