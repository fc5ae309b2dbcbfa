import {expect, test} from 'vitest';
import type {PtyPackage, SpawnPty} from './load-pty.ts';
import {findPty, loadPty} from './load-pty.ts';

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
