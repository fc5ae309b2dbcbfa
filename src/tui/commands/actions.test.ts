// Actions that look at the cluster before they ask: keys meanwhile, Esc, what they find, and what they are refused.
import {afterEach, expect, test} from 'vitest';
import {KdeckError} from '../../base/errors.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import type {Deck} from '../../../test/support/deck/deck.ts';
import {deployment, openMemoryDeck} from '../../../test/support/deck/memory.ts';
import type {Connection} from '../session/services.ts';

let deck: Deck | undefined;
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});

const starts = async (read: Connection['read']): Promise<Deck> => {
  const got = await openMemoryDeck({
    line: 'deployments',
    fill: (cache) => cache.put('deployments.apps', deployment('cart'), deployment('checkout')),
    connection: {read},
  });
  deck = got.deck;
  return got.deck;
};

const whole = (name: string, uid = `uid-${name}`): AnyObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  ...deployment(name),
  metadata: {...deployment(name).metadata, uid},
  spec: {template: {spec: {initContainers: [{name: 'wait', image: 'wait:1'}], containers: [{name: 'app', image: 'app:1'}]}}},
});

/** Waits for what happens by itself while an effect is still under way. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test('the form has what lists do not keep', async () => {
  const of = await starts(async () => whole('cart'));
  await of.does('workload.set-image');
  of.saw('Set image deployment cart?');
  of.saw('wait:1');
  of.saw('app:1');
});

test('keys pressed meanwhile reach nothing below, and Esc gives it up for good', async () => {
  const answer = Promise.withResolvers<AnyObject>();
  let stopped: AbortSignal | undefined;
  const of = await starts((_resource, _at, signal) => {
    stopped = signal;
    return answer.promise;
  });
  of.terminal.type('i');
  await turns();
  expect(of.session.showing.overlay).toBe('waiting');
  of.terminal.type('j\x04');
  await turns();
  expect(of.session.showing.overlay).toBe('waiting');
  of.session.input({type: 'key', chord: 'esc'});
  expect(of.session.showing.overlay).toBeUndefined();
  expect(stopped?.aborted).toBe(true);
  answer.resolve(whole('cart'));
  await of.settles();
  expect(of.session.showing.overlay).toBeUndefined();
  of.missed('Set image deployment');
  // The cursor did not move.
  expect(of.terminal.lines().find((line) => line.startsWith('▌'))).toContain('cart');
});

test('a slow answer is told', async () => {
  const answer = Promise.withResolvers<AnyObject>();
  let now = Date.parse('2026-11-21T12:00:00Z');
  const got = await openMemoryDeck({
    line: 'deployments',
    now: () => new Date(now),
    fill: (cache) => cache.put('deployments.apps', deployment('cart')),
    connection: {read: () => answer.promise},
  });
  deck = got.deck;
  got.deck.terminal.type('i');
  await turns();
  now += 1000;
  got.deck.session.tick();
  expect(got.deck.session.frame.panels.flatMap(({lines}) => lines).join('')).toContain('Reading deployment cart; Esc gives up');
  answer.resolve(whole('cart'));
  await got.deck.settles();
  got.deck.saw('Set image deployment cart?');
});

test.each([
  [() => Promise.resolve(whole('cart', 'another')), 'cart is another object by now'],
  [() => Promise.reject(new KdeckError('KD-SERVER-NOT-FOUND', 'deployments.apps "cart" not found')), 'it is gone by now'],
] as const)('what cannot be read opens no form %#', async (read, says) => {
  const of = await starts(read);
  await of.does('workload.set-image');
  expect(of.session.showing.overlay).toBeUndefined();
  of.saw(says);
});
