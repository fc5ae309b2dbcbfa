// What plugins hear of a running TUI, what they may stop, ask and show, and their own commands.
import {afterEach, describe, expect, test} from 'vitest';
import {loopback} from '../../test/support/streams/loopback.ts';
import type {Deck} from '../../test/support/deck/deck.ts';
import type {MemoryDeck, MemoryOptions} from '../../test/support/deck/memory.ts';
import {deployment, openMemoryDeck, pod} from '../../test/support/deck/memory.ts';
import gitops from '../../plugins/gitops/index.ts';
import type {Hooks, PluginCommand} from '../plugins/api/index.ts';
import {definePlugin} from '../plugins/api/index.ts';
import {HookRunner} from '../plugins/host/hooks.ts';
import {ContributionRegistry} from '../plugins/host/registry.ts';
import type {Connection} from './session/services.ts';
import type {LogRow} from './screens/logs/log-buffer.ts';
import {readLogs} from './screens/logs/log-reader.ts';

const registryWith = (hooks: Hooks): ContributionRegistry => {
  const registry = new ContributionRegistry();
  const manifest = {name: 'guard', version: '1.0.0', summary: 'Watches over things'};
  registry.add(definePlugin({manifest, contributes: {hooks}}), {layer: 'user', name: 'guard'});
  return registry;
};

const decks: Deck[] = [];
const start = async (hooks: Hooks, options: MemoryOptions = {}): Promise<MemoryDeck> => {
  const registry = registryWith(hooks);
  const got = await openMemoryDeck({
    fill: (cache) => {
      cache.put('pods', pod('cart-1', {owner: 'cart'}), pod('web-1'));
      cache.put('deployments.apps', deployment('cart'));
    },
    hooks: (report) => new HookRunner(registry, report),
    ...options,
  });
  decks.push(got.deck);
  return got;
};
afterEach(async () => {
  for (const deck of decks.splice(0)) await deck.ends();
});

describe('listening', () => {
  test('plugins hear that kdeck started, where it is, and where it goes', async () => {
    const heard: unknown[] = [];
    const {deck} = await start({started: (event) => void heard.push(event), contextChanged: (event) => void heard.push(event)});
    await expect.poll(() => heard).toEqual([{version: '0.0.0-test'}, {context: 'dev', namespaces: ['shop']}]);
    await deck.presses('0');
    await expect.poll(() => heard.at(-1)).toEqual({context: 'dev', namespaces: 'all'});
    await deck.goes('ctx Prod:EU');
    await expect.poll(() => heard.at(-1)).toMatchObject({context: 'Prod:EU'});
  });

  test('plugins hear of objects on screen, in batches, with the newest state of each, and of no others', async () => {
    const heard: string[] = [];
    const {cache} = await start({
      objectChanged: ({kind, object, change}) =>
        void heard.push(`${kind} ${object.metadata.name ?? ''} ${change} ${object.metadata.labels?.['n'] ?? ''}`),
    });
    cache.put('deployments.apps', deployment('unseen'));
    for (let n = 1; n <= 50; n++) cache.put('pods', pod('web-1', {labels: {n: String(n)}}));
    await expect.poll(() => heard).toEqual(['pods web-1 changed 50']);
    cache.take('pods', 'uid-cart-1');
    await expect.poll(() => heard.at(-1)).toBe('pods cart-1 removed ');
    expect(heard).toHaveLength(2);
  });
});

