// People who may not see the whole cluster: kdeck shows what they may list, says what is missing, and tells what the server refused.
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import type {ClusterFacts} from '../support/cluster/harness.ts';
import {runningCluster} from '../support/cluster/harness.ts';
import type {Deck} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';
import {PtyDeck} from '../support/pty/deck.ts';

const run = promisify(execFile);
let facts: ClusterFacts;
let home: string;
let deck: Deck | undefined;

const kubectl = async (...args: readonly string[]): Promise<string> =>
  (await run(facts.kubectl, ['--kubeconfig', facts.kubeconfigs.admin, ...args])).stdout;

const userOf = (name: 'limited' | 'readonly'): string => {
  const kubeconfig = facts.kubeconfigs[name];
  if (kubeconfig === undefined) throw new Error(`the cluster has no user ${name}`);
  return kubeconfig;
};

const workloads = [
  ['team-a', 'rights-cart'],
  ['team-b', 'rights-web'],
] as const;

/** Rows of a workload's pods, whether or not a namespace stands in front. */
const rows = (of: Deck, name: string): number => of.terminal.lines().filter((line) => line.includes(`${name}-`)).length;
const sees = (of: Deck, text: string): Promise<void> => of.waits(text, () => of.terminal.text().includes(text), 20);

/** Presses the button that does it, and types what is to be typed. */
const confirms = async (of: Deck): Promise<void> => {
  expect(of.session.showing.overlay).toBe('dialog');
  for (let stop = 0; stop < 12 && !/\[ (?!Cancel)[A-Z][\w -]* \]/.test(of.terminal.text()); stop++) await of.presses('tab');
  await of.presses('enter');
  const word = /type (\S+) to go on/.exec(of.terminal.text())?.[1];
  if (word === undefined || of.session.showing.overlay !== 'dialog') return;
  await of.types(word);
  await of.presses('tab', 'tab', 'enter');
};

beforeAll(async () => {
  facts = await runningCluster();
  home = await mkdtemp(join(tmpdir(), 'kdeck-rights-'));
  await Promise.all(
    workloads.map(async ([namespace, name]) => {
      await kubectl('-n', namespace, 'create', 'deployment', name, '--image=kdeck.test/pause:1');
      await kubectl('-n', namespace, 'rollout', 'status', `deployment/${name}`, '--timeout=60s');
    }),
  );
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});
afterAll(async () => {
  await Promise.all(
    workloads.map(([namespace, name]) => kubectl('-n', namespace, 'delete', 'deployment', name, '--ignore-not-found')),
  );
  await rm(home, {recursive: true, force: true});
});

test('all namespaces, where the cluster may not be listed: what may be seen is there, live, and what is missing is said', async () => {
  const of = (deck = await openRealDeck(userOf('limited'), {size: [80, 24]}));
  // The context names team-a; nobody has spoken of team-b yet.
  await of.waits('the pods of team-a', () => rows(of, 'rights-cart') === 1);
  of.saw('You may not list pods in all namespaces; showing team-a');
  of.saw('Pods in team-a');
  of.saw('live in part');
  of.missed('Pods in all namespaces');
  await of.goes('ns team-b');
  await of.waits('the pods of team-b', () => rows(of, 'rights-web') === 1);
  of.missed('You may not');
  await of.does('namespace.all');
  await of.waits('both', () => rows(of, 'rights-cart') === 1 && rows(of, 'rights-web') === 1);
  of.saw('You may not list pods in all namespaces; showing team-a and team-b');
  await kubectl('-n', 'team-b', 'scale', 'deployment', 'rights-web', '--replicas=2');
  await of.waits('the new pod', () => rows(of, 'rights-web') === 2);
  await kubectl('-n', 'team-b', 'scale', 'deployment', 'rights-web', '--replicas=1');
  await of.waits('it goes', () => rows(of, 'rights-web') === 1);
  // The reason is there for those who ask.
  await of.goes('connection');
  of.saw('Changes of what you may list appear by themselves');
});

test('a list without rows says where it looked, and never that there is nothing anywhere', async () => {
  const of = (deck = await openRealDeck(userOf('limited'), {size: [80, 24], line: 'cronjobs', candidates: ['team-a', 'team-b']}));
  await sees(of, 'No cronjobs in team-a and team-b');
  of.saw('You may not list cronjobs in all namespaces');
  of.missed('No cronjobs in all namespaces');
});

test('who knows no namespace reads what to try, and a typed name is enough', async () => {
  const of = (deck = await openRealDeck(userOf('limited'), {size: [80, 24], candidates: []}));
  await sees(of, 'You may not list pods in all namespaces');
  of.saw(':ns NAME');
  of.saw('config.yaml');
  await of.goes('ns team-a');
  await of.waits('the pods of team-a', () => rows(of, 'rights-cart') === 1);
});

