// What the documents say is true: their examples are read by the program itself, their links and the tests they name exist.
import {existsSync, readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {builtinCommands} from '../../src/commands/builtin/commands.ts';
import {commandsFromActions} from '../../src/commands/from-action.ts';
import {createRegistry} from '../../src/commands/registry.ts';
import {loadKeys} from '../../src/config/keys.ts';
import {loadConfig} from '../../src/config/load.ts';
import {loadAllKinds} from '../../src/resources/catalogue.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/traps.md',
  'docs/reference/cli.md',
  'docs/reference/config.md',
];
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Writes text into a file, lets it be read, and takes the file away. */
const withFile = async <T>(text: string, use: (path: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'kdeck-documents-'));
  try {
    const path = join(folder, 'file.yaml');
    await writeFile(path, text);
    return await use(path);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
};

/** Code blocks of a language. */
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, inside = '']) => inside);

describe('README.md', () => {
  test('its config is read without a warning', async () => {
    const [config = ''] = blocks(read('README.md'), 'yaml');
    expect(config).toContain('contexts:');
    expect((await withFile(config, loadConfig)).warnings).toEqual([]);
  });

  test('its keys name commands and keys that exist, and clash with nothing', async () => {
    const [, keys = ''] = blocks(read('README.md'), 'yaml');
    const {changes, warnings} = await withFile(keys, loadKeys);
    expect(warnings).toEqual([]);
    expect(Object.keys(changes).length).toBeGreaterThan(1);
    const registry = createRegistry([...builtinCommands, ...commandsFromActions(await loadAllKinds())], changes);
    expect(registry.problems()).toEqual([]);
    expect(registry.conflicts()).toEqual([]);
  });
});

test.each(documents)('links of %s lead somewhere', (path) => {
  const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^(https?:|#)/.test(link));
  const broken = links.filter((link) => !existsSync(resolve(dirname(join(root, path)), link.split('#')[0] ?? '')));
  expect(broken).toEqual([]);
});

test('tests that docs/traps.md names exist', () => {
  const named = [...read('docs/traps.md').matchAll(/`([\w./-]+\.tsx?)` “([^”]+)”/g)].map(([, path = '', title = '']) => ({
    path,
    title,
  }));
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter(({path, title}) => !existsSync(join(root, path)) || !read(path).includes(title));
  expect(missing).toEqual([]);
});

test('files that ARCHITECTURE.md and CONTRIBUTING.md name exist', () => {
  const named = ['ARCHITECTURE.md', 'CONTRIBUTING.md'].flatMap((path) =>
    [...read(path).matchAll(/`((?:src|test|bin|bench|plugins|themes|docs)\/[\w./-]+)`/g)].map(([, file = '']) => file),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
