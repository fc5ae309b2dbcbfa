// A user's config files: good settings count, bad ones are named with their line and never stop kdeck.
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {loadKeys} from './keys.ts';
import {contextConfig, loadConfig} from './load.ts';
import {pathsFor} from './paths.ts';
import {defaults} from './schema.ts';
import {loadState, updateState} from './state.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kdeck-config-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const file = async (text: string): Promise<string> => {
  const path = join(folder, 'file.yaml');
  await writeFile(path, text);
  return path;
};

test('no config file means defaults and no warning', async () => {
  expect(await loadConfig(join(folder, 'none.yaml'))).toEqual({config: defaults, warnings: []});
});

test('a bad setting is named with its line; the others count', async () => {
  const path = await file('theme: light\nmouse: perhaps\nlogs:\n  tail: 0\n  wrap: true\nthem: dark\n');
  const {config, warnings} = await loadConfig(path);
  expect(config.theme).toBe('light');
  expect(config.mouse).toBe(true);
  expect(config.logs).toEqual({...defaults.logs, wrap: true});
  expect(warnings).toEqual([
    `${path}:2: \`mouse\` must be true or false, not string \`perhaps\``,
    `${path}:4: \`logs.tail\` must be a number from 1 to 1000000, not number \`0\``,
    expect.stringContaining(`${path}:6: \`them\` is not a setting; known here: theme, `),
  ]);
});

test('broken YAML falls back to the defaults and says where', async () => {
  const path = await file('theme: [light\nmouse: false\n');
  const {config, warnings} = await loadConfig(path);
  expect(config).toEqual(defaults);
  expect(warnings[0]).toMatch(/file[.]yaml:\d+: /);
});

test('the last matching context pattern wins, and read-only cannot be lost to a default', async () => {
  const path = await file('contexts:\n  "*": {label: any}\n  prod-*: {readonly: true, label: PRODUCTION, tone: bad}\n');
  const {config} = await loadConfig(path);
  expect(contextConfig(config, 'prod-eu')).toMatchObject({readonly: true, label: 'PRODUCTION', tone: 'bad'});
  expect(contextConfig(config, 'dev')).toMatchObject({readonly: false, label: 'any'});
});

test('keys can be added, taken away one by one, or all', async () => {
  const path = await file('list.sort: shift+a\nobject.delete: none\nobject.edit: ["-e", ctrl+e]\nbad: [1]\n');
  const {changes, warnings} = await loadKeys(path);
  expect(changes).toEqual({
    'list.sort': {add: ['shift+a'], remove: [], removeAll: false},
    'object.delete': {add: [], remove: [], removeAll: true},
    'object.edit': {add: ['ctrl+e'], remove: ['e'], removeAll: false},
  });
  expect(warnings).toEqual([`${path}:4: \`bad\` must be a key such as ctrl+k, a list of keys, or none`]);
});

test('state is written whole, private, and merged with what another kdeck wrote', async () => {
  const path = join(folder, 'deep', 'state.json');
  await updateState(path, (state) => ({...state, recentContexts: ['a']}));
  await updateState(path, (state) => ({...state, contexts: {a: {namespaces: ['shop']}}}));
  expect(await loadState(path)).toEqual({recentContexts: ['a'], contexts: {a: {namespaces: ['shop']}}});
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFile(path, 'not json');
  expect(await loadState(path)).toEqual({contexts: {}, recentContexts: []});
  expect(await readFile(path, 'utf8')).toBe('not json');
});

test('four kdecks that write at the very same moment lose and break nothing', async () => {
  const path = join(folder, 'shared', 'state.json');
  const module = new URL('./state.ts', import.meta.url).href;
  const script = `const {updateState} = await import(process.argv[1]);
    for (let n = 0; n < 10; n++)
      await updateState(process.argv[2], (state) => ({...state, contexts: {...state.contexts, [process.argv[3] + n]: {view: 'pods'}}}));`;
  const run = promisify(execFile);
  const names = ['a', 'b', 'c', 'd'];
  await Promise.all(names.map((name) => run(process.execPath, ['--input-type=module', '-e', script, module, path, name])));
  const {contexts} = await loadState(path);
  expect(Object.keys(contexts).sort()).toEqual(names.flatMap((name) => Array.from({length: 10}, (_, n) => `${name}${n}`)));
  expect(await readdir(join(folder, 'shared'))).toEqual(['state.json']);
});

test('a lock that a killed kdeck left behind holds nobody up for long', async () => {
  const path = join(folder, 'left', 'state.json');
  await mkdir(join(folder, 'left'), {recursive: true});
  await writeFile(`${path}.lock`, '');
  await utimes(`${path}.lock`, new Date(0), new Date(0));
  await updateState(path, (state) => ({...state, recentContexts: ['a']}));
  expect(await loadState(path)).toMatchObject({recentContexts: ['a']});
});

test('paths follow XDG and ignore relative values', () => {
  expect(pathsFor({HOME: '/h', XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: 'rel'})).toMatchObject({
    config: '/c/kdeck/config.yaml',
    state: '/h/.local/state/kdeck/state.json',
  });
});

test('contexts with colons, capitals, slashes and odd names keep their settings and their memory', async () => {
  const contexts = ['Prod:EU', 'prod:eu', 'arn:aws:eks:eu-west-1:123:cluster/Shop', 'kind-a b', '__proto__', 'constructor'];
  const path = join(folder, 'state.json');
  for (const context of contexts) {
    await updateState(path, (state) => ({...state, contexts: {...state.contexts, [context]: {namespaces: [context]}}}));
  }
  const {contexts: kept} = await loadState(path);
  expect(Object.entries(kept).map(([context, {namespaces}]) => [context, namespaces?.[0]])).toEqual(
    contexts.map((context) => [context, context]),
  );
  const {config} = await loadConfig(await file('contexts:\n  "Prod:*": {readonly: true}\n  "arn:*/Shop": {label: SHOP}\n'));
  expect(contextConfig(config, 'Prod:EU').readonly).toBe(true);
  expect(contextConfig(config, 'prod:eu').readonly).toBe(false);
  expect(contextConfig(config, 'arn:aws:eks:eu-west-1:123:cluster/Shop').label).toBe('SHOP');
});
