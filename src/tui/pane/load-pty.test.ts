import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {PtyPackage, SpawnPty} from './load-pty.ts';
import {findPty, loadPty, packagesOf} from './load-pty.ts';

const spawnOf = (): SpawnPty => () => {
  throw new Error('not called here');
};
const broken = (name: string): PtyPackage => ({
  name,
  probe: () => Promise.reject(new Error('built for another machine')),
  load: () => Promise.reject(new Error('a package that fails its probe must not be loaded')),
});

test('the first package that proves itself is taken, however it exports', async () => {
  const named = spawnOf();
  const inner = spawnOf();
  const works = (load: () => Promise<unknown>): PtyPackage => ({name: 'works', probe: () => Promise.resolve(), load});
  expect(await findPty([broken('first'), works(() => Promise.resolve({spawn: named}))])).toBe(named);
  expect(await findPty([works(() => Promise.resolve({default: {spawn: inner}})), broken('never asked')])).toBe(inner);
  expect(await findPty([works(() => Promise.reject(new Error('no'))), works(() => Promise.resolve({spawn: named}))])).toBe(named);
});

test('without a package that works there is none, and nothing breaks', async () => {
  expect(await findPty([broken('node-pty'), broken('@lydell/node-pty')])).toBeUndefined();
  expect(await findPty([])).toBeUndefined();
});

test('it is looked for once', () => {
  expect(loadPty(undefined)).toBe(loadPty(undefined));
});

test('a build that takes its process down, one that says nothing, and none at all: each only means that it cannot be used', async () => {
  const root = await mkdtemp(join(tmpdir(), 'kdeck-pty-'));
  try {
    const install = async (name: string, code: string): Promise<void> => {
      const folder = join(root, 'node_modules', name);
      await mkdir(folder, {recursive: true});
      await writeFile(join(folder, 'index.js'), code);
    };
    const [first, second] = packagesOf(root);
    await expect(first?.probe()).rejects.toThrow('node-pty cannot start a program');
    await install('node-pty', 'process.abort()');
    await install('@lydell/node-pty', 'exports.spawn = () => ({onExit: (told) => told({exitCode: 0})})');
    await expect(first?.probe()).rejects.toThrow('node-pty cannot start a program');
    await expect(second?.probe()).rejects.toThrow('@lydell/node-pty cannot start a program');
    await install('@lydell/node-pty', 'exports.spawn = () => ({onExit: (told) => told({exitCode: 43})})');
    await expect(second?.probe()).resolves.toBeUndefined();
  } finally {
    await rm(root, {recursive: true});
  }
});
