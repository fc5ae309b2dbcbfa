// The whole TUI on a terminal in memory: keys in, screen out, no cluster.
import {afterEach, describe, expect, test} from 'vitest';
import {KdeckError} from '../base/errors.ts';
import type {Deck} from '../../test/support/deck/deck.ts';
import type {MemoryDeck, MemoryOptions} from '../../test/support/deck/memory.ts';
import {deployment, openMemoryDeck, pod} from '../../test/support/deck/memory.ts';
import type {Opened} from './options.ts';

const decks: Deck[] = [];
const start = async (options: MemoryOptions = {}): Promise<MemoryDeck> => {
  const got = await openMemoryDeck({
    fill: (cache) => {
      cache.put(
        'pods',
        pod('cart-1', {labels: {app: 'cart', tier: 'web'}, owner: 'cart'}),
        pod('cart-2', {labels: {app: 'cart', tier: 'web'}, owner: 'cart'}),
        pod('checkout-1', {waiting: 'ImagePullBackOff', labels: {app: 'checkout', tier: 'api'}}),
        pod('web-9'),
        pod('web-10'),
      );
      cache.put('deployments.apps', deployment('cart'), deployment('checkout'));
    },
    ...options,
  });
  decks.push(got.deck);
  return got;
};
afterEach(async () => {
  for (const deck of decks.splice(0)) await deck.ends();
});

/** A cluster that cannot be opened. */
const refused = (error: Error): Promise<Opened> => {
  const opened = Promise.reject<Opened>(error);
  opened.catch(() => {});
  return opened;
};

/** Names of the rows on screen, top to bottom. */
const names = (deck: Deck): readonly string[] =>
  deck.terminal
    .lines()
    .slice(3, -1)
    .map((line) => line.slice(3).split(' ')[0] ?? '')
    .filter((name) => /^[a-z]/.test(name));
const cursorRow = (deck: Deck): string =>
  deck.terminal
    .lines()
    .find((line) => line.startsWith('▌'))
    ?.slice(3)
    .split(' ')[0] ?? '';

describe('starting', () => {
  test('the first frame needs no answer from anything', async () => {
    const never = new Promise<never>(() => {});
    const {deck} = await start({opened: never, contexts: () => never, allKinds: () => never, settle: false});
    deck.saw('dev');
    deck.saw('Pods in shop');
    expect(deck.terminal.lines()[2]).toMatch(/NAME +READY +STATUS +RESTARTS .*AGE/);
    deck.saw('connecting');
  });

  test('a cluster that cannot be opened is told, and another context can be chosen', async () => {
    const {deck} = await start({
      opened: refused(new KdeckError('KD-CONNECTION-REFUSED', 'The server at 127.0.0.1:1 refused the connection')),
    });
    deck.saw('not connected');
    deck.saw('refused the connection');
    await deck.goes('ctx');
    await deck.types('/Prod\r');
    await deck.presses('enter');
    deck.saw('Prod:EU');
    deck.sawRow('cart-1', {STATUS: 'Running'});
  });

  test('an expired login has its own word', async () => {
    const {deck} = await start({opened: refused(new KdeckError('KD-LOGIN-EXPIRED', 'The plugin aws ended with code 255'))});
    deck.saw('login expired');
    deck.saw('The plugin aws ended with code 255');
  });

  test('the terminal is whole again afterwards', async () => {
    const {deck, cache} = await start();
    expect(deck.terminal.alternate).toBe(true);
    expect(deck.terminal.stdin.isRaw).toBe(true);
    await deck.presses('ctrl+c');
    expect(await deck.ends()).toBe(0);
    expect(deck.terminal.alternate).toBe(false);
    expect(deck.terminal.stdin.isRaw).toBe(false);
    for (const mode of ['?2004', '?1004', '?1000', '?1006'])
      expect(deck.terminal.written.lastIndexOf(`\x1b[${mode}l`)).toBeGreaterThan(
        deck.terminal.written.lastIndexOf(`\x1b[${mode}h`),
      );
    expect(deck.terminal.written.endsWith('\x1b[?25h')).toBe(true);
    expect(cache.readers).toBe(0);
  });

  test('Ctrl-Z gives the terminal back and takes it again', async () => {
    let stopped: {alternate: boolean; raw: boolean} | undefined;
    const {deck} = await start({
      stopProcess: async () => {
        await decks[0]?.terminal.settled();
        stopped = {alternate: decks[0]?.terminal.alternate ?? true, raw: decks[0]?.terminal.stdin.isRaw ?? true};
      },
    });
    await deck.presses('ctrl+z');
    expect(stopped).toEqual({alternate: false, raw: false});
    expect(deck.terminal.alternate).toBe(true);
    expect(deck.terminal.stdin.isRaw).toBe(true);
    await deck.presses('j');
    expect(cursorRow(deck)).toBe('cart-2');
  });
});

