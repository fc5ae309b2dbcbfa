// What breaks between kdeck and a cluster, on a cluster of its own: the server restarts or hangs, tokens expire, rights are few.
import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {TIMING} from '../../src/kube/watch/timing.ts';
import {execPluginRuns, pauseComponent, resumeComponent, startComponent, stopComponent} from '../support/cluster/controls.ts';
import type {ClusterFacts} from '../support/cluster/harness.ts';
import {runningCluster, stopCluster} from '../support/cluster/harness.ts';
import type {Deck} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';
import {PtyDeck} from '../support/pty/deck.ts';

const run = promisify(execFile);
const server = 'kube-apiserver';
let facts: ClusterFacts;
let home: string;
let deck: Deck | undefined;

const kubectl = async (...args: readonly string[]): Promise<string> =>
  (await run(facts.kubectl, ['--kubeconfig', facts.kubeconfigs.admin, ...args])).stdout;

/** Simulated pods: what matters here is the connection. */
const workload = async (namespace: string, name: string, replicas: number): Promise<void> => {
  await kubectl('-n', namespace, 'wait', '--for=create', 'serviceaccount/default', '--timeout=60s');
  await kubectl('-n', namespace, 'create', 'deployment', name, '--image=cart:1', `--replicas=${replicas}`);
  await kubectl('-n', namespace, 'rollout', 'status', `deployment/${name}`, '--timeout=60s');
};

const rows = (of: Deck): number => of.terminal.lines().filter((line) => /cart-\w+-\w+ /.test(line)).length;
/** The name under the cursor; ages go on meanwhile. */
const cursorName = (of: Deck): string => /^▌\S* *(\S+)/m.exec(of.terminal.text())?.[1] ?? '';
const header = (of: Deck): string => of.terminal.lines()[0] ?? '';

/** Presses keys without asking kdeck whether it is at rest: it must answer while it is not. */
const isAnswering = async (of: Deck): Promise<void> => {
  const before = cursorName(of);
  of.terminal.type('j');
  await expect.poll(() => cursorName(of)).not.toBe(before);
  of.terminal.type('?');
  await expect.poll(() => of.terminal.text()).toContain('Describes the object');
  of.terminal.type('\x1b');
  await expect.poll(() => rows(of)).toBeGreaterThan(0);
  of.terminal.type('k');
  await expect.poll(() => cursorName(of)).toBe(before);
};

beforeAll(async () => {
  facts = await runningCluster({name: 'outage', mode: 'control-plane'});
  home = await mkdtemp(join(tmpdir(), 'kdeck-outage-'));
  await Promise.all([workload('team-a', 'cart', 3), workload('team-b', 'web', 1)]);
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});
afterAll(async () => {
  await stopCluster('outage');
  await rm(home, {recursive: true, force: true});
});

test('an API server that is gone and comes back: keys answer, rows are marked stale, and they come back by themselves', async () => {
  const of = (deck = await openRealDeck(facts.kubeconfigs.admin, {namespaces: ['team-a'], size: [80, 24]}));
  await of.waits('the pods', () => rows(of) === 3 && header(of).includes('live'));
  await stopComponent(facts, server);
  try {
    await of.waits('the word stale', () => header(of).includes('stale since'));
    expect(rows(of)).toBe(3);
    await isAnswering(of);
    await of.does('app.help');
    await of.presses('esc');
    // The reason is there for those who ask.
    await of.goes('connection');
    of.saw('was refused');
  } finally {
    await startComponent(facts, server);
  }
  await of.waits('live rows', () => header(of).includes('live'), 90);
  await kubectl('-n', 'team-a', 'scale', 'deployment', 'cart', '--replicas=4');
  await of.waits('the new pod', () => rows(of) === 4);
  await kubectl('-n', 'team-a', 'scale', 'deployment', 'cart', '--replicas=3');
  await of.waits('it goes', () => rows(of) === 3);
});

test('an API server that hangs: keys answer, rows are marked stale, a fresh list says what it waits for, all come back', async () => {
  // The silence that tells a dead connection is over two minutes long; here it is short.
  const timing = {...TIMING, watchSilence: 4000, slow: 2000};
  const of = (deck = await openRealDeck(facts.kubeconfigs.admin, {namespaces: ['team-a'], size: [140, 40], timing}));
  await of.waits('the pods', () => rows(of) === 3 && header(of).includes('live'));
  await pauseComponent(facts, server);
  try {
    await isAnswering(of);
    await of.waits('the word stale', () => header(of).includes('stale since'));
    expect(rows(of)).toBe(3);
    await isAnswering(of);
    // Something that was never read before says so instead of staying empty.
    of.terminal.type(':services\r');
    await expect.poll(() => of.terminal.text(), {timeout: 20_000}).toContain('The cluster does not answer');
    of.terminal.type(':pods\r');
    await expect.poll(() => rows(of), {timeout: 5000}).toBe(3);
  } finally {
    await resumeComponent(facts, server);
  }
  await of.waits('live rows', () => header(of).includes('live'), 90);
  expect(rows(of)).toBe(3);
});

test('tokens of a login program expire every 30 seconds and nobody notices', async () => {
  const kubeconfig = facts.kubeconfigs.exec;
  if (kubeconfig === undefined) throw new Error('the cluster has no exec-plugin user');
  const of = (deck = await openRealDeck(kubeconfig, {namespaces: ['team-a'], size: [140, 40]}));
  await of.waits('the pods', () => rows(of) === 3);
  const words = new Set<string>();
  const stop = of.session.subscribe(() => words.add(of.session.app.link.is));
  const before = execPluginRuns(facts).length;
  expect(before).toBeGreaterThan(0);
  // A person reads on until the first token is too old.
  await expect
    .poll(
      async () => {
        await of.does('object.describe');
        await of.waits('the description', () => of.terminal.text().includes('Priority:'));
        await of.presses('esc');
        return execPluginRuns(facts).length;
      },
      {timeout: 60_000, interval: 1000},
    )
    .toBeGreaterThan(before);
  stop();
  expect([...words].filter((word) => ['expired', 'denied', 'failed', 'stale'].includes(word))).toEqual([]);
  await kubectl('-n', 'team-a', 'scale', 'deployment', 'cart', '--replicas=4');
  await of.waits('the new pod', () => rows(of) === 4);
  await kubectl('-n', 'team-a', 'scale', 'deployment', 'cart', '--replicas=3');
});

test('a user of two namespaces sees both with -n a,b, and reads a clear sentence where the whole cluster is asked for', async () => {
  const kubeconfig = facts.kubeconfigs.limited;
  if (kubeconfig === undefined) throw new Error('the cluster has no limited user');
  const env = {KUBECONFIG: kubeconfig, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home};
  const pty = await PtyDeck.opens(['pods', '-n', 'team-a,team-b'], {size: [140, 40], env});
  try {
    await pty.row(/team-a +cart-/);
    await pty.row(/team-b +web-/);
    pty.types(':nodes\r');
    await pty.sees('You may not list nodes here');
    await pty.sees('nodes is forbidden');
    pty.types(':pods\r');
    await pty.row(/team-b +web-/);
    // All namespaces: what may be read is shown, and what may not is said.
    pty.does('namespace.all');
    await pty.row(/team-a +cart-/);
    await pty.row(/team-b +web-/);
  } finally {
    await pty.close();
  }
});
