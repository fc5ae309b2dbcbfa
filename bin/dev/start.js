// `npm start`: installs what is missing, builds, and opens kdeck read-only on the current context. Plain JavaScript for Node 20 and newer.
import {spawn, spawnSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import {currentNode, install, root} from './install.js';

install();
const node = currentNode();
const built = spawnSync(node, [join(root, 'bin/dev/build.js')], {stdio: ['ignore', 'inherit', 'inherit']});
if (built.status !== 0) process.exit(built.status ?? 1);

const child = spawn(node, [join(root, 'bin/kdeck.js'), '--readonly', ...process.argv.slice(2)], {stdio: 'inherit'});
// The terminal belongs to kdeck: signals reach it by themselves, this process only waits and passes its end on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