describe('the first line', () => {
  test('keeps its filter when its kind becomes known a moment later', async () => {
    const {deck} = await start({line: 'deployments /cart'});
    deck.saw('/cart');
    expect(names(deck)).not.toContain('checkout');
  });
});

describe('the list', () => {
  test('stands in natural order and shows what is wrong', async () => {
    const {deck} = await start();
    expect(names(deck)).toEqual(['cart-1', 'cart-2', 'checkout-1', 'web-9', 'web-10']);
    deck.sawRow('checkout-1', {STATUS: 'ImagePullBackOff', READY: '0/1', tone: 'bad'});
    deck.sawRow('web-9', {STATUS: 'Running', tone: 'ok'});
    deck.saw('✖ 1');
    deck.saw('5 pods');
  });

  test('the cursor stays on its object and its line while rows come and go', async () => {
    const {deck, cache} = await start();
    await deck.presses('j', 'j', 'j');
    expect(cursorRow(deck)).toBe('web-9');
    cache.put('pods', pod('aaa'), pod('bbb'));
    await deck.settles();
    expect(cursorRow(deck)).toBe('web-9');
    cache.take('pods', 'uid-web-9');
    await deck.settles();
    expect(cursorRow(deck)).toBe('web-10');
  });

  test('until somebody moves, the cursor stays on the first row', async () => {
    const {deck, cache} = await start();
    cache.put('pods', pod('aaa'));
    await deck.settles();
    expect(cursorRow(deck)).toBe('aaa');
  });

  test('an action never falls on another object because the list moved', async () => {
    const {deck, cache, asked} = await start();
    await deck.presses('j');
    // The row under the cursor is gone, but the screen has not shown it yet.
    cache.take('pods', 'uid-cart-2');
    deck.terminal.type('\x04');
    await deck.settles();
    deck.missed('Delete pod checkout-1');
    expect(asked).toEqual([]);
  });

  test('held keys move by every press', async () => {
    const {deck} = await start();
    await deck.types('jjjj');
    expect(cursorRow(deck)).toBe('web-10');
    await deck.types('g');
    expect(cursorRow(deck)).toBe('cart-1');
  });

  test('the filter works while it is typed; Esc takes it back, then goes back', async () => {
    const {deck} = await start();
    await deck.presses('/');
    await deck.types('cart');
    expect(names(deck)).toEqual(['cart-1', 'cart-2']);
    deck.saw('2 of 5 pods');
    await deck.presses('enter');
    deck.saw('/cart');
    await deck.presses('esc');
    expect(names(deck)).toHaveLength(5);
    await deck.presses('/');
    await deck.types('!cart');
    expect(names(deck)).toEqual(['checkout-1', 'web-9', 'web-10']);
    await deck.presses('esc');
    expect(names(deck)).toHaveLength(5);
    await deck.presses('/');
    await deck.types('zzz');
    await deck.presses('enter');
    deck.saw('None of 5 pods matches');
  });

  test('only faults, sorting by key and by picker', async () => {
    const {deck} = await start();
    await deck.does('list.faults');
    expect(names(deck)).toEqual(['checkout-1']);
    await deck.does('list.faults');
    await deck.does('list.sort-by-name');
    await deck.does('list.sort-by-name');
    expect(names(deck)).toEqual(['web-10', 'web-9', 'checkout-1', 'cart-2', 'cart-1']);
    deck.saw('NAME↓');
    await deck.does('list.sort');
    await deck.types('status');
    await deck.presses('enter');
    deck.saw('STATUS↑');
    expect(names(deck)[0]).toBe('checkout-1');
  });

  test('cluster text never reaches the terminal as a command', async () => {
    const {deck} = await start({fill: (cache) => cache.put('pods', pod('evil\x1b[2J\x1b]0;owned\x07\r\nname'))});
    expect(deck.terminal.written).not.toContain('owned\x07');
    deck.saw('evil^[[2J');
    deck.saw('Pods in shop');
  });

  test('a click chooses a row, a second one opens it, the wheel moves', async () => {
    const {deck} = await start();
    await deck.types('\x1b[<0;5;6M');
    expect(cursorRow(deck)).toBe('checkout-1');
    await deck.types('\x1b[<65;5;6M');
    expect(cursorRow(deck)).toBe('web-10');
    await deck.types('\x1b[<0;5;4M\x1b[<0;5;4M');
    deck.saw('cart-1 › Containers');
  });
});

