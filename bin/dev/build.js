// Bundles src/ into dist/ with esbuild: the command line in one file (cli.cjs), its most called commands in a smaller one (hot.cjs), the TUI
// (tui.cjs) with Ink apart (ink-host.js), and what plugins import, with the bundled plugins. `--release` also writes the notices.
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

/** CommonJS packages inside an ES module still call require. */
const banner = {js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);"};

/** What esbuild is extended by; benchmarks of parts of the program bundle them alike. */
export const bundlePlugins = async () => {
  const patches = existsSync(new URL('./ink-patch.js', import.meta.url)) ? [(await import('./ink-patch.js')).inkPatch] : [];
  return [yogaWithoutFetch, noDevtools, ...patches];
};

/** Packages the command line needs rarely: files of their own beside it, read when used. */
const LIBRARIES = ['yaml', 'ws', 'undici', '@xterm/headless'];

const librariesApart = {
  name: 'libraries-apart',
  setup(build) {
    build.onResolve({filter: new RegExp(`^(${LIBRARIES.join('|')})$`)}, ({path}) => ({path: `./lib/${path}.cjs`, external: true}));
    // yargs asks where its file is, which only a module can tell.
    build.onResolve({filter: /^yargs$/}, () => ({path: './lib/yargs.js', external: true}));
  },
};

