// `npm run pictures`: takes the pictures of the documents on the real cluster, which it starts when it is not running.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import {currentNode, install, root} from './install.js';

install();
const env = {...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`};
const args = [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--config',
  'test/vitest.pictures.config.ts',
  ...process.argv.slice(2),
];
process.exitCode = spawnSync(currentNode(), args, {cwd: root, stdio: 'inherit', env}).status ?? 1;
