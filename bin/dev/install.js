// Makes sure node_modules is what package-lock.json says, whatever npm runs us. Plain JavaScript for Node 20 and newer.
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'node_modules', '.kdeck-install');
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Installs what is missing; does nothing when the lock file was installed before. Ends the process when npm fails. */
export const install = () => {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return;
  // A folder installed by hand with the same lock file is as good.
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) {
    process.stderr.write('kdeck: installing packages (once)\n');
    run(['ci']);
  } else if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash()) {
    run(['install', '--prefer-offline']);
  }
  writeFileSync(stamp, lockHash());
};

const run = (args) => {
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const {status, stdout, stderr, error} = spawnSync(command, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    shell: !npm && process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`);
  process.stderr.write(
    `kdeck: \`npm ${args.join(' ')}\` failed; the lines above say why. Check the network or the npm registry settings.\n`,
  );
  process.exit(1);
};

/** The Node to run kdeck with: the one from node_modules, else this one when it is new enough. Ends the process when neither fits. */
export const currentNode = () => {
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own) && spawnSync(own, ['--version']).status === 0) return own;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  process.stderr.write(
    `kdeck: Node.js 22.12 or newer is needed, this is ${process.versions.node}, and the \`node\` package did not install one ` +
      '(its install script may be blocked: try `npm rebuild node`).\n',
  );
  return process.exit(1);
};