test('one denied namespace of several is named, and the rest is shown', async () => {
  const of = (deck = await openRealDeck(userOf('limited'), {
    size: [100, 24],
    namespaces: ['team-a', 'team-b', 'kube-system'],
  }));
  await of.waits('both', () => rows(of, 'rights-cart') === 1 && rows(of, 'rights-web') === 1);
  await sees(of, 'You may not list pods in kube-system; showing team-a and team-b');
  // Kinds that are denied altogether say so; the list before them is a key away.
  await of.goes('nodes');
  await sees(of, 'You may not list nodes here');
  of.saw('nodes is forbidden');
  await of.goes('namespaces');
  await sees(of, ':ns NAME opens a namespace whose name you know');
  await of.does('app.history-back');
  await of.does('app.history-back');
  await of.waits('both', () => rows(of, 'rights-cart') === 1 && rows(of, 'rights-web') === 1);
});

test('several namespaces: chosen with a comma, one by its digit, and earlier ones by going back', async () => {
  const of = (deck = await openRealDeck(facts.kubeconfigs.admin, {size: [100, 30], namespaces: ['default']}));
  await of.does('namespace.choose');
  await of.types('team-a');
  await of.presses('tab');
  await of.types(',team-b');
  of.saw('with team-a');
  await of.presses('enter');
  await of.waits('both', () => rows(of, 'rights-cart') === 1 && rows(of, 'rights-web') === 1);
  of.saw('Pods in team-a, team-b');
  of.missed('You may not');
  await of.presses('2');
  await of.waits('team-b alone', () => rows(of, 'rights-cart') === 0 && rows(of, 'rights-web') === 1);
  await of.presses('0');
  await of.waits('all of them', () => of.terminal.text().includes('Pods in all namespaces'));
  await of.does('app.history-back');
  await of.does('app.history-back');
  await of.waits('both again', () => rows(of, 'rights-cart') === 1 && rows(of, 'rights-web') === 1);
  // What is opened from here is looked for here.
  await of.goes('deployments');
  of.saw('Deployments in team-a, team-b');
  await of.waits('the first namespace', () => of.rowProblem('rights-cart', {NAMESPACE: 'team-a'}) === undefined);
  await of.waits('the second namespace', () => of.rowProblem('rights-web', {NAMESPACE: 'team-b'}) === undefined);
});

test('what the server refuses is one sentence, whole on a small terminal, and the screen stays', async () => {
  const of = (deck = await openRealDeck(userOf('readonly'), {size: [80, 24], namespaces: ['team-a'], line: 'deployments'}));
  await of.waits('the deployment', () => of.rowProblem('rights-cart') === undefined);
  await of.goes('deployments /rights-cart');
  await of.does('object.delete');
  await confirms(of);
  await sees(of, 'readonly may not delete deployments in team-a');
  of.sawRow('rights-cart');
  expect(of.session.showing).toMatchObject({screen: 'list', overlay: undefined});
  await of.does('workload.restart');
  await confirms(of);
  await sees(of, 'readonly may not change deployments in team-a');
  of.sawRow('rights-cart');
  expect(await kubectl('-n', 'team-a', 'get', 'deployment', 'rights-cart', '-o', 'jsonpath={.metadata.generation}')).toBe('1');
  await of.goes('secrets');
  await sees(of, 'You may not list secrets here');
  await of.goes('nodes');
  await of.waits('nodes', () => of.rowProblem('*') === undefined);
});

test('the program itself: -A with a name from config.yaml, and a second start that remembers what was typed', async () => {
  const env = {KUBECONFIG: userOf('limited'), XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config')};
  const opens = (...args: readonly string[]) => PtyDeck.opens(args, {size: [80, 24], env});
  const first = await opens('pods', '-A');
  try {
    await first.row(/rights-cart-/);
    await first.sees('You may not list pods in all namespaces; showing team-a');
    first.types(':ns team-b\r');
    await first.row(/rights-web-/);
    first.does('app.quit');
    await first.program.ends();
  } finally {
    await first.close();
  }
  const second = await opens('pods', '-A');
  try {
    await second.row(/team-a +rights-cart-/);
    await second.row(/team-b +rights-web-/);
  } finally {
    await second.close();
  }
  await rm(join(home, 'state'), {recursive: true});
  // What was found with -n is known the next time.
  const named = await opens('pods', '-n', 'team-b');
  try {
    await named.row(/rights-web-/);
    await expect.poll(() => readFile(join(home, 'state', 'kdeck', 'state.json'), 'utf8').catch(() => '')).toContain('team-b');
  } finally {
    await named.close();
  }
  const remembering = await opens('pods', '-A');
  try {
    await remembering.row(/team-b +rights-web-/);
  } finally {
    await remembering.close();
  }
  await rm(join(home, 'state'), {recursive: true});
  await mkdir(join(home, 'config', 'kdeck'), {recursive: true});
  await writeFile(join(home, 'config', 'kdeck', 'config.yaml'), 'namespaces: [team-b]\n');
  const third = await opens('pods', '-A');
  try {
    await third.row(/team-a +rights-cart-/);
    await third.row(/team-b +rights-web-/);
    await third.sees('showing team-a and team-b');
  } finally {
    await third.close();
  }
});