describe('namespaces, contexts and the prompt', () => {
  test('0 shows all namespaces, digits the recent ones, and marks do not travel', async () => {
    const {deck, asked} = await start({
      recentNamespaces: ['other'],
      fill: (cache) => cache.put('pods', pod('one'), pod('two', {namespace: 'other'})),
    });
    expect(names(deck)).toEqual(['one']);
    await deck.presses('space');
    deck.saw('1 marked');
    await deck.presses('0');
    deck.saw('Pods in all namespaces');
    deck.missed('marked');
    deck.sawRow('two', {NAMESPACE: 'other'});
    await deck.presses('1');
    deck.saw('Pods in other');
    expect(names(deck)).toEqual(['two']);
    expect(asked).toEqual([]);
  });

  test('the digits of a context are its own namespaces, and are there again when one comes back', async () => {
    const {deck} = await start({
      recentNamespaces: ['other'],
      recentOf: (context) => (context === 'Prod:EU' ? ['billing'] : []),
      fill: (cache) => cache.put('pods', pod('one'), pod('two', {namespace: 'other'}), pod('three', {namespace: 'billing'})),
    });
    await deck.goes('ns kube-system');
    await deck.goes('ctx Prod:EU');
    await deck.presses('1');
    deck.saw('Pods in billing');
    await deck.goes('ctx dev');
    await deck.presses('1');
    deck.saw('Pods in kube-system');
    await deck.presses('2');
    deck.saw('Pods in other');
  });

  test('a context keeps its capitals and colons', async () => {
    const {deck} = await start();
    await deck.goes('ctx Prod:EU');
    expect(deck.terminal.lines()[0]).toContain('Prod:EU');
    deck.sawRow('cart-1');
  });

  test('the prompt runs what was typed when it means something, else the marked line', async () => {
    const {deck} = await start();
    await deck.goes('deploy');
    deck.saw('Deployments in shop');
    await deck.goes('po other');
    deck.saw('Pods in other');
    await deck.goes('pods all /cart');
    deck.saw('Pods in all namespaces');
    expect(names(deck)).toHaveLength(2);
    await deck.goes('deplo');
    deck.saw('Deployments in');
    await deck.goes('nonsense');
    deck.saw('There is no kind, namespace, context or command called nonsense');
  });

  test('a word of a kind is never read as a namespace', async () => {
    const {deck} = await start();
    await deck.goes('Deploy');
    deck.saw('Deployments in shop');
  });

  test('views are kept: back, forward, last', async () => {
    const {deck} = await start();
    await deck.goes('deploy');
    await deck.presses('[');
    deck.saw('Pods in shop');
    await deck.presses(']');
    deck.saw('Deployments in shop');
    await deck.presses('-');
    deck.saw('Pods in shop');
    await deck.presses('-');
    deck.saw('Deployments in shop');
  });
});

describe('going in', () => {
  test('a Deployment leads to its pods by its whole selector, a pod to its containers', async () => {
    const {deck} = await start();
    await deck.goes('deploy');
    await deck.presses('enter');
    deck.saw('cart › Pods');
    // matchExpressions count too: checkout-1 has no app=cart, and a cart pod of another tier would not be listed.
    expect(names(deck)).toEqual(['cart-1', 'cart-2']);
    await deck.presses('enter');
    deck.sawRow('app', {STATE: 'Running', IMAGE: 'app:1'});
    await deck.presses('esc', 'esc');
    deck.saw('Deployments in shop');
  });

  test('the owner is one key away, and an object without one says so', async () => {
    const {deck, cache} = await start();
    cache.put('replicasets.apps', {
      metadata: {name: 'cart', namespace: 'shop', uid: 'uid-cart-rs'},
      spec: {replicas: 2},
      status: {replicas: 2},
    } as never);
    await deck.presses('J');
    deck.saw('cart › ReplicaSets');
    await deck.presses('esc', 'G', 'J');
    deck.saw('web-10 has no owner');
  });

  test('YAML is searched, and Secret values stay hidden until asked for', async () => {
    const {deck} = await start({
      fill: (cache) =>
        cache.put('secrets', {
          metadata: {
            name: 'login',
            namespace: 'shop',
            uid: 's1',
            annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"aHVudGVyMg=="}}'},
          },
          data: {password: Buffer.from('hunter2').toString('base64')},
        } as never),
    });
    await deck.goes('secrets');
    await deck.does('object.manifest');
    deck.missed('hunter2');
    deck.missed('aHVudGVyMg');
    deck.saw('7 bytes');
    await deck.does('secret.reveal');
    deck.saw('password: hunter2');
    await deck.does('secret.reveal');
    deck.missed('hunter2');
    await deck.presses('/');
    await deck.types('login');
    deck.saw('1 of ');
  });

  test('diagnosis says why in words', async () => {
    const {deck} = await start();
    await deck.presses('j', 'j');
    await deck.does('object.diagnose');
    deck.saw('checkout-1 › Why');
    deck.missed('Looking for the cause');
  });

  test('the answer to why keeps up: what was going on is told when it breaks', async () => {
    const {deck, cache} = await start();
    await deck.presses('G');
    await deck.does('object.diagnose');
    deck.saw('web-10 › Why');
    deck.missed('ImagePullBackOff');
    cache.put('pods', pod('web-10', {waiting: 'ImagePullBackOff'}));
    await deck.waits('the news', () => deck.terminal.text().includes('ImagePullBackOff'), 15);
  });
});

