// Takes the pictures of the documents: a small broken shop on the real cluster, seen through kdeck.
import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {ClusterFacts} from '../support/cluster/harness.ts';
import {runningCluster} from '../support/cluster/harness.ts';
import type {Deck, DeckOptions} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';
import {savePicture} from '../support/picture/picture.ts';

const run = promisify(execFile);
const namespace = 'pics-shop';
const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
let facts: ClusterFacts;

const kubectl = async (...args: readonly string[]): Promise<string> =>
  (await run(facts.kubectl, ['--kubeconfig', facts.kubeconfigs.admin, '-n', namespace, ...args])).stdout;

beforeAll(async () => {
  facts = await runningCluster();
  await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=true');
  await kubectl('create', 'namespace', namespace);
  await kubectl('wait', '--for=create', 'serviceaccount/default', '--timeout=60s');
  await kubectl('apply', '-f', fileURLToPath(new URL('shop.yaml', import.meta.url)));
  await kubectl('rollout', 'status', 'deployment/checkout', '--timeout=120s');
  await kubectl('set', 'image', 'deployment/checkout', 'app=127.0.0.1:1/shop/checkout:v42');
  await kubectl('wait', '--for=jsonpath={.status.updatedReplicas}=1', 'deployment/checkout', '--timeout=60s');
});
afterAll(async () => {
  await kubectl('delete', 'namespace', namespace, '--wait=false');
});

/** Opens a deck on the shop, and ends it whatever happens. */
const looks = async (line: string, options: Partial<DeckOptions>, then: (deck: Deck) => Promise<void>): Promise<void> => {
  const deck = await openRealDeck(facts.kubeconfigs.admin, {
    namespaces: [namespace],
    recentNamespaces: [namespace, 'team-a'],
    size: [120, 36],
    glyphs: 'auto',
    line,
    ...options,
  });
  try {
    await deck.waits(
      'the server',
      () => deck.session.app.serverVersion !== undefined && deck.rowProblem('checkout*') === undefined,
    );
    await then(deck);
  } finally {
    await deck.ends();
  }
};

const shoots = (deck: Deck, name: string, ground: 'dark' | 'light' = 'dark'): void => {
  savePicture(deck.terminal, `${folder}/${name}.png`, ground);
  if (process.env['SHOW'] !== undefined) process.stdout.write(`${name}\n${deck.terminal.framed()}\n`);
};

/** Three pods are in trouble; which word they have for it changes by the second. */
const broken = (deck: Deck): boolean => /[✖x] 3 {2}10 pods/.test(deck.terminal.text());

test('pods', async () => {
  await looks('pods', {}, async (deck) => {
    await deck.waits('trouble', () => broken(deck), 90);
    await deck.waits('figures of the metrics server', () => deck.rowProblem('cart-db-0', {CPU: '*m'}) === undefined, 90);
    shoots(deck, 'pods');
    await deck.does('app.help');
    shoots(deck, 'help');
  });
});

test('pods on a small terminal', async () => {
  await looks('pods', {size: [80, 24]}, async (deck) => {
    await deck.waits('trouble', () => broken(deck), 90);
    shoots(deck, 'pods-80x24');
  });
});

test('pods without colour and without Unicode', async () => {
  await looks('pods', {env: {TERM: 'xterm', NO_COLOR: '1', LANG: 'C'}}, async (deck) => {
    await deck.waits('trouble', () => broken(deck), 90);
    shoots(deck, 'pods-no-colour');
  });
});

test('pods in the light theme', async () => {
  await looks('pods', {theme: 'light'}, async (deck) => {
    await deck.waits('trouble', () => broken(deck), 90);
    shoots(deck, 'pods-light', 'light');
  });
});

test('why a Deployment is broken, and the way back', async () => {
  await looks('deployments', {}, async (deck) => {
    // Sorted by name: catalogue comes first.
    await deck.presses('j');
    await deck.does('object.describe');
    await deck.waits('the description', () => deck.terminal.text().includes('StrategyType:'));
    shoots(deck, 'describe');
    await deck.presses('esc');
    await deck.does('object.diagnose');
    await deck.waits('the cause', () => deck.terminal.text().includes('checkout:v42'));
    shoots(deck, 'diagnosis');
    await deck.does('workload.roll-back');
    await deck.presses('enter');
    await deck.waits(
      'the change',
      () => deck.terminal.text().includes('kdeck.test/busybox:1') && deck.terminal.text().includes('revision 1'),
    );
    shoots(deck, 'roll-back');
    await deck.presses('esc');
    expect(await kubectl('get', 'deployment', 'checkout', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toContain(
      'v42',
    );
  });
});

test('logs', async () => {
  await looks('deployments', {}, async (deck) => {
    await deck.does('pod.logs');
    await deck.waits('lines', () => deck.terminal.text().includes('ERROR prices'));
    shoots(deck, 'logs');
  });
});
