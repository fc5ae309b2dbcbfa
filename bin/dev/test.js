// `npm test`: installs what is missing, builds, and runs every test that needs neither root nor a cluster.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import {currentNode, install, root} from './install.js';

install();
const node = currentNode();
const env = {...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`};
const step = (args) => {
  const {status} = spawnSync(node, args, {cwd: root, stdio: 'inherit', env});
  if (status !== 0) process.exit(status ?? 1);
};
step([join(root, 'bin/dev/build.js')]);
const reports = process.env.KDECK_REPORTS
  ? ['--reporter=default', '--reporter=json', `--outputFile.json=${join(process.env.KDECK_REPORTS, 'test.json')}`]
  : [];
step([
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--config',
  'test/vitest.config.ts',
  ...reports,
  ...process.argv.slice(2),
]);
