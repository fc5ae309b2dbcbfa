// The walk kdeck exists for: a Deployment is broken; a person finds it, reads why, rolls it back and watches it heal.
import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import type {ClusterFacts} from '../support/cluster/harness.ts';
import {runningCluster} from '../support/cluster/harness.ts';
import type {Deck, DeckOptions} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';

const run = promisify(execFile);
const namespace = `tui-walk-${randomBytes(3).toString('hex')}`;
let facts: ClusterFacts;
let deck: Deck | undefined;

/** The independent hand: seeds and checks, never used by kdeck. */
const kubectl = async (args: readonly string[], input?: string): Promise<string> => {
  const child = run(facts.kubectl, ['-n', namespace, ...args], {env: {...process.env, KUBECONFIG: facts.kubeconfigs.admin}});
  if (input !== undefined) child.child.stdin?.end(input);
  return (await child).stdout;
};

const opens = async (
  options: Partial<DeckOptions> & {readonly readonly?: boolean; readonly user?: 'admin' | 'readonly'} = {},
): Promise<Deck> => {
  deck = await openRealDeck(facts.kubeconfigs[options.user ?? 'admin'] ?? facts.kubeconfigs.admin, {
    namespaces: [namespace],
    size: [120, 32],
    line: 'deployments',
    ...options,
  });
  return deck;
};

const good = 'kdeck.test/busybox:1';
const bad = 'kdeck.test/busybox:v42';
const deployment = (name: string): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name, namespace},
    spec: {
      replicas: 2,
      progressDeadlineSeconds: 600,
      selector: {matchLabels: {app: name}},
      template: {
        metadata: {labels: {app: name}},
        spec: {terminationGracePeriodSeconds: 0, containers: [{name: 'app', image: good, command: ['sleep', 'infinity']}]},
      },
    },
  });

beforeAll(async () => {
  facts = await runningCluster();
  await kubectl(['create', 'namespace', namespace]);
  await kubectl(['apply', '-f', '-'], deployment('checkout'));
  await kubectl(['rollout', 'status', 'deployment/checkout', '--timeout=120s']);
  await kubectl(['set', 'image', 'deployment/checkout', `app=${bad}`]);
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});
afterAll(async () => {
  if (facts !== undefined) await kubectl(['delete', 'namespace', namespace, '--wait=false']);
});

test('an engineer finds the broken Deployment, reads why, rolls it back with the change in sight, and sees it heal', async () => {
  const {waits, saw, does, presses} = bound(await opens());
  await waits('the pod that cannot start', () => deck?.rowProblem('checkout', {}) === undefined);
  await presses('enter');
  await waits(
    'its pods',
    () =>
      deck?.rowProblem('checkout-*', {STATUS: 'Running'}) === undefined &&
      deck?.rowProblem('checkout-*', {STATUS: '*Image*', tone: 'bad'}) === undefined,
  );
  saw('checkout › Pods');
  await presses('esc');

  await does('object.diagnose');
  await waits('the cause', () => deck?.terminal.text().includes(bad) === true);
  await presses('esc');

  await does('workload.roll-back');
  await presses('enter');
  await waits('the change', () => deck?.terminal.text().includes(bad) === true && deck.terminal.text().includes(good));
  saw('Roll back deployment checkout?');
  // The first button is Cancel: nothing happens by Enter alone.
  await presses('tab', 'enter');
  await waits('two ready copies', () => deck?.rowProblem('checkout', {READY: '2/2', 'UP-TO-DATE': '2', tone: 'ok'}) === undefined);
  expect(await kubectl(['get', 'deployment', 'checkout', '-o', 'jsonpath={.spec.template.spec.containers[0].image}'])).toBe(good);
});

test('scaling and restarting are a key, a question and a sentence away', async () => {
  const {waits, does, presses, types} = bound(await opens());
  await waits('the list', () => deck?.rowProblem('checkout', {}) === undefined);
  await does('workload.scale');
  await presses('ctrl+u');
  await types('3');
  await presses('enter');
  await waits('three copies', () => deck?.rowProblem('checkout', {READY: '3/3'}) === undefined);
  expect(await kubectl(['get', 'deployment', 'checkout', '-o', 'jsonpath={.spec.replicas}'])).toBe('3');
});

test('read-only means read-only: every action is tried, and the server sees no write', async () => {
  const {waits, does, saw} = bound(await opens({readonly: true}));
  await waits('the list', () => deck?.rowProblem('checkout', {}) === undefined);
  saw('READ-ONLY');
  const before = await kubectl([
    'get',
    'deployment',
    'checkout',
    '-o',
    'jsonpath={.metadata.resourceVersion}{.metadata.generation}',
  ]);
  for (const {command} of deck?.session.app.registry.all() ?? []) {
    if (command.danger === undefined || command.danger === 'safe') continue;
    await does(command.id);
    expect(deck?.session.showing.overlay, command.id).toBeUndefined();
  }
  expect(await kubectl(['get', 'deployment', 'checkout', '-o', 'jsonpath={.metadata.resourceVersion}{.metadata.generation}'])).toBe(
    before,
  );
});

test('events, YAML and the description of the object are one key away', async () => {
  const {waits, does, presses, saw} = bound(await opens());
  await waits('the list', () => deck?.rowProblem('checkout', {}) === undefined);
  await does('object.describe');
  await waits('the description', () => deck?.terminal.text().includes('StrategyType:') === true);
  await presses('esc');
  await does('object.manifest');
  await waits('YAML', () => deck?.terminal.text().includes('apiVersion: apps/v1') === true);
  deck?.missed('managedFields');
  await presses('esc');
  await does('object.events');
  await waits('events', () => deck?.terminal.text().includes('ScalingReplicaSet') === true);
  saw('checkout › Events');
});

/** The deck's hands as plain functions. */
const bound = (of: Deck) => ({
  waits: of.waits.bind(of),
  saw: of.saw.bind(of),
  does: of.does.bind(of),
  presses: of.presses.bind(of),
  types: of.types.bind(of),
});