describe('operations', () => {
  test('a refusal stops a deletion in the words of the plugin', async () => {
    const {deck, asked} = await start({
      beforeOperation: ({operation, target}) =>
        operation === 'object.delete' && target.name === 'cart-1' ? {refuse: 'the shop is closed for changes'} : undefined,
    });
    await deck.presses('ctrl+d');
    deck.saw('guard: the shop is closed for changes');
    expect(deck.session.showing.overlay).toBeUndefined();
    expect(asked).toEqual([]);
    // The other pod may go.
    await deck.presses('j', 'ctrl+d');
    await deck.types('web-1');
    await deck.presses('tab', 'tab', 'enter');
    expect(asked.map(({what, name}) => `${what} ${name}`)).toEqual(['remove web-1']);
  });

  test('a question of a plugin stands in the dialog, and the outcome is told', async () => {
    const after: unknown[] = [];
    const {deck, asked} = await start(
      {
        beforeOperation: ({context}) => ({ask: `Is the release manager of ${context} awake?`}),
        afterOperation: ({operation, target, said, error}) => void after.push([operation, target.kind, target.name, said, error]),
      },
      {line: 'deployments'},
    );
    await deck.does('workload.scale');
    deck.saw('guard: Is the release manager of dev awake?');
    expect(asked).toEqual([]);
    await deck.presses('ctrl+u');
    await deck.types('5');
    await deck.presses('enter');
    expect(asked).toEqual([{what: 'scale', name: 'cart', details: 5}]);
    await expect.poll(() => after).toEqual([['workload.scale', 'Deployment', 'cart', 'cart done', undefined]]);
  });

  test('what was read for a form is not handed to plugins', async () => {
    const heard: string[] = [];
    const {deck, asked} = await start(
      {afterOperation: (event) => void heard.push(JSON.stringify(event))},
      {
        line: 'secrets',
        fill: (cache) => cache.put('secrets', {metadata: {name: 'login', namespace: 'shop', uid: 'u'}}),
        connection: {
          read: async () => ({
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: {name: 'login', namespace: 'shop', uid: 'u'},
            data: {password: 'aHVudGVyMg=='},
          }),
        },
      },
    );
    await deck.goes('object.annotate');
    await deck.types('note=x\r');
    expect(asked.map(({what, name}) => `${what} ${name}`)).toEqual(['annotate login']);
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toContain('object.annotate');
    expect(heard[0]).not.toContain('aHVudGVyMg');
  });

  test('a failure is told as one', async () => {
    const after: unknown[] = [];
    const {deck} = await start(
      {afterOperation: ({target, said, error}) => void after.push([target.name, said, error])},
      {line: 'deployments', fail: () => 'the server is on fire'},
    );
    await deck.does('workload.scale');
    await deck.presses('ctrl+u');
    await deck.types('5');
    await deck.presses('enter');
    await expect.poll(() => after).toEqual([['cart', undefined, 'the server is on fire']]);
  });

  test('keys typed while a guard thinks reach nothing, and Esc gives the operation up', async () => {
    const verdict = Promise.withResolvers<undefined>();
    const {deck, asked} = await start({beforeOperation: () => verdict.promise});
    deck.terminal.type('\x04');
    await expect.poll(() => deck.session.showing.overlay).toBe('asking-plugins');
    deck.terminal.type('j');
    deck.terminal.type('\x1b');
    await expect.poll(() => deck.session.showing.overlay).toBeUndefined();
    verdict.resolve(undefined);
    await deck.settles();
    expect(deck.session.showing.overlay).toBeUndefined();
    expect(deck.terminal.lines().find((line) => line.startsWith('▌'))).toContain('cart-1');
    expect(asked).toEqual([]);
  });

  test('a broken guard is reported once and stops nothing', async () => {
    const {deck} = await start({
      beforeOperation: () => {
        throw new Error('no such planet');
      },
    });
    await deck.presses('ctrl+d');
    deck.saw('The plugin guard had a problem with beforeOperation: no such planet');
    expect(deck.session.showing.overlay).toBe('dialog');
  });
});

