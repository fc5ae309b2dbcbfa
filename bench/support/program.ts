// The program as it is shipped, frozen for one benchmark: a build by somebody else in between changes nothing.
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
import {buildScript} from './build.ts';

/** A copy of kdeck, and the environment it runs in. */
export type Program = Disposable & {
  /** Words that start kdeck, without any of its own. */
  readonly kdeck: readonly string[];
  readonly node: string;
  readonly folder: string;
  /** What a command gets to see; HOME is a fresh folder, so that caches are the benchmark's own. */
  readonly env: (kubeconfig: string, more?: Readonly<Record<string, string>>) => Record<string, string>;
};

/** Builds what is stale and copies what is shipped. */
export const frozenProgram = async (): Promise<Program> => {
  const {build, isBuilt} = await buildScript();
  if (!isBuilt()) await build();
  const folder = mkdtempSync(join(tmpdir(), 'kdeck-bench-'));
  const {files} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {files: readonly string[]};
  for (const each of [...files, 'package.json'])
    if (existsSync(join(root, each))) cpSync(join(root, each), join(folder, each), {recursive: true});
  const home = join(folder, 'home');
  mkdirSync(home);
  const node = join(root, 'node_modules/node/bin/node');
  return {
    kdeck: [node, join(folder, 'bin/kdeck.js')],
    node,
    folder,
    env: (kubeconfig, more = {}) => ({
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      TZ: 'UTC',
      KUBECONFIG: kubeconfig,
      ...more,
    }),
    [Symbol.dispose]: () => rmSync(folder, {recursive: true, force: true}),
  };
};
