// Bundles src/ into dist/ with esbuild: one small entry, one chunk per verb, the TUI apart. `--release` also writes the notices.
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createHash} from 'node:crypto';
import {join, relative} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const stampFile = join(dist, '.stamp');

/** Every file whose change makes the bundle stale. */
const sources = function* (folder) {
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (!/[.]test[.]tsx?$/.test(entry.name)) yield path;
  }
};

/** A hash over names, sizes and times of the sources, and the lock file: equal means dist is current. */
export const sourceStamp = (release) => {
  const hash = createHash('sha256').update(release ? 'release' : 'plain');
  for (const folder of ['src', 'bin/dev', 'plugins', 'themes']) {
    const path = join(root, folder);
    if (!existsSync(path)) continue;
    for (const file of [...sources(path)].sort()) {
      const {size, mtimeMs} = statSync(file);
      hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
};

/** True when dist was built from the sources as they are now. */
export const isBuilt = (release = false) => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceStamp(release);

/** Yoga decodes its own WebAssembly; without this it calls fetch and loads Node's whole HTTP client at start (ink-lab 3). */
const yogaWithoutFetch = {
  name: 'yoga-without-fetch',
  setup(build) {
    build.onLoad({filter: /yoga-wasm-base64-esm[.]js$/}, ({path}) => {
      const before = readFileSync(path, 'utf8');
      const after = before.replaceAll('typeof fetch', '"undefined"');
      if (after === before) throw new Error('yoga-layout changed: nothing to replace in yoga-wasm-base64-esm.js');
      return {contents: after, loader: 'js'};
    });
  },
};

/** Ink imports the React devtools behind a condition that is never true in a bundle; the static import would fail. */
const noDevtools = {
  name: 'no-react-devtools',
  setup(build) {
    build.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
    build.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {};', loader: 'js'}));
  },
};

/** Builds dist/. Returns esbuild's metafile. */
export const build = async ({release = false} = {}) => {
  const {build: bundle} = await import('esbuild');
  const patches = existsSync(new URL('./ink-patch.js', import.meta.url)) ? [(await import('./ink-patch.js')).inkPatch] : [];
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  const stamp = sourceStamp(release);
  // Built beside and swapped in at the end: a failed build leaves the last good one, and nobody sees half of one.
  const out = join(root, `dist.${process.pid}`);
  mkdirSync(out, {recursive: true});
  const entryPoints = {main: join(root, 'src/main.ts')};
  entryPoints.plugin = join(root, 'src/plugins/api/index.ts');
  for (const name of readdirSync(join(root, 'plugins'))) entryPoints[`plugins/${name}`] = join(root, 'plugins', name, 'index.ts');
  try {
    const {metafile} = await bundle({
      entryPoints,
      outdir: out,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node22.12',
      chunkNames: 'chunks/[name]-[hash]',
      minify: true,
      keepNames: false,
      legalComments: 'none',
      jsx: 'automatic',
      define: {'process.env.NODE_ENV': '"production"', KDECK_VERSION: JSON.stringify(version)},
      external: ['node-pty', '@lydell/node-pty', 'bufferutil', 'utf-8-validate'],
      banner: {js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);"},
      plugins: [yogaWithoutFetch, noDevtools, ...patches],
      absWorkingDir: root,
      metafile: true,
      logLevel: 'warning',
    });
    if (release) {
      const {thirdPartyNotices} = await import('./notices.js');
      writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), thirdPartyNotices(root, metafile));
    }
    writeFileSync(join(out, '.meta.json'), JSON.stringify(metafile));
    writeFileSync(join(out, '.stamp'), stamp);
    rmSync(dist, {recursive: true, force: true});
    renameSync(out, dist);
    return metafile;
  } finally {
    rmSync(out, {recursive: true, force: true});
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const release = process.argv.includes('--release');
  if (process.argv.includes('--force') || !isBuilt(release)) await build({release});
}