/** The TUI knows the names of commands, to tell a kind from a command, and runs none itself. */
const commandsApart = {
  name: 'commands-apart',
  setup(build) {
    build.onResolve({filter: /^[.]\/verbs\//}, ({kind}) =>
      kind === 'dynamic-import' ? {path: './cli.cjs', external: true} : undefined,
    );
  },
};

/** Ink measures text, and so does kdeck: one copy is enough, for it needs long to be ready. */
const widthsApart = {
  name: 'widths-apart',
  setup(build) {
    build.onResolve({filter: /^string-width$/}, () => ({path: './lib/string-width.js', external: true}));
  },
};

const tuiApart = {
  name: 'tui-apart',
  setup(build) {
    build.onResolve({filter: /^[.]\/main-tui[.]ts$/}, () => ({path: './tui.cjs', external: true}));
  },
};

/** Ink awaits its layout engine at the top of a module, which CommonJS cannot; and it is loaded behind the first frame only. */
const inkApart = {
  name: 'ink-apart',
  setup(build) {
    build.onResolve({filter: /\/ink-host[.]tsx$/}, () => ({path: './ink-host.js', external: true}));
  },
};

/** In hot.cjs all other verbs are left out; bin/kdeck.js never sends one of them there. */
const HOT = /^[.]\/verbs\/(get|version|config\/[^/]+)[.]ts$/;

const onlyHotVerbs = {
  name: 'only-hot-verbs',
  setup(build) {
    build.onResolve({filter: /^[.]\/(verbs|own)\//}, ({path, importer, kind}) =>
      kind === 'dynamic-import' && /cli\/(verb-index|main)[.]ts$/.test(importer) && !HOT.test(path)
        ? {path: './cli.cjs', external: true}
        : undefined,
    );
  },
};

/** Settings of every bundle. */
const common = (version) => ({
  bundle: true,
  platform: 'node',
  target: 'node22.12',
  minify: true,
  legalComments: 'none',
  define: {'process.env.NODE_ENV': '"production"', KDECK_VERSION: JSON.stringify(version)},
  external: ['node-pty', '@lydell/node-pty', 'bufferutil', 'utf-8-validate'],
  absWorkingDir: root,
  metafile: true,
  logLevel: 'warning',
});

/**
 * What people start is CommonJS: Node's loader for it needs a fraction of the time, nothing of node:http is touched that is not used, and
 * one file with its compiled code is read faster than forty chunks.
 */
const startedFiles = (out, version) => {
  // Pure ASCII is kept as one byte a character.
  const script = {...common(version), format: 'cjs', charset: 'ascii'};
  const commandLine = join(root, 'src/main-cli.ts');
  const module = (name) => ({contents: `export {default} from '${name}'`, resolveDir: root});
  return [
    {...script, entryPoints: [commandLine], outfile: join(out, 'cli.cjs'), plugins: [tuiApart, librariesApart]},
    {...script, entryPoints: [commandLine], outfile: join(out, 'hot.cjs'), plugins: [tuiApart, onlyHotVerbs, librariesApart]},
    {
      ...script,
      entryPoints: [join(root, 'src/main-tui.ts')],
      outfile: join(out, 'tui.cjs'),
      plugins: [commandsApart, inkApart, librariesApart, widthsApart],
    },
    ...['yargs', 'string-width'].map((name) => ({
      ...script,
      stdin: module(name),
      outfile: join(out, `lib/${name}.js`),
      format: 'esm',
      banner,
    })),
    ...LIBRARIES.map((name) => ({
      ...script,
      stdin: {contents: `module.exports = require('${name}')`, resolveDir: root},
      outfile: join(out, `lib/${name}.cjs`),
    })),
  ];
};

/** Files that bin/kdeck.js runs itself, to keep their compiled code. */
const STARTED = ['cli.cjs', 'hot.cjs', 'tui.cjs'];

/** It gives them an import of its own, since Node warns of imports from code it did not load, and knows them by the hash at their end. */
const seal = (file) => {
  const code = readFileSync(file, 'utf8').replaceAll(/(?<![.$\w])import\(/g, '$import(');
  writeFileSync(file, `${code}//${createHash('sha256').update(code).digest('hex')}`);
};

/** First words that are never a kind: bin/kdeck.js asks before it loads anything. */
const commandNames = async () => {
  const {ownCommands, verbIndex} = await import('../../src/cli/verb-index.ts');
  return [...new Set([...Object.keys(verbIndex).map((path) => path.split(' ')[0]), ...ownCommands, 'help'])];
};

/** Plugins share one copy of what they import from kdeck, so they are built together. */
const pluginFiles = (out, version) => {
  const entryPoints = {plugin: join(root, 'src/plugins/api/index.ts')};
  for (const name of readdirSync(join(root, 'plugins'))) entryPoints[`plugins/${name}`] = join(root, 'plugins', name, 'index.ts');
  return {
    ...common(version),
    entryPoints,
    outdir: out,
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    banner,
  };
};

const inkFile = async (out, version) => ({
  ...common(version),
  entryPoints: [join(root, 'src/tui/ink-host.tsx')],
  outfile: join(out, 'ink-host.js'),
  format: 'esm',
  jsx: 'automatic',
  banner,
  plugins: [...(await bundlePlugins()), widthsApart],
});

/** Builds dist/. Returns what went into it, by the names of the sources. */
export const build = async ({release = false} = {}) => {
  const {build: bundle} = await import('esbuild');
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  const stamp = sourceStamp(release);
  // Built beside and swapped in at the end: a failed build leaves the last good one, and nobody sees half of one.
  const out = join(root, `dist.${process.pid}`);
  mkdirSync(out, {recursive: true});
  try {
    const files = [pluginFiles(out, version), await inkFile(out, version), ...startedFiles(out, version)];
    const built = await Promise.all(files.map((file) => bundle(file)));
    for (const name of STARTED) seal(join(out, name));
    writeFileSync(join(out, 'commands.json'), JSON.stringify(await commandNames()));
    const inputs = Object.assign({}, ...built.map(({metafile}) => metafile.inputs));
    if (release) {
      const {thirdPartyNotices} = await import('./notices.js');
      writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), thirdPartyNotices(root, {inputs}));
    }
    writeFileSync(join(out, '.stamp'), stamp);
    rmSync(dist, {recursive: true, force: true});
    renameSync(out, dist);
    return {inputs};
  } finally {
    rmSync(out, {recursive: true, force: true});
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const release = process.argv.includes('--release');
  if (process.argv.includes('--force') || !isBuilt(release)) await build({release});
}
