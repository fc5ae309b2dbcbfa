// A user installs the packed tarball: with npm 11 and 12, on Node 22 and 26, without install scripts, offline from a cache.
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;

let folder: string;
let tarball: string;
const tools: Record<string, string> = {};

/** Installs a released tool by name and gives the path of its program. */
const tool = async (name: string, program: string): Promise<string> => {
  const prefix = join(folder, name.replace('@', '-'));
  await mkdir(prefix);
  // npm 12 runs the install script of the `node` package only where the project allows it.
  await writeFile(join(prefix, 'package.json'), JSON.stringify({private: true, allowScripts: {node: true}}));
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', name], {cwd: prefix});
  return join(prefix, 'node_modules', program);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kdeck-pack-'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder], {cwd: root});
  tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '');
  tools['node 20'] = await tool('node@20', 'node/bin/node');
  tools['node 22'] = await tool('node@22', 'node/bin/node');
  tools['node 26'] = await tool('node@26', 'node/bin/node');
  tools['npm 11'] = await tool('npm@11', 'npm/bin/npm-cli.js');
  tools['npm 12'] = await tool('npm@12', 'npm/bin/npm-cli.js');
  // Fills the cache that the offline installs below use.
  await run('npm', ['install', '-g', '--ignore-scripts', '--prefix', join(folder, 'warm'), '--loglevel=error', tarball], {
    cwd: folder,
  });
}, 300_000);

afterAll(() => rm(folder, {recursive: true, force: true}));

test.for([
  ['npm 11', 'node 22'],
  ['npm 11', 'node 26'],
  ['npm 12', 'node 22'],
  ['npm 12', 'node 26'],
] as const)('%s on %s installs it offline without scripts, and it runs', async ([npm, node]) => {
  const prefix = join(folder, `${npm} ${node}`.replaceAll(' ', '-'));
  await run(
    tools[node]!,
    [tools[npm]!, 'install', '-g', '--ignore-scripts', '--offline', '--prefix', prefix, '--loglevel=error', tarball],
    {cwd: folder},
  );
  const {stdout} = await run(tools[node]!, [join(prefix, 'lib/node_modules/kdeck/bin/kdeck.js'), 'version', '--client'], {
    cwd: folder,
  });
  expect(stdout).toMatch(/^Client Version: v1[.]36[.]\d+\n/);
});

test('an older Node is told what to do', async () => {
  const {code, stderr} = await run(tools['node 20']!, [join(root, 'bin/kdeck.js')]).then(
    () => ({code: 0, stderr: ''}),
    (error: {code: number; stderr: string}) => error,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^kdeck needs Node[.]js 22[.]12 or newer; this is 20[.]\d+[.]\d+[.] Install a current Node[.]js/);
});

test('the tarball holds the program, its licences, and nothing of the workshop', async () => {
  const {stdout} = await run('tar', ['-tzf', tarball]);
  const files = stdout.split('\n');
  for (const wanted of [
    'package/bin/kdeck.js',
    'package/dist/tui.cjs',
    'package/LICENSE',
    'package/THIRD_PARTY_NOTICES',
    'package/README.md',
  ])
    expect(files).toContain(wanted);
  const {stdout: notices} = await run('tar', ['-xzOf', tarball, 'package/THIRD_PARTY_NOTICES']);
  expect(notices).toContain('undici');
  // The full client library would cost every process 85 MB; its types are enough.
  expect(notices).not.toContain('@kubernetes/client-node');
  expect(files.filter((name) => /package\/(src|test|bench|node_modules|bin\/dev)\//.test(name))).toEqual([]);
});
