// Changing kubeconfigs: in the right file, with comments and strange fields kept, whole or not at all.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {editKubeconfig} from './edit.ts';
import type {KubeconfigSources} from './load.ts';
import {readKubeconfigFile} from './read.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const MINE = `# my clusters
apiVersion: v1
kind: Config
current-context: dev # the usual one
clusters:
- name: one
  cluster:
    server: https://one # reached by VPN
    x-vendor: {keep: me}
contexts:
- name: dev
  context: {cluster: one, user: ann}
users:
- name: ann
  user:
    auth-provider:
      name: oidc
      config:
        id-token: old
        extra: "007"
`;

const setUp = (
  files: Readonly<Record<string, string>>,
  ...names: readonly string[]
): {folder: string; sources: KubeconfigSources} => {
  const folder = mkdtempSync(join(tmpdir(), 'kdeck-edit-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return {folder, sources: {files: names.map((name) => join(folder, name)), explicit: false}};
};
const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

test('a changed field changes its own text only', async () => {
  const {folder, sources} = setUp({mine: MINE}, 'mine');
  await editKubeconfig(sources, (editor) => {
    editor.setCurrentContext('prod');
    expect(editor.change('contexts', 'dev', (context) => (context['namespace'] = 'shop'))).toEqual({
      created: false,
      file: join(folder, 'mine'),
    });
    editor.change('users', 'ann', (user) => {
      (user['auth-provider'] as {config: Record<string, string>}).config['id-token'] = 'new';
    });
  });
  expect(read(folder, 'mine')).toBe(
    MINE.replace('current-context: dev', 'current-context: prod')
      .replace('{cluster: one, user: ann}', '{cluster: one, user: ann, namespace: shop}')
      .replace('id-token: old', 'id-token: new'),
  );
});

test('nothing is written when nothing changes', async () => {
  const {folder, sources} = setUp({mine: MINE}, 'mine');
  const before = statSync(join(folder, 'mine')).ino;
  await editKubeconfig(sources, (editor) => editor.change('clusters', 'one', (cluster) => (cluster['server'] = 'https://one')));
  expect(statSync(join(folder, 'mine')).ino).toBe(before);
});

describe('with several files', () => {
  const OTHER =
    'contexts:\n- name: dev\n  context: {cluster: other}\n- name: prod\n  context: {cluster: two}\ncurrent-context: prod\n';

  test('a stanza is changed where it stands first', async () => {
    const {folder, sources} = setUp({mine: MINE, other: OTHER}, 'mine', 'other');
    await editKubeconfig(sources, (editor) => {
      editor.change('contexts', 'prod', (context) => (context['namespace'] = 'x'));
      editor.change('contexts', 'dev', (context) => (context['namespace'] = 'y'));
    });
    expect((await readKubeconfigFile(join(folder, 'other')))?.contexts.get('prod')?.value.namespace).toBe('x');
    expect((await readKubeconfigFile(join(folder, 'other')))?.contexts.get('dev')?.value.namespace).toBeUndefined();
    expect((await readKubeconfigFile(join(folder, 'mine')))?.contexts.get('dev')?.value.namespace).toBe('y');
  });

  test('new stanzas and the current context go to the first file there is', async () => {
    const {folder, sources} = setUp({mine: MINE, other: OTHER}, 'none', 'mine', 'other');
    await editKubeconfig(sources, (editor) => {
      expect(editor.change('clusters', 'new', (cluster) => (cluster['server'] = 'https://new'))).toEqual({
        created: true,
        file: join(folder, 'mine'),
      });
      editor.setCurrentContext('prod');
    });
    expect(existsSync(join(folder, 'none'))).toBe(false);
    expect((await readKubeconfigFile(join(folder, 'mine')))?.clusters.get('new')?.value.server).toBe('https://new');
    expect((await readKubeconfigFile(join(folder, 'mine')))?.currentContext).toBe('prod');
    await editKubeconfig(sources, (editor) => editor.setCurrentContext(''));
    expect((await readKubeconfigFile(join(folder, 'mine')))?.currentContext).toBe('');
    expect((await readKubeconfigFile(join(folder, 'other')))?.currentContext).toBe('prod');
  });

  test('removing and renaming find their file', async () => {
    const {folder, sources} = setUp({mine: MINE, other: OTHER}, 'mine', 'other');
    const result = await editKubeconfig(sources, (editor) => ({
      removed: editor.remove('contexts', 'prod'),
      missing: editor.remove('users', 'nobody'),
      renamed: editor.rename('contexts', 'dev', 'development'),
      unknown: editor.rename('contexts', 'nope', 'x'),
      user: editor.get('users', 'ann'),
    }));
    expect(result).toMatchObject({removed: join(folder, 'other'), missing: undefined, renamed: true, unknown: false});
    expect(result.user).toMatchObject({'auth-provider': {config: {extra: '007'}}});
    expect([...((await readKubeconfigFile(join(folder, 'mine')))?.contexts.keys() ?? [])]).toEqual(['development']);
    expect([...((await readKubeconfigFile(join(folder, 'other')))?.contexts.keys() ?? [])]).toEqual(['dev']);
  });
});

describe('the file itself', () => {
  test('is made with its folder, for its owner only', async () => {
    const {folder} = setUp({});
    const file = join(folder, 'deep', '.kube', 'config');
    await editKubeconfig({files: [file], explicit: false}, (editor) => {
      editor.change('contexts', 'a', (context) => (context['cluster'] = 'c'));
      editor.setCurrentContext('a');
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readKubeconfigFile(file)).toMatchObject({currentContext: 'a'});
    expect(readFileSync(file, 'utf8')).toMatch(/^apiVersion: v1\n/);
  });

  test('keeps its mode and stays a link', async () => {
    const {folder} = setUp({mine: MINE});
    chmodSync(join(folder, 'mine'), 0o640);
    symlinkSync(join(folder, 'mine'), join(folder, 'link'));
    await editKubeconfig({files: [join(folder, 'link')], explicit: true}, (editor) => editor.setCurrentContext('x'));
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, 'mine')).mode & 0o777).toBe(0o640);
    expect(read(folder, 'mine')).toContain('current-context: x');
    expect(readdirSync(folder).sort()).toEqual(['link', 'mine']);
  });

  test('is untouched when a change throws', async () => {
    const {folder, sources} = setUp({mine: MINE}, 'mine');
    await expect(
      editKubeconfig(sources, (editor) => {
        editor.setCurrentContext('x');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(read(folder, 'mine')).toBe(MINE);
    expect(existsSync(join(folder, 'mine.lock'))).toBe(false);
  });

  test('that cannot be read is not written over', async () => {
    const {folder, sources} = setUp({mine: 'a: ['}, 'mine');
    await expect(editKubeconfig(sources, (editor) => editor.setCurrentContext('x'))).rejects.toMatchObject({
      code: 'KD-CONFIG-UNREADABLE',
    });
    expect(read(folder, 'mine')).toBe('a: [');
  });

  test('waits for another writer, and names the lock when that one never ends', async () => {
    const {folder, sources} = setUp({mine: MINE, 'mine.lock': ''}, 'mine');
    const waiting = editKubeconfig(sources, (editor) => editor.setCurrentContext('x'));
    rmSync(join(folder, 'mine.lock'));
    await waiting;
    writeFileSync(join(folder, 'mine.lock'), '');
    await expect(editKubeconfig(sources, (editor) => editor.setCurrentContext('y'))).rejects.toThrow(
      `open ${join(folder, 'mine.lock')}: file exists`,
    );
    expect(read(folder, 'mine')).toContain('current-context: x');
  });

  test('writers at the same time lose nothing', async () => {
    const {folder, sources} = setUp({mine: MINE}, 'mine');
    await Promise.all(
      Array.from({length: 12}, (_, n) =>
        editKubeconfig(sources, (editor) => editor.change('contexts', `c${n}`, (context) => (context['cluster'] = 'one'))),
      ),
    );
    expect((await readKubeconfigFile(join(folder, 'mine')))?.contexts.size).toBe(13);
  });

  test('in JSON stays readable', async () => {
    const {folder, sources} = setUp(
      {mine: JSON.stringify({contexts: [{name: 'a', context: {cluster: 'c'}}], 'current-context': 'a'}, null, 2)},
      'mine',
    );
    await editKubeconfig(sources, (editor) => {
      editor.change('contexts', 'a', (context) => (context['namespace'] = 'n'));
      editor.setField(['preferences', 'colors'], true);
    });
    const config = await readKubeconfigFile(join(folder, 'mine'));
    expect(config?.contexts.get('a')?.value).toEqual({cluster: 'c', namespace: 'n'});
    expect(JSON.parse(read(folder, 'mine'))).toMatchObject({preferences: {colors: true}});
  });
});

test('text that looks like another type is written so that it stays text', async () => {
  const {folder, sources} = setUp({mine: MINE}, 'mine');
  const awkward = [
    'yes',
    'off',
    'y',
    'null',
    '~',
    '007',
    '0o7',
    '1e3',
    '1_0',
    '12:30:45',
    '2024-01-01',
    '.5',
    '',
    ' x ',
    'a: b',
    '# c',
    "it's",
    '"q"',
    'a\nb',
    '<<',
    '=',
  ];
  await editKubeconfig(sources, (editor) => {
    editor.change(
      'users',
      'awkward',
      (user) => (user['auth-provider'] = {name: 'oidc', config: Object.fromEntries(awkward.map((text, n) => [`k${n}`, text]))}),
    );
  });
  const user = (await readKubeconfigFile(join(folder, 'mine')))?.users.get('awkward')?.value;
  expect(Object.values(user?.['auth-provider']?.config ?? {})).toEqual(awkward);
});
