// What bin/kdeck.js keeps of a run for the next one, with a program of a few lines in place of the built one.
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test, vi} from 'vitest';

vi.setConfig({testTimeout: 30_000});

const bin = fileURLToPath(new URL('../../bin/', import.meta.url));

/** A kdeck whose `get` runs `code`. */
const install = () => {
  const folder = mkdtempSync(join(tmpdir(), 'kdeck-code-'));
  const kept = join(folder, 'cache/kdeck/code');
  for (const name of ['bin', 'dist', 'dist/lib']) mkdirSync(join(folder, name));
  for (const name of ['kdeck.js', 'package.json']) copyFileSync(join(bin, name), join(folder, 'bin', name));
  writeFileSync(join(folder, 'dist/lib/late.cjs'), "module.exports = 'late'");
  return {
    build: (code: string) =>
      writeFileSync(join(folder, 'dist/hot.cjs'), `${code}\n//${createHash('sha256').update(code).digest('hex')}`),
    run: (...words: string[]) => {
      const {status, stdout, stderr} = spawnSync(process.execPath, [join(folder, 'bin/kdeck.js'), ...words], {
        env: {XDG_CACHE_HOME: join(folder, 'cache')},
        encoding: 'utf8',
      });
      return {status, stdout, stderr};
    },
    kept: () => (existsSync(kept) ? readdirSync(kept).map((name) => join(kept, name)) : []),
  };
};

const says = (text: string) => ({status: 0, stdout: text, stderr: ''});
const PROGRAM = "const say = () => process.stdout.write('one'); say();";

test('compiled code is kept after a run that went well, for its owner alone, and taken by the next', () => {
  const {build, run, kept} = install();
  build("process.exitCode = 1; process.stdout.write('bad')");
  expect(run('get')).toMatchObject({status: 1, stdout: 'bad'});
  expect(kept()).toEqual([]);
  build(PROGRAM);
  expect(run('get')).toEqual(says('one'));
  const [file = ''] = kept();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const {ino} = statSync(file);
  expect(run('get')).toEqual(says('one'));
  expect(statSync(file).ino).toBe(ino);
  run('get', '-o', 'yaml');
  expect(kept()).toHaveLength(2);
});

test('another build of the same length never runs with the code of the first', () => {
  const {build, run} = install();
  build(PROGRAM);
  run('get');
  build(PROGRAM.replace('one', 'two'));
  expect(run('get')).toEqual(says('two'));
  expect(run('get')).toEqual(says('two'));
});

test.each([
  ['emptied', () => Buffer.alloc(0)],
  ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['with a hole', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 300), Buffer.alloc(200), bytes.subarray(500)])],
])('a file that was %s is not believed, and written anew', (_name, damage) => {
  const {build, run, kept} = install();
  build(PROGRAM);
  run('get');
  const [file = ''] = kept();
  const good = readFileSync(file);
  writeFileSync(file, damage(good));
  expect(run('get')).toEqual(says('one'));
  expect(readFileSync(file)).toHaveLength(good.length);
});

test.skipIf(process.platform === 'win32')('a file that others may write is not believed', () => {
  const {build, run, kept} = install();
  build(PROGRAM);
  run('get');
  const [file = ''] = kept();
  chmodSync(file, 0o666);
  run('get');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a library that is imported late is found beside the program, without a warning', () => {
  const {build, run} = install();
  build("$import('./lib/late.cjs').then(({default: text}) => process.stdout.write(text))");
  expect(run('get')).toEqual(says('late'));
  expect(run('get')).toEqual(says('late'));
});