describe('changing things', () => {
  test('deleting asks, lists what goes, and waits for the name', async () => {
    const {deck, asked} = await start();
    await deck.presses('G', 'ctrl+d');
    deck.saw('Delete pod web-10?');
    deck.saw('pod shop/web-10');
    await deck.presses('enter');
    expect(asked).toEqual([]);
    deck.saw('type web-10 to go on');
    await deck.types('web-10');
    await deck.presses('enter');
    expect(asked).toEqual([{what: 'remove', name: 'web-10', details: {cascade: 'background', force: false}}]);
    deck.saw('web-10 deleted');
  });

  test('Enter alone never deletes, Esc leaves', async () => {
    const {deck, asked} = await start();
    await deck.presses('ctrl+d', 'enter');
    await deck.presses('ctrl+d', 'esc');
    expect(asked).toEqual([]);
  });

  test('marked rows go together, each is listed, and every outcome is told', async () => {
    const {deck, asked} = await start({fail: (name) => (name === 'cart-2' ? 'pods "cart-2" is forbidden' : undefined)});
    await deck.presses('space', 'space', 'ctrl+d');
    deck.saw('Delete 2 pods?');
    deck.saw('shop/cart-1');
    deck.saw('shop/cart-2');
    await deck.presses('tab', 'enter');
    expect(asked.map(({name}) => name)).toEqual(['cart-1']);
    deck.saw('1 done, 1 failed');
    deck.saw('pods "cart-2" is forbidden');
  });

  test('marks of objects that are gone hit nothing', async () => {
    const {deck, cache} = await start();
    await deck.presses('space', 'space');
    deck.saw('2 marked');
    cache.take('pods', 'uid-cart-1');
    await deck.settles();
    deck.saw('1 marked');
  });

  test('a filter that hides marks is mentioned', async () => {
    const {deck} = await start();
    await deck.presses('space', 'space', '/');
    await deck.types('web');
    await deck.presses('enter', 'ctrl+d');
    deck.saw('Delete 2 pods?');
    deck.saw('filtered by /web');
  });

  test('scaling asks for a number and says what will happen', async () => {
    const {deck, asked} = await start();
    await deck.goes('deploy');
    await deck.does('workload.scale');
    await deck.presses('backspace');
    await deck.types('5');
    deck.saw('cart: 2');
    await deck.presses('enter');
    expect(asked).toEqual([{what: 'scale', name: 'cart', details: 5}]);
    await deck.does('workload.scale');
    await deck.presses('backspace');
    await deck.types('x');
    await deck.presses('enter');
    expect(asked).toHaveLength(1);
  });

  test('read-only: the keys say why, and nothing is sent', async () => {
    const {deck, asked} = await start({readonly: true});
    deck.saw('READ-ONLY');
    await deck.presses('ctrl+d');
    deck.saw('kdeck is read-only here');
    deck.missed('Delete pod');
    await deck.goes('deploy');
    for (const {command} of deck.session.app.registry.all())
      if (command.danger !== undefined && command.danger !== 'safe') await deck.does(command.id);
    expect(asked).toEqual([]);
  });
});

