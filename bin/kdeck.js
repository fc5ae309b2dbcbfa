#!/usr/bin/env node
// Starts kdeck: checks that this Node is new enough, then loads the built program with the code an earlier run compiled.
// Old syntax only, so that old Nodes can tell. CommonJS, because Node loads that several milliseconds sooner.
'use strict';

// The commands scripts call most have a build of their own, a third the size of the whole command line.
const HOT = ['get', 'version', 'config'];
// These start without asking a cluster. All others need TLS, and loaded on an empty heap it takes 2 ms less.
const OFFLINE = ['version', 'config', 'help', 'completion', 'options', 'plugin'];
// What the build puts at the end of a file: a hash of the file. The compiled code of another build must never run.
const HASH_LENGTH = 64;
const LONGEST_KEPT_MS = 30 * 24 * 3_600_000;

const fs = require('fs');
const path = require('path');

/**
 * The file for compiled code of this command: what `get` needs is not what `describe` needs. Node's own compile cache keeps only
 * what is compiled before the first instruction, and half of a short command's time is compiling its functions.
 */
const codeFile = (name, hash) => {
  const home = process.env.HOME || process.env.USERPROFILE;
  const cache = path.isAbsolute(process.env.XDG_CACHE_HOME || '') ? process.env.XDG_CACHE_HOME : home && path.join(home, '.cache');
  if (!cache) return undefined;
  const words = process.argv.slice(2);
  const verb = /^[a-z][a-z-]{1,30}$/.test(words[0] || '') ? words[0] : 'other';
  const printed = words.some((word) => /^(-o|--output|--template)/.test(word)) ? '-o' : '';
  // Several installations may take turns.
  return path.join(cache, 'kdeck', 'code', `${name}-${hash.slice(0, 12)}-${process.version}-${process.arch}-${verb}${printed}`);
};

/**
 * Compiled code that was kept for this very build. It is trusted like a program, so it must be a file that nobody else can have
 * written; and V8 would crash over a damaged one, so it is kept twice: comparing is the cheapest check there is.
 */
const readCode = (file, hash) => {
  let descriptor;
  try {
    descriptor = fs.openSync(file, 'r');
    const {uid, mode, size} = fs.fstatSync(descriptor);
    if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(size);
    if (fs.readSync(descriptor, bytes) !== size || bytes.latin1Slice(0, HASH_LENGTH) !== hash) return undefined;
    const middle = HASH_LENGTH + ((size - HASH_LENGTH) >> 1);
    const code = bytes.subarray(HASH_LENGTH, middle);
    return code.equals(bytes.subarray(middle)) ? code : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
};

/** What no build of today made; one in use comes back with its next run. */
const removeOld = (folder) => {
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    if (Date.now() - fs.statSync(file).mtimeMs > LONGEST_KEPT_MS) fs.rmSync(file, {force: true});
  }
};

/** Written whole or not at all. No error: a folder that cannot be written costs some milliseconds. */
const writeCode = (file, hash, code) => {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    fs.mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
    const descriptor = fs.openSync(temporary, 'wx', 0o600);
    try {
      fs.writeSync(descriptor, Buffer.concat([Buffer.from(hash, 'latin1'), code, code]));
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, file);
    removeOld(path.dirname(file));
  } catch {
    fs.rmSync(temporary, {force: true});
  }
};

/** On a terminal, when no word names a command: the TUI. When a flag hides that, either file finds out and loads the other. */
const looksLikeTui = () => {
  const words = process.argv.slice(2);
  if (process.env.KDECK_PROGRAM === 'kubectl' || words.some((word) => /^(--help|-h|--version|__complete.*)$/.test(word)))
    return false;
  const {isatty} = require('tty');
  if (!isatty(0) || !isatty(1)) return false;
  const commands = require('../dist/commands.json');
  return !words.some((word) => commands.includes(word));
};

const loadTls = () => {
  const word = process.argv[2] || '';
  if (/^[a-z]/.test(word) && !OFFLINE.includes(word)) require('tls');
};

const run = (name) => {
  const vm = require('vm');
  const filename = path.join(__dirname, '..', 'dist', name);
  // The build writes nothing but ASCII.
  const source = fs.readFileSync(filename, 'latin1');
  const hash = source.slice(-HASH_LENGTH);
  const file = codeFile(name, hash);
  const cachedData = file && readCode(file, hash);
  const script = new vm.Script(`(function (exports, require, module, __filename, __dirname, $import) {${source}\n})`, {
    filename,
    cachedData,
  });
  if (file && (!cachedData || script.cachedDataRejected)) {
    // At the end, when everything the command needs is compiled.
    process.once('exit', (code) => {
      if (code === 0) writeCode(file, hash, script.createCachedData());
    });
  }
  const folder = path.dirname(filename);
  const program = new module.constructor(filename, module);
  program.filename = filename;
  program.paths = module.paths;
  const load = (id) => program.require(id);
  const loadLate = (id) => import(/^[.]/.test(id) ? require('url').pathToFileURL(path.join(folder, id)).href : id);
  script.runInThisContext().call(program.exports, program.exports, load, program, filename, folder, loadLate);
  return program.exports;
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `kdeck needs Node.js 22.12 or newer; this is ${process.versions.node}. Install a current Node.js, or run it with \`npx node@26\`.\n`,
  );
  process.exitCode = 1;
} else if (HOT.includes(process.argv[2])) {
  loadTls();
  run('hot.cjs');
} else {
  // For the files that are read besides: libraries, the TUI.
  require('node:module').enableCompileCache();
  if (looksLikeTui()) {
    run('tui.cjs')
      .start()
      .then((isTui) => isTui || run('cli.cjs'));
  } else {
    loadTls();
    run('cli.cjs');
  }
}
