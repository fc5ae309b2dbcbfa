// What a frame costs by what changed: processor time and bytes, at 200x50 over 50,000 pods, with the Ink that is shipped.
import {spawnSync} from 'node:child_process';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {figure} from '../support/figures.ts';
import type {Figure} from '../support/figures.ts';
import {buildScript} from '../support/build.ts';
import {root} from '../support/program.ts';
import type {Program} from '../support/program.ts';

const part = 'frames';

/** Measures in a process of its own. */
export const measure = async (program: Program, say: (line: string) => void): Promise<readonly Figure[]> => {
  const [{build}, {bundlePlugins}] = await Promise.all([import('esbuild'), buildScript()]);
  // Inside the project, since the bundle loads the terminal emulator from node_modules.
  const folder = join(root, `node_modules/.cache/kdeck-bench-${process.pid}`);
  try {
    await build({
      entryPoints: [join(root, 'bench/frames-run.ts')],
      outdir: folder,
      outExtension: {'.js': '.mjs'},
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node22.12',
      minify: true,
      jsx: 'automatic',
      define: {
        'process.env.NODE_ENV': '"production"',
        'import.meta.url': JSON.stringify(new URL('../../test/support/deck/deck.ts', import.meta.url).href),
      },
      external: ['@xterm/*'],
      banner: {js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(process.argv[1]);"},
      plugins: await bundlePlugins(),
    });
    const {status, stdout, stderr} = spawnSync(program.node, [join(folder, 'frames-run.mjs')], {
      env: program.env('/dev/null'),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the frames failed: ${stderr}`);
    const costs = JSON.parse(stdout) as readonly {what: string; cpu: number; p95: number; bytes: number}[];
    return costs.flatMap(({what, cpu, p95, bytes}) => {
      say(`${what}: ${cpu.toFixed(2)} ms CPU (p95 ${p95.toFixed(2)}), ${bytes} bytes`);
      return [figure(part, what, cpu, 'ms', {of: `CPU, mean of 200; p95 ${p95.toFixed(1)} ms, ${bytes} bytes written`})];
    });
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
};
