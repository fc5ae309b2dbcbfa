// Bugs other cluster tools shipped, tried on the whole TUI in memory; docs/traps.md says which test stands for which.
import {afterEach, expect, test} from 'vitest';
import type {ApiResource, KubeObject} from '../kube/types/object.ts';
import type {Deck} from '../../test/support/deck/deck.ts';
import type {MemoryOptions} from '../../test/support/deck/memory.ts';
import {deployment, openMemoryDeck, pod} from '../../test/support/deck/memory.ts';

const decks: Deck[] = [];
const start = async (options: MemoryOptions): Promise<Deck> => {
  const {deck} = await openMemoryDeck(options);
  decks.push(deck);
  return deck;
};
afterEach(async () => {
  for (const deck of decks.splice(0)) await deck.ends();
});

test('text that looks like markup is shown as it is', async () => {
  const shown = ['[::]', '[red]alert[-]', '[::b]', '${name}', '%s', '{{.x}}', '<b>'];
  const odd = pod('odd') as {metadata: KubeObject['metadata']};
  const object = {...odd, metadata: {...odd.metadata, annotations: {note: shown.join(' ')}}} as KubeObject;
  const deck = await start({fill: (cache) => cache.put('pods', object, pod('web-[::]-[red]x'))});
  deck.saw('web-[::]-[red]x');
  await deck.presses('/');
  await deck.types('[red');
  await deck.presses('enter');
  deck.saw('web-[::]-[red]x');
  await deck.presses('esc', 'esc');
  await deck.goes('pods /odd');
  await deck.does('object.manifest');
  for (const text of shown) deck.saw(text);
  await deck.presses('esc');
  await deck.does('object.describe');
  for (const text of shown) deck.saw(text);
});

test('escape sequences in names, annotations and messages reach no screen', async () => {
  const evil = '\x1b]0;owned\x07\x1b[2Jx\rover';
  const odd = pod('odd', {waiting: `Err${evil}`}) as {metadata: KubeObject['metadata']};
  const object = {...odd, metadata: {...odd.metadata, annotations: {note: evil}, labels: {app: evil}}} as KubeObject;
  const deck = await start({fill: (cache) => cache.put('pods', object)});
  const seen = async (): Promise<void> => {
    await deck.settles();
    expect(deck.terminal.written).not.toContain('\x1b]0;owned');
    expect(deck.terminal.written).not.toContain('\x1b[2Jx');
    expect(deck.terminal.written).not.toContain('x\rover');
  };
  await seen();
  for (const screen of ['object.describe', 'object.manifest', 'object.diagnose', 'list.open'] as const) {
    await deck.does(screen);
    await seen();
    await deck.presses('esc');
  }
});

test('Deployments of one name in two namespaces keep their pods apart', async () => {
  const twin = deployment('cart');
  const deck = await start({
    namespaces: 'all',
    line: 'deployments',
    fill: (cache) => {
      cache.put('deployments.apps', twin, {
        ...twin,
        metadata: {...twin.metadata, namespace: 'test', uid: 'uid-cart-test'},
      });
      cache.put(
        'pods',
        pod('cart-shop', {labels: {app: 'cart', tier: 'web'}}),
        pod('cart-test', {namespace: 'test', labels: {app: 'cart', tier: 'web'}}),
      );
    },
  });
  await deck.presses('enter');
  deck.saw('cart-shop');
  deck.missed('cart-test');
  await deck.presses('esc', 'j', 'enter');
  deck.saw('cart-test');
  deck.missed('cart-shop');
});

test('a node shows the pods that run on it and no others', async () => {
  const node = {metadata: {name: 'node-2', uid: 'uid-node-2'}, spec: {}, status: {}} as unknown as KubeObject;
  const deck = await start({
    line: 'nodes',
    fill: (cache) => {
      cache.put('nodes', node);
      cache.put(
        'pods',
        pod('here', {node: 'node-2'}),
        pod('there', {node: 'node-1'}),
        pod('also-here', {namespace: 'other', node: 'node-2'}),
      );
    },
  });
  await deck.presses('enter');
  deck.saw('also-here');
  deck.sawRow('here');
  expect(deck.rowProblem('there')).toBe('there is no row there');
});

test('two types of one plural never show each other', async () => {
  const type = (group: string): ApiResource => ({
    group,
    version: 'v1',
    plural: 'widgets',
    kind: 'Widget',
    singular: 'widget',
    shortNames: [],
    categories: [],
    namespaced: true,
    verbs: ['list', 'watch', 'get'],
    subresources: [],
  });
  const widget = (name: string): KubeObject => ({metadata: {name, namespace: 'shop', uid: `uid-${name}`}});
  const deck = await start({
    resources: [type('a.example.com'), type('b.example.com')],
    fill: (cache) => {
      cache.put('widgets.a.example.com', widget('from-a'));
      cache.put('widgets.b.example.com', widget('from-b'), widget('also-from-b'));
    },
  });
  await deck.goes('widgets');
  deck.saw('widgets may mean widgets.a.example.com or widgets.b.example.com');
  await deck.presses('esc', 'esc');
  await deck.goes('widgets.b.example.com');
  deck.saw(' 2 widgets');
  await deck.goes('widgets.a.example.com');
  deck.saw(' 1 widget');
  deck.missed('2 widgets');
});
