// What the journal keeps, and undo and journal on a screen in memory.
import {afterEach, describe, expect, test} from 'vitest';
import type {KubeObject} from '../../kube/types/object.ts';
import type {Operations} from '../../resources/operations.ts';
import type {Deck} from '../../../test/support/deck/deck.ts';
import type {MemoryOptions} from '../../../test/support/deck/memory.ts';
import {deployment, openMemoryDeck, pod} from '../../../test/support/deck/memory.ts';
import type {TargetObject} from '../session/app.ts';
import {Journal} from './journal.ts';

const secret: TargetObject = {
  object: {
    metadata: {name: 'login', namespace: 'shop', uid: 'u', annotations: {note: 'hunter2'}},
    data: {password: 'aHVudGVyMg=='},
  } as unknown as KubeObject,
  resource: {
    group: '',
    version: 'v1',
    plural: 'secrets',
    kind: 'Secret',
    singular: 'secret',
    shortNames: [],
    categories: [],
    namespaced: true,
    verbs: [],
    subresources: [],
  },
  kind: undefined,
};
const done = (target: TargetObject, undo = true) => ({
  at: new Date(),
  context: 'dev',
  operation: 'object.label',
  targets: [target],
  results: [{said: 'done', ...(undo ? {undo: {title: 'Back', run: () => Promise.resolve({said: 'back'})}} : {})}],
});

test('nothing of an object but its identity is kept', () => {
  const journal = new Journal();
  journal.note(done(secret));
  expect(JSON.stringify(journal.all())).not.toMatch(/hunter2|aHVudGVyMg/);
  expect(journal.all()[0]?.target.object.metadata).toEqual({name: 'login', namespace: 'shop', uid: 'u'});
});

test('leaving the cluster takes the ways back, not the lines', () => {
  const journal = new Journal();
  journal.note(done(secret));
  journal.note(done(secret, false));
  journal.mark('1.0', 'running');
  journal.forget();
  expect(journal.all().map(({undoState, undo}) => [undoState, undo])).toEqual([
    ['gone', undefined],
    ['none', undefined],
  ]);
});

test('the oldest lines give way', () => {
  const journal = new Journal();
  for (let count = 0; count < 1005; count++) journal.note(done(secret));
  expect(journal.all().length).toBe(1000);
  expect(journal.all()[0]?.id).toBe('6.0');
});

let deck: Deck | undefined;
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});

/** Operations that can be taken back, and a list of what was done. */
const hands = (fail: () => string | undefined = () => undefined): {operations: Operations; did: string[]} => {
  const did: string[] = [];
  const scale: Operations['scale'] = async (target, replicas) => {
    did.push(`scale ${target.name} ${replicas}`);
    return {
      said: `Deployment ${target.name} scaled from 2 to ${replicas} replicas`,
      undo: {
        title: `Scale ${target.name} back to 2`,
        run: async () => {
          const problem = fail();
          if (problem !== undefined) throw new Error(problem);
          did.push(`scale ${target.name} back`);
          return {said: `Deployment ${target.name} scaled back to 2 replicas`};
        },
      },
    };
  };
  return {did, operations: {scale} as unknown as Operations};
};

const starts = async (operations: Operations, options: MemoryOptions = {}): Promise<Deck> => {
  const got = await openMemoryDeck({
    line: 'deployments',
    fill: (cache) => {
      cache.put('deployments.apps', deployment('cart'), deployment('checkout'));
      cache.put('pods', pod('web'));
    },
    connection: {operations},
    ...options,
  });
  deck = got.deck;
  return got.deck;
};

const scales = async (of: Deck, to: string): Promise<void> => {
  await of.does('workload.scale');
  await of.presses('backspace');
  await of.types(`${to}\r`);
};

describe('undo', () => {
  test('the message says how to take it back, also where the text is too long for the line', async () => {
    const of = await starts(hands().operations, {size: [60, 20]});
    await scales(of, '5');
    expect(of.terminal.lines().at(-1)).toMatch(/Z takes it back\s*$/);
  });

  test('asks first, and Enter alone changes nothing', async () => {
    const {operations, did} = hands();
    const of = await starts(operations);
    await scales(of, '5');
    await of.does('app.undo');
    of.saw('Scale cart back to 2?');
    of.saw('Deployment cart scaled from 2 to 5 replicas.');
    await of.presses('enter');
    expect(did).toEqual(['scale cart 5']);
    await of.does('app.undo');
    await of.presses('tab', 'enter');
    expect(did).toEqual(['scale cart 5', 'scale cart back']);
    of.saw('scaled back to 2 replicas');
    await of.does('app.undo');
    of.saw('Nothing that was done here can be taken back');
  });

  test('several objects are taken back together, the newest step first', async () => {
    const {operations, did} = hands();
    const of = await starts(operations);
    await scales(of, '4');
    await of.does('list.mark-all');
    await scales(of, '7');
    of.saw('Scale: all 2 done');
    of.saw('Z takes them back');
    await of.does('app.undo');
    of.saw('Undo Scale of 2 objects?');
    of.saw('Scale checkout back to 2');
    of.saw('1 earlier step can be taken back, too.');
    await of.presses('tab', 'enter');
    of.saw('Undo: all 2 done');
    expect(did.slice(3).toSorted()).toEqual(['scale cart back', 'scale checkout back']);
    await of.does('app.undo');
    of.saw('Scale cart back to 2?');
  });

  test('what fails can be tried again', async () => {
    let problem: string | undefined = 'the network is down';
    const {operations, did} = hands(() => problem);
    const of = await starts(operations);
    await scales(of, '5');
    await of.does('app.undo');
    await of.presses('tab', 'enter');
    of.saw('Undo cart: the network is down');
    problem = undefined;
    await of.does('app.undo');
    await of.presses('tab', 'enter');
    expect(did.at(-1)).toBe('scale cart back');
  });

  test('another context has nothing to take back, and its journal says why', async () => {
    const of = await starts(hands().operations);
    await scales(of, '5');
    await of.goes('ctx Prod:EU');
    await of.does('app.undo');
    of.saw('Nothing that was done here can be taken back');
    await of.goes('journal');
    of.saw('cluster left');
  });

  test('read-only, nothing is taken back', async () => {
    const of = await starts(hands().operations, {readonly: true});
    await of.does('app.undo');
    of.saw('Undo: kdeck is read-only here');
  });
});

describe('the journal', () => {
  test('lists the newest first, tells failures, and takes a line back', async () => {
    const {operations, did} = hands();
    const of = await starts(operations);
    await scales(of, '5');
    await of.presses('j');
    await scales(of, '6');
    await of.goes('journal');
    const rows = of.terminal.lines().filter((line) => /deployment\/(cart|checkout)/.test(line));
    expect(rows.map((line) => /deployment\/(\S+)/.exec(line)?.[1])).toEqual(['checkout', 'cart']);
    of.saw('scaled from 2 to 6 replicas');
    of.saw('possible');
    await of.presses('j', 'enter');
    of.saw('Scale cart back to 2?');
    await of.presses('tab', 'enter');
    expect(did.at(-1)).toBe('scale cart back');
    of.saw('taken back');
    of.saw('Undo: Scale');
    await of.presses('esc');
    expect(of.session.showing.screen).toBe('list');
  });

  test('is empty at first', async () => {
    const of = await starts(hands().operations);
    await of.goes('journal');
    of.saw('Nothing was done in this session yet.');
  });
});