test('log lines show what plugins make of them, and nothing a plugin writes reaches the terminal raw', async () => {
  await using server = await loopback({
    http: (request, response) => {
      if (request.url?.includes('/log') === true) response.end('2026-11-21T10:00:00Z card 4111-1111\n2026-11-21T10:00:01Z hello\n');
      else
        response.end(
          JSON.stringify({
            metadata: {name: 'cart-1'},
            status: {containerStatuses: [{name: 'app', containerID: 'one', restartCount: 0, state: {running: {}}}]},
          }),
        );
    },
  });
  const hooks = new HookRunner(
    registryWith({logLine: ({pod: name, text}) => (text.startsWith('card') ? `${name}: card \x1b[31m****` : undefined)}),
    () => {},
  );
  const rows: LogRow[] = [];
  const connection = {cluster: {client: server.client}} as unknown as Connection;
  await readLogs(connection, [{pod: 'cart-1', container: 'app'}] as never, {
    namespace: 'shop',
    previous: true,
    tail: 10,
    signal: new AbortController().signal,
    show: (line) => hooks.logLine(line),
    tell: (news) => void rows.push(...news.rows),
  });
  const texts = rows.filter(({source}) => source === 0).map(({text}) => text);
  expect(texts[0]).toMatch(/^cart-1: card .*\*\*\*\*$/);
  expect(texts.join('')).not.toContain('\x1b');
  expect(texts[1]).toBe('hello');
});

describe('commands', () => {
  const command = (run: PluginCommand['run']): PluginCommand => ({
    id: 'hello.say',
    title: 'Say hello',
    summary: 'Says hello.',
    group: 'Plugins',
    keys: ['alt+h'],
    aliases: ['hello'],
    run,
  });
  const withCommand = (one: PluginCommand, options: MemoryOptions = {}): Promise<MemoryDeck> =>
    start(
      {},
      {plugged: Promise.resolve({commands: [{command: one, origin: {layer: 'user', name: 'hello'}}], warnings: []}), ...options},
    );

  test('a command of a plugin runs by its key and by its word, on what the cursor is on, and stands in help', async () => {
    const said: unknown[] = [];
    const {deck} = await withCommand(
      command(({context, namespaces, objects, argument, tell}) => {
        said.push({context, namespaces, names: objects.map(({metadata}) => metadata.name), argument});
        tell(`hello\u001b[31m ${objects.length}`);
      }),
    );
    await deck.presses('j', 'alt+h');
    deck.saw('hello');
    expect(deck.terminal.text()).not.toContain('\u001b');
    await deck.goes('hello you');
    expect(said).toEqual([
      {context: 'dev', namespaces: ['shop'], names: ['web-1'], argument: ''},
      {context: 'dev', namespaces: ['shop'], names: ['web-1'], argument: 'you'},
    ]);
    await deck.presses('?', '/');
    await deck.types('Say hello');
    await deck.presses('enter');
    deck.saw('Says hello.');
  });

  test('a command that fails is told with the name of the plugin, and kdeck goes on', async () => {
    const {deck} = await withCommand(
      command(() => {
        throw new Error('the moon is full');
      }),
    );
    await deck.goes('hello');
    deck.saw('The plugin hello could not do this: the moon is full');
    await deck.presses('j');
    deck.saw('web-1');
  });

  test('a command whose id is taken is left out and named; everything else works', async () => {
    const {deck} = await withCommand({...command(() => {}), id: 'object.delete'});
    deck.saw('object.delete');
    await deck.presses('j');
    deck.saw('web-1');
  });

  test('the bundled plugin shows what belongs to which tool', async () => {
    const [owners] = gitops.contributes.commands ?? [];
    if (owners === undefined) throw new Error('the plugin has no command');
    const {deck} = await withCommand(owners, {
      fill: (cache) => {
        const cart = deployment('cart');
        const labels = {'argocd.argoproj.io/instance': 'shop'};
        cache.put('deployments.apps', {...cart, metadata: {...cart.metadata, labels}}, deployment('free'));
      },
      line: 'deployments',
    });
    await deck.goes('gitops');
    deck.saw('Argo CD shop, puts its own version back (1)');
    deck.saw('Nobody: changed by hand (1)');
    deck.saw('shop/free');
    await deck.presses('esc');
    deck.saw('cart');
  });
});
