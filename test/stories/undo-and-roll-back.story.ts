// Everybody errs: what was just done is taken back, and an older revision is chosen with what it changes in sight.
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {freshNamespace} from '../support/cluster/namespace.ts';
import type {StoryNamespace} from '../support/cluster/namespace.ts';
import type {Deck, DeckOptions} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';

let shop: StoryNamespace;
let deck: Deck | undefined;

const image = 'kdeck.test/busybox:1';

const deployment = (name: string): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name, annotations: {'kubernetes.io/change-cause': 'first release'}},
    spec: {
      replicas: 1,
      selector: {matchLabels: {app: name}},
      template: {
        metadata: {labels: {app: name}},
        spec: {
          terminationGracePeriodSeconds: 0,
          initContainers: [{name: 'prepare', image, command: ['true']}],
          containers: [{name: 'app', image, command: ['sleep', 'infinity'], env: [{name: 'COLOUR', value: 'red'}]}],
        },
      },
    },
  });

const apply = async (...bodies: readonly string[]): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'kdeck-undo-'));
  try {
    for (const [index, body] of bodies.entries()) {
      const file = join(folder, `${index}.json`);
      await writeFile(file, body);
      await shop.kubectl('apply', '-f', file);
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
};

beforeAll(async () => {
  shop = await freshNamespace('undo');
  await apply(deployment('checkout'), deployment('cart'));
  await shop.kubectl('rollout', 'status', 'deployment/checkout', '--timeout=120s');
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});
afterAll(async () => {
  await shop.remove();
});

const opens = async (options: Partial<DeckOptions> & {readonly readonly?: boolean} = {}): Promise<Deck> => {
  deck = await openRealDeck(shop.facts.kubeconfigs.admin, {
    namespaces: [shop.name],
    size: [120, 32],
    line: 'deployments',
    ...options,
  });
  const of = deck;
  await of.waits('the list', () => of.rowProblem('checkout') === undefined);
  return of;
};

/** Puts the cursor on the row of a name. */
const goesTo = async (of: Deck, name: string): Promise<void> => {
  await of.presses('g');
  for (let tries = 0; tries < 10; tries++) {
    if (of.terminal.lines().some((line) => line.startsWith('▌') && line.includes(name))) return;
    await of.presses('j');
  }
  throw new Error(`there is no row ${name}`);
};

const dialogOpens = (of: Deck, title: string): Promise<void> =>
  of.waits(title, () => of.session.showing.overlay === 'dialog' && of.terminal.text().includes(title));

/** Presses the button that does it. */
const confirms = async (of: Deck, button: string): Promise<void> => {
  for (let stops = 0; stops < 9 && !of.terminal.text().includes(`[ ${button} ]`); stops++) await of.presses('tab');
  of.saw(`[ ${button} ]`);
  await of.presses('enter');
};

/** Takes the last step back. */
const undoes = async (of: Deck, title: string): Promise<void> => {
  await of.does('app.undo');
  await dialogOpens(of, title);
  await confirms(of, 'Take back');
};

const field = (name: string, path: string): Promise<string> => shop.kubectl('get', 'deployment', name, '-o', `jsonpath={${path}}`);

test('what was done is taken back step by step, and the journal tells of it', async () => {
  const of = await opens();
  await goesTo(of, 'checkout');
  const images = '.spec.template.spec.initContainers[0].image';

  await of.does('workload.scale');
  await of.presses('backspace');
  await of.types('3\t');
  await confirms(of, 'Scale');
  await of.waits('the outcome', () => of.terminal.text().includes('scaled from 1 to 3 replicas'));
  // The last line says how to take it back.
  expect(of.terminal.lines().at(-1)).toMatch(/Z takes it back/);

  await of.does('workload.set-image');
  await dialogOpens(of, 'Set image deployment checkout?');
  // The list keeps no init containers; the form has them.
  of.saw('prepare');
  await of.types('.2\t\t');
  of.saw(`checkout: prepare: ${image} → ${image}.2`);
  await confirms(of, 'Set image');
  await of.waits('the outcome', () => of.terminal.text().includes(`prepare ${image} → ${image}.2`));
  expect(await field('checkout', images)).toBe(`${image}.2`);

  await of.goes('object.label');
  await of.types('tier=web\t');
  await confirms(of, 'Label');
  await of.waits('the outcome', () => of.terminal.text().includes('tier set'));
  expect(await field('checkout', '.metadata.labels.tier')).toBe('web');

  await undoes(of, 'Set the labels of checkout back?');
  await of.waits('the outcome', () => of.terminal.text().includes('tier removed'));
  await undoes(of, 'Set the image of checkout back?');
  await of.waits('the outcome', () => of.terminal.text().includes(`prepare ${image}.2 → ${image}`));
  await undoes(of, 'Scale checkout back to 1?');
  await of.waits('the outcome', () => of.terminal.text().includes('scaled back to 1 replica'));
  expect(await field('checkout', '.metadata.labels.tier')).toBe('');
  expect(await field('checkout', images)).toBe(image);
  expect(await field('checkout', '.spec.replicas')).toBe('1');

  await of.does('app.undo');
  of.saw('Nothing that was done here can be taken back');
  await of.does('app.journal');
  of.saw('6 lines');
  for (const what of ['Scale', 'Set image', 'Label', 'Undo: Scale', 'Undo: Label']) of.saw(what);
  expect(
    of.terminal
      .lines()
      .slice(0, -1)
      .filter((line) => line.includes('taken back')).length,
  ).toBe(3);
});

test('a line of the journal is taken back, whatever came after it', async () => {
  const of = await opens();
  await goesTo(of, 'cart');
  for (const change of ['a=1', 'b=2']) {
    await of.goes('object.annotate');
    await dialogOpens(of, 'Annotate deployment cart?');
    await of.types(`${change}\t`);
    await confirms(of, 'Annotate');
    await of.waits('the outcome', () => of.terminal.text().includes(`${change[0]} set`));
  }
  await of.does('app.journal');
  await of.presses('j');
  await of.presses('enter');
  await dialogOpens(of, 'Set the annotations of cart back?');
  of.saw('a set');
  await confirms(of, 'Take back');
  await of.waits('the outcome', () => of.terminal.text().includes('a removed'));
  expect(await field('cart', '.metadata.annotations.a')).toBe('');
  expect(await field('cart', '.metadata.annotations.b')).toBe('2');
});

test('what somebody else changed since is left alone, and the journal still offers the way back', async () => {
  const of = await opens();
  await goesTo(of, 'cart');
  await of.does('workload.scale');
  await of.presses('backspace');
  await of.types('2\t');
  await confirms(of, 'Scale');
  await of.waits('the outcome', () => of.terminal.text().includes('scaled from 1 to 2 replicas'));
  await shop.kubectl('scale', 'deployment/cart', '--replicas=4');
  await undoes(of, 'Scale cart back to 1?');
  await of.waits('the refusal', () => of.terminal.text().includes('somebody scaled it to 4 since'));
  expect(await field('cart', '.spec.replicas')).toBe('4');
  await of.does('app.journal');
  of.saw('possible');
});

test('an object that is gone, and a right that is missing, are told in one sentence', async () => {
  await apply(deployment('short-lived'));
  const of = await opens();
  await of.waits('the row', () => of.rowProblem('short-lived') === undefined);
  await goesTo(of, 'short-lived');
  await of.does('workload.scale');
  await shop.kubectl('delete', 'deployment', 'short-lived');
  await of.types('\t');
  await confirms(of, 'Scale');
  await of.waits('the sentence', () => of.terminal.text().includes('it is gone by now'));
  await of.ends();

  deck = await openRealDeck(shop.facts.kubeconfigs.readonly ?? '', {
    namespaces: [shop.name],
    size: [120, 32],
    line: 'deployments',
  });
  const limited = deck;
  await limited.waits('the list', () => limited.rowProblem('checkout') === undefined);
  await goesTo(limited, 'checkout');
  await limited.does('workload.scale');
  await limited.types('\t');
  await confirms(limited, 'Scale');
  await limited.waits('the sentence', () => limited.terminal.text().includes('may not change the scale of deployments in'));
});

test('an older revision is chosen by what it was, with its diff in sight, and taken back again', async () => {
  const colour = '.spec.template.spec.containers[0].env[0].value';
  for (const value of ['green', 'blue']) {
    await shop.kubectl('set', 'env', 'deployment/checkout', `COLOUR=${value}`);
    await shop.kubectl('annotate', 'deployment/checkout', `kubernetes.io/change-cause=paint it ${value}`, '--overwrite');
    await shop.kubectl('rollout', 'status', 'deployment/checkout', '--timeout=120s');
  }
  const of = await opens({size: [80, 24]});
  await goesTo(of, 'checkout');
  await of.does('workload.roll-back');
  await dialogOpens(of, 'Roll back deployment checkout?');
  of.saw('paint it green');
  of.saw('-      value: blue');
  of.saw('+      value: green');
  // Two further down is the first release: it had another colour.
  for (let down = 0; down < 5 && !of.terminal.text().includes('+      value: red'); down++) await of.presses('down');
  of.saw('+      value: red');
  const colours = of.cellsOf('+      value: red');
  expect(colours.find(({text}) => text === '+')?.fg).not.toBe(of.cellsOf('-      value: blue').find(({text}) => text === '-')?.fg);
  // Enter only goes on to the careful button.
  await of.presses('enter');
  of.saw('[ Cancel ]');
  expect(await field('checkout', colour)).toBe('blue');
  await confirms(of, 'Roll back');
  await of.waits('the outcome', () => of.terminal.text().includes('rolled back to revision'));
  expect(await field('checkout', colour)).toBe('red');

  await undoes(of, 'Roll checkout forward to what was revision');
  await of.waits('the outcome', () => of.terminal.text().includes('rolled forward'));
  expect(await field('checkout', colour)).toBe('blue');
});

test('read-only: nothing is done, so nothing is taken back', async () => {
  const of = await opens({readonly: true});
  await of.does('app.undo');
  of.saw('Undo: kdeck is read-only here');
  await of.does('app.journal');
  of.saw('Nothing was done: kdeck is read-only here.');
});
