// Every command has somebody who does it, a place in help and in the documents, and a key nobody else has in the same situation.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, describe, expect, test} from 'vitest';
import {builtinCommands} from '../../commands/builtin/commands.ts';
import type {Command, Situation} from '../../commands/command.ts';
import {actionOf, commandsFromActions} from '../../commands/from-action.ts';
import {applies, belongs, specificity} from '../../commands/match.ts';
import {createRegistry} from '../../commands/registry.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import {loadAllKinds} from '../../resources/catalogue.ts';
import {kindKey} from '../../resources/kind.ts';
import type {MemoryDeck} from '../../../test/support/deck/memory.ts';
import {openMemoryDeck} from '../../../test/support/deck/memory.ts';
import {helpLines} from '../screens/help/help.ts';
import {screens} from '../screens/screens.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const kinds = await loadAllKinds();
const actions = commandsFromActions(kinds);
const commands: readonly Command[] = [...builtinCommands, ...actions];
const registry = createRegistry(commands);

/** Sources of the TUI, tests left out. */
const sources = readdirSync(join(root, 'src/tui'), {recursive: true, encoding: 'utf8'})
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => readFileSync(join(root, 'src/tui', path), 'utf8'));

/** Ids some code of the TUI asks for: `case 'x.y'`, `id === 'x.y'`, `['x.y', …].includes(`. */
const asked = new Set(
  sources.flatMap((text) => [
    ...[...text.matchAll(/(?:case|[!=]==) '([a-z][a-z-]*\.[a-z0-9-]+)'/g)].map(([, id = '']) => id),
    ...[...text.matchAll(/\[((?:'[a-z-]+\.[a-z0-9-]+'(?:, )?)+)\]\.includes\(/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([^']+)'/g)].map(([, id = '']) => id),
    ),
  ]),
);

/** Families of ids some code of the TUI reads with a pattern: `/^list[.]sort-by-(.+)$/`. */
const families = sources.flatMap((text) =>
  [...text.matchAll(/\/\^([a-z]+)\[\.\]([a-z-]+)-\((?:\\d|\.\+)\)\$\/\.exec/g)].map(
    ([, area = '', stem = '']) => `${area}.${stem}-`,
  ),
);

const isAsked = (id: string): boolean => asked.has(id) || families.some((family) => id.startsWith(family));

describe('commands and those who do them', () => {
  test('the sources were read', () => {
    expect(asked.size).toBeGreaterThan(60);
    expect(families).toEqual(expect.arrayContaining(['namespace.recent-', 'list.sort-by-']));
  });

  test('every built-in command is done by somebody', () => {
    expect(builtinCommands.map(({id}) => id).filter((id) => !isAsked(id))).toEqual([]);
  });

  test('nobody waits for a command that does not exist', () => {
    const areas = new Set(commands.map(({id}) => id.split('.')[0]));
    const ids = new Set(commands.map(({id}) => id));
    expect([...asked].filter((id) => areas.has(id.split('.')[0]) && !ids.has(id))).toEqual([]);
  });

  test('every action of every kind is found by its command', () => {
    for (const kind of kinds)
      for (const action of kind.actions ?? []) {
        expect(actionOf(kind, action.id), action.id).toBe(action);
        expect(registry.get(action.id)?.command.when?.kind, action.id).toContain(kindKey(kind.ref));
      }
  });

  test('commands that open another one name one that exists', () => {
    for (const kind of kinds) if (kind.onEnter !== undefined) expect(registry.get(kind.onEnter), kind.onEnter).toBeDefined();
  });
});

/** Every situation there can be. */
const situations: readonly Situation[] = screens.flatMap(({name}) =>
  [undefined, 'containers', ...kinds.map(({ref}) => kindKey(ref))].flatMap((kind) =>
    (['none', 'one', 'some'] as const).flatMap((selection) =>
      [true, false].map((writable) => ({screen: name, kind, selection, writable})),
    ),
  ),
);

describe('keys', () => {
  test('in no situation do two commands have the same right to a key', () => {
    const clashes = new Set<string>();
    for (const at of situations) {
      const byKey = new Map<string, Command[]>();
      for (const {command, keys} of registry.all())
        if (applies(command.when, at)) for (const {binding} of keys) byKey.set(binding, [...(byKey.get(binding) ?? []), command]);
      for (const [binding, holders] of byKey) {
        const best = Math.max(...holders.map(({when}) => specificity(when)));
        const first = holders.filter(({when}) => specificity(when) === best);
        if (first.length > 1) clashes.add(`${binding}: ${first.map(({id}) => id).join(', ')}`);
      }
    }
    expect([...clashes]).toEqual([]);
  });

  test('every key leads somewhere', () => {
    const reached = new Set<string>();
    for (const at of situations)
      for (const {command, keys} of registry.all())
        for (const {binding} of keys) {
          const meaning = registry.forKeys(binding.split(' '), at);
          if (meaning.is === 'command' && meaning.command.id === command.id) reached.add(`${command.id} ${binding}`);
        }
    const wanted = registry.all().flatMap(({command, keys}) => keys.map(({binding}) => `${command.id} ${binding}`));
    expect(wanted.filter((one) => !reached.has(one))).toEqual([]);
  });

  test('every command belongs to some situation', () => {
    expect(commands.filter(({when}) => !situations.some((at) => belongs(when, at))).map(({id}) => id)).toEqual([]);
  });

  test('no word of the prompt means two commands', () => {
    const words = commands.flatMap(({aliases = []}) => aliases);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});

test('every command stands in the documents', () => {
  const text = readFileSync(join(root, 'docs/reference/commands.md'), 'utf8');
  expect(commands.filter(({id}) => !text.includes(`| \`${id}\` |`)).map(({id}) => id)).toEqual([]);
});

const open: MemoryDeck[] = [];
afterEach(async () => {
  for (const {deck} of open.splice(0)) await deck.ends();
});

const objectOf = (name: string, namespaced: boolean): KubeObject =>
  ({
    metadata: {name, uid: `uid-${name}`, ...(namespaced ? {namespace: 'shop'} : {})},
    spec: {
      containers: [],
      template: {spec: {containers: []}},
      jobTemplate: {spec: {template: {spec: {containers: []}}}},
      ports: [],
      rules: [],
    },
    status: {},
  }) as KubeObject;

describe('in a running kdeck', () => {
  test('every command stands in the help of some place', async () => {
    const got = await openMemoryDeck();
    open.push(got);
    const {app} = got.deck.session;
    const seen = new Set<string>();
    for (const at of situations) {
      if (at.selection !== 'one' || !at.writable) continue;
      const text = helpLines(app, at)
        .map((line) => line.map((one) => one.text).join(''))
        .join('\n');
      for (const {command} of app.registry.belonging(at)) if (text.includes(` ${command.title}`)) seen.add(command.id);
    }
    const digits = /^namespace\.recent-/;
    expect(commands.filter(({id}) => !seen.has(id) && !digits.test(id)).map(({id}) => id)).toEqual([]);
  });

  test('every action of every kind asks, or says why it cannot be done', async () => {
    const got = await openMemoryDeck({
      namespaces: 'all',
      fill: (cache) => {
        for (const kind of kinds) cache.put(kindKey(kind.ref), objectOf('thing', kind.namespaced));
      },
    });
    open.push(got);
    const {deck} = got;
    const silent: string[] = [];
    for (const kind of kinds) {
      const key = kindKey(kind.ref);
      deck.session.dispatch({type: 'open', how: 'root', screen: 'list', params: {kind: key, namespaces: 'all'}});
      await deck.settles();
      for (const action of kind.actions ?? []) {
        deck.session.dispatch({type: 'command', id: action.id});
        await deck.settles();
        const {overlay} = deck.session.showing;
        const said = deck.terminal.lines().at(-1)?.includes(`${action.title}:`) === true;
        if (overlay !== 'dialog' && !said) silent.push(`${key} ${action.id}: ${deck.terminal.lines().at(-1)}`);
        if (overlay !== undefined) await deck.presses('esc');
      }
    }
    expect(silent).toEqual([]);
    expect(got.asked).toEqual([]);
  });
});
