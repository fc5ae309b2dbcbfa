import {expect, test} from 'vitest';
import {builtinCommands} from './builtin/commands.ts';
import {normaliseChord, parseBinding, showBinding} from './chord.ts';
import type {Command, Situation} from './command.ts';
import {commandsFromActions} from './from-action.ts';
import {createRegistry} from './registry.ts';
import {loadAllKinds} from '../resources/catalogue.ts';

const at = (change: Partial<Situation> = {}): Situation => ({
  screen: 'list',
  kind: 'pods',
  selection: 'one',
  writable: true,
  ...change,
});
const command = (id: string, more: Partial<Command> = {}): Command => ({id, title: id, summary: id, group: 'Test', ...more});

test.each([
  ['F', 'shift+f'],
  ['Ctrl+D', 'ctrl+d'],
  ['escape', 'esc'],
  [' ', 'space'],
  ['PgDn', 'pagedown'],
  ['shift+ctrl+K', 'ctrl+shift+k'],
  ['+', '+'],
  ['ctrl++', 'ctrl++'],
  ['f12', 'f12'],
  ['ctrl+\\', 'ctrl+\\'],
])('%j is the chord %s', (text, chord) => {
  expect(normaliseChord(text)).toBe(chord);
});

test.each(['hyper+x', 'f25', 'enterr', 'ctrl+', ''])('%j names no key', (text) => {
  expect(parseBinding(text)).toBeUndefined();
});

test('bindings read as people write them', () => {
  expect(['shift+f', 'ctrl+d', 'g g', 'alt+x', 'pagedown', '?'].map(showBinding)).toEqual(['F', '^d', 'g g', 'alt-x', 'pgdn', '?']);
});

test('built-in commands do not clash with each other', async () => {
  expect(createRegistry([...builtinCommands, ...commandsFromActions(await loadAllKinds())]).conflicts()).toEqual([]);
});

test('a key of a kind beats the key of the screen, and that beats the global one', () => {
  const registry = createRegistry([
    command('global', {keys: ['s']}),
    command('screen', {keys: ['s'], when: {screen: ['list']}}),
    command('kind', {keys: ['s'], when: {screen: ['list'], kind: ['deployments.apps']}}),
  ]);
  const meaning = (situation: Situation) => {
    const found = registry.forKeys(['s'], situation);
    return found.is === 'command' ? found.command.id : found.is;
  };
  expect(meaning(at({kind: 'deployments.apps'}))).toBe('kind');
  expect(meaning(at())).toBe('screen');
  expect(meaning(at({screen: 'logs'}))).toBe('global');
  expect(registry.hints(at())).toEqual([]);
});

test("the user's key beats every built-in one, and a minus takes a default away", () => {
  const registry = createRegistry(
    [
      command('one', {keys: ['a', 'b'], when: {screen: ['list'], kind: ['pods']}}),
      command('two', {keys: ['c']}),
      command('three', {keys: ['d']}),
    ],
    {
      two: {add: ['A', 'a'], remove: [], removeAll: false},
      one: {add: [], remove: ['b'], removeAll: false},
      three: {add: [], remove: [], removeAll: true},
      four: {add: ['x'], remove: [], removeAll: false},
    },
  );
  expect(registry.forKeys(['a'], at())).toMatchObject({is: 'command', command: {id: 'two'}});
  expect(registry.forKeys(['shift+a'], at())).toMatchObject({is: 'command', command: {id: 'two'}});
  expect(registry.forKeys(['b'], at())).toEqual({is: 'nothing'});
  expect(registry.forKeys(['d'], at())).toEqual({is: 'nothing'});
  expect(registry.problems()).toEqual(['four: there is no such command']);
});

test('a sequence waits for its next step', () => {
  const registry = createRegistry([command('goto', {keys: ['g p']}), command('other', {keys: ['x']})]);
  expect(registry.forKeys(['g'], at())).toEqual({is: 'prefix'});
  expect(registry.forKeys(['g', 'p'], at())).toMatchObject({is: 'command', command: {id: 'goto'}});
  expect(registry.forKeys(['g', 'x'], at())).toEqual({is: 'nothing'});
});

test('a command that cannot run now says so instead of doing nothing', () => {
  const registry = createRegistry([
    command('delete', {keys: ['ctrl+d'], when: {screen: ['list'], selection: 'some', writable: true}}),
  ]);
  expect(registry.forKeys(['ctrl+d'], at({writable: false}))).toMatchObject({is: 'blocked', command: {id: 'delete'}});
  expect(registry.forKeys(['ctrl+d'], at({selection: 'none'}))).toMatchObject({is: 'blocked'});
  expect(registry.forKeys(['ctrl+d'], at({screen: 'logs'}))).toEqual({is: 'nothing'});
});

test('two commands with one id are refused, and both sides are named', () => {
  const registry = createRegistry([command('one')]);
  expect(() => registry.add(command('one'), {layer: 'user', name: 'mine'})).toThrow(
    'two commands are called one: one of kdeck, one of mine',
  );
});

test('two commands with equal right to a key are found', () => {
  const registry = createRegistry([
    command('one', {keys: ['x'], when: {kind: ['pods']}}),
    command('two', {keys: ['x'], when: {kind: ['pods', 'nodes']}}),
    command('three', {keys: ['x'], when: {kind: ['secrets']}}),
  ]);
  expect(registry.conflicts()).toEqual([{binding: 'x', commands: ['one', 'two']}]);
});

test('an action several kinds share is one command', () => {
  const restart = {
    id: 'workload.restart',
    title: 'Restart',
    summary: 'Restarts.',
    keys: ['r'],
    danger: 'changes' as const,
    needs: {verb: 'patch'},
    run: () => Promise.resolve({said: ''}),
  };
  const kindOf = (plural: string) => ({
    ref: {group: 'apps', version: 'v1', plural},
    kind: plural,
    singular: plural,
    shortNames: [],
    namespaced: true,
    family: 'workloads' as const,
    columns: [],
    keep: [],
    actions: [restart],
  });
  const lifted = commandsFromActions([kindOf('deployments'), kindOf('daemonsets')]);
  expect(lifted).toHaveLength(1);
  expect(lifted[0]).toMatchObject({
    id: 'workload.restart',
    keys: ['r'],
    when: {kind: ['deployments.apps', 'daemonsets.apps'], writable: true, selection: 'some'},
  });
});
