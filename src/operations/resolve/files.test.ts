import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {afterAll, expect, test} from 'vitest';
import {findSources} from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'kdeck-files-'));
afterAll(() => rmSync(folder, {recursive: true}));
mkdirSync(join(folder, 'deep'));
for (const name of ['b.yaml', 'a.json', 'c.txt', 'deep/d.yml']) writeFileSync(join(folder, name), name);
writeFileSync(join(folder, 'utf16.yaml'), Buffer.from('\uFEFFkind: Grüße', 'utf16le'));

const find = (names: readonly string[], recursive = false) =>
  findSources(
    names.map((name) => (name === '-' ? name : join(folder, name))),
    recursive,
    Readable.from(['in']),
  );
const namesOf = (found: ReturnType<typeof find>): string[] => found.sources.map(({name}) => name.replace(`${folder}/`, ''));

test('folders hold manifests only, deeper ones when asked', () => {
  expect(namesOf(find(['']))).toEqual(['a.json', 'b.yaml', 'utf16.yaml']);
  expect(namesOf(find([''], true))).toEqual(['a.json', 'b.yaml', 'deep/d.yml', 'utf16.yaml']);
});

test('one file is single; a folder, several files and standard input are not', () => {
  expect([
    find(['b.yaml']).single,
    find(['']).single,
    find(['b.yaml', 'a.json']).single,
    find(['-']).single,
    find(['deep']).single,
  ]).toEqual([true, false, false, false, true]);
});

test('globs, odd endings when named, and what is missing', () => {
  expect(namesOf(find(['*.yaml']))).toEqual(['b.yaml', 'utf16.yaml']);
  expect(namesOf(find(['c.txt']))).toEqual(['c.txt']);
  expect(find(['nope', 'b.yaml']).errors.map(({message}) => message)).toEqual([`the path "${folder}/nope" does not exist`]);
  expect(find(['-', '-']).errors.map(({message}) => message)).toEqual(['standard input cannot be used for multiple arguments']);
});

test('texts are read in the encoding of their mark', async () => {
  expect(await find(['utf16.yaml']).sources[0]!.text()).toBe('kind: Grüße');
  expect(await find(['-']).sources[0]!.text()).toBe('in');
});