describe('when the cluster has trouble', () => {
  test('stale rows stay, with the time they are from', async () => {
    const {deck, cache} = await start();
    cache.set('pods', {
      is: 'stale',
      since: new Date(2026, 10, 21, 10, 30, 5),
      error: new KdeckError('KD-CONNECTION-FAILED', 'The network is down'),
    });
    await deck.settles();
    deck.saw('stale since 10:30:05');
    deck.sawRow('cart-1');
    await deck.presses('j');
    expect(cursorRow(deck)).toBe('cart-2');
    await deck.goes('connection');
    deck.saw('The network is down');
    await deck.does('app.retry');
    expect(cache.retries).toBe(1);
    cache.set('pods', {is: 'live'});
    await deck.settles();
    deck.saw('live');
    deck.missed('stale');
  });

  test('a denied list says what is not allowed', async () => {
    const {deck, cache} = await start({fill: () => {}});
    cache.set('pods', {
      is: 'denied',
      error: new KdeckError('KD-SERVER-FORBIDDEN', 'User jane cannot list pods in shop', {tryThis: ['kdeck auth can-i list pods']}),
    });
    await deck.settles();
    deck.saw('You may not list pods here');
    deck.saw('User jane cannot list pods in shop');
    deck.saw('kdeck auth can-i list pods');
  });
});

describe('every terminal', () => {
  test('resize keeps everything in place', async () => {
    const {deck} = await start({size: [120, 30]});
    for (const [columns, rows] of [
      [80, 24],
      [200, 50],
      [60, 12],
      [40, 8],
      [30, 5],
      [120, 30],
    ] as const) {
      deck.terminal.resize(columns, rows);
      await deck.settles();
      if (columns >= 40) deck.saw('Pods in shop');
      else deck.saw('kdeck needs a little');
      for (const line of deck.terminal.lines()) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  test('without colour and without Unicode the screen says the same', async () => {
    const {deck} = await start({env: {TERM: 'xterm', NO_COLOR: '1', LANG: 'C'}, glyphs: 'auto'});
    // eslint-disable-next-line no-control-regex -- everything but printable ASCII
    expect(deck.terminal.text()).toMatch(/^[\x20-\x7e\n]*$/);
    expect(deck.terminal.lines().some((line) => line.startsWith(' x checkout-1'))).toBe(true);
    for (let y = 0; y < 30; y++)
      for (const cell of deck.terminal.cells(y)) expect([cell.fg, cell.bg]).toEqual([undefined, undefined]);
    expect(deck.cellsOf('cart-1').some(({inverse}) => inverse)).toBe(true);
  });

  test('Ctrl-L draws over whatever spoiled the screen', async () => {
    const {deck} = await start();
    const before = deck.terminal.text();
    deck.terminal.feed('\x1b[5;1HKernel panic, not really\x1b[20;1Hmore of it');
    await deck.terminal.settled();
    deck.saw('Kernel panic');
    await deck.presses('ctrl+l');
    expect(deck.terminal.text()).toBe(before);
  });

  test('copying goes through OSC 52, and through tmux where there is one', async () => {
    const {deck} = await start();
    await deck.does('list.copy-name');
    expect(deck.terminal.written).toContain(`\x1b]52;c;${Buffer.from('cart-1').toString('base64')}\x07`);
    deck.saw('Copied the name cart-1');
    const inTmux = await start({env: {TERM: 'tmux-256color', TMUX: '/tmp/tmux', LANG: 'C.UTF-8'}});
    await inTmux.deck.does('list.copy-name');
    expect(inTmux.deck.terminal.written).toContain('\x1bPtmux;\x1b\x1b]52;c;');
  });

  test('a hint can be clicked', async () => {
    const {deck} = await start();
    const line = deck.terminal.lines().at(-1) ?? '';
    await deck.types(`\x1b[<0;${line.indexOf('describe') + 2};30M`);
    deck.saw('cart-1 › Describe');
  });

  test('a light background is noticed', async () => {
    const {deck} = await start({theme: 'auto'});
    expect(deck.session.look.theme.name).toBe('dark');
    expect(deck.terminal.written).toContain('\x1b]11;?');
    await deck.types('\x1b]11;rgb:ffff/ffff/ffff\x1b\\');
    await deck.waits('the light theme', () => deck.session.look.theme.name === 'light', 5);
    deck.missed(']11');
  });

  test('a key that is rebound works, and the hints follow', async () => {
    const {deck} = await start({keys: {'object.describe': {add: ['F5'], remove: ['d'], removeAll: false}}});
    deck.saw('f5 describe');
    await deck.types('\x1b[15~');
    deck.saw('cart-1 › Describe');
  });

  test('help lists every key of the place it was opened from', async () => {
    const {deck} = await start({size: [120, 100]});
    await deck.presses('?');
    deck.saw('Sort by restarts');
    deck.saw('Delete');
    await deck.presses('esc');
    deck.saw('Pods in shop');
  });

  test('nothing is written while nothing changes', async () => {
    const {deck, cache} = await start();
    const before = deck.terminal.written.length;
    cache.put('pods', pod('elsewhere', {namespace: 'other'}));
    await deck.settles();
    await deck.settles();
    expect(deck.terminal.written.length).toBe(before);
  });
});
