// Bugs other cluster tools shipped, tried on a real cluster with a witness between it and kdeck.
import {execFile} from 'node:child_process';
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import type {ClusterFacts} from '../support/cluster/harness.ts';
import {runningCluster} from '../support/cluster/harness.ts';
import type {Deck} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';
import {PtyDeck} from '../support/pty/deck.ts';
import type {Witness} from '../support/wire-faults/witness.ts';
import {witnessOf} from '../support/wire-faults/witness.ts';

const run = promisify(execFile);
const namespace = `known-traps-${process.pid.toString(36)}`;
let facts: ClusterFacts;
let folder: string;
let left: Witness;
let right: Witness;
let deck: Deck | undefined;

const kubectl = async (...args: readonly string[]): Promise<string> =>
  (await run(facts.kubectl, ['--kubeconfig', facts.kubeconfigs.admin, '-n', namespace, ...args])).stdout;

/** A kubeconfig of two contexts, each through a witness of its own. */
const twoClusters = async (current: 'left' | 'right'): Promise<string> => {
  const file = join(folder, 'two');
  const cluster = (name: string, {server}: Witness): object => ({name, cluster: {server}});
  const context = (name: string): object => ({name, context: {cluster: name, user: 'u', namespace}});
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [cluster('left', left), cluster('right', right)],
    users: [{name: 'u', user: {}}],
    contexts: [context('left'), context('right')],
    'current-context': current,
  };
  await writeFile(file, JSON.stringify(config));
  return file;
};

const through = async ({kubeconfig}: Witness): Promise<string> => {
  const file = join(folder, 'one');
  await writeFile(file, kubeconfig);
  return file;
};

beforeAll(async () => {
  facts = await runningCluster();
  folder = await mkdtemp(join(tmpdir(), 'kdeck-known-traps-'));
  [left, right] = [await witnessOf(facts), await witnessOf(facts)];
  await kubectl('create', 'namespace', namespace).catch(() => undefined);
  await kubectl('create', 'deployment', 'quiet', '--image=kdeck.test/busybox:1', '--', 'sleep', '3600');
  await kubectl('create', 'secret', 'generic', 'door', '--from-literal=code=4711');
  await kubectl('create', 'secret', 'generic', 'window', '--from-literal=code=1147');
  await kubectl('wait', '--for=condition=available', 'deployment/quiet', '--timeout=90s');
});
beforeEach(() => {
  left.forget();
  right.forget();
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});
afterAll(async () => {
  await left?.[Symbol.asyncDispose]();
  await right?.[Symbol.asyncDispose]();
  await kubectl('delete', 'namespace', namespace, '--wait=false');
  await rm(folder, {recursive: true, force: true});
});

const home = async (): Promise<Record<string, string>> => ({HOME: await mkdtemp(join(folder, 'home-'))});

test('a window stays on its cluster when another terminal changes the kubeconfig', async () => {
  const kubeconfig = await twoClusters('left');
  const program = await PtyDeck.opens(['pods'], {env: {...(await home()), KUBECONFIG: kubeconfig}});
  try {
    await program.row(/quiet-\S+ +1\/1/);
    await twoClusters('right');
    program.types(':deployments\r');
    await program.row(/quiet +1\/1/);
    program.does('object.manifest');
    await program.sees('kind: Deployment');
    expect(program.program.terminal.lines()[0]).toContain('left');
    expect(left.seen.some(({url}) => url.includes('/deployments'))).toBe(true);
    expect(right.seen).toEqual([]);
  } finally {
    await program.close();
  }
});

test('whom one acts as is kept through a change of the context', async () => {
  const kubeconfig = await twoClusters('left');
  const program = await PtyDeck.opens(['pods', '--as', 'system:admin', '--as-group', 'system:masters'], {
    env: {...(await home()), KUBECONFIG: kubeconfig},
  });
  try {
    await program.row(/quiet-\S+ +1\/1/);
    program.types(':ctx right\r');
    await program.program.waits('the other cluster', (terminal) => /right/.test(terminal.lines()[0] ?? ''));
    await program.row(/quiet-\S+ +1\/1/);
    for (const {seen} of [left, right]) {
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.filter((one) => one.as !== 'system:admin')).toEqual([]);
    }
  } finally {
    await program.close();
  }
});

test('delete asks for the usual grace, kill for none', async () => {
  await kubectl('create', 'deployment', 'brief', '--image=kdeck.test/busybox:1', '--replicas=2', '--', 'sleep', '3600');
  const of = (deck = await openRealDeck(await through(left), {namespaces: [namespace], line: 'pods /brief'}));
  const deletes = () => left.seen.filter(({method}) => method === 'DELETE');
  const confirms = async (command: string, count: number): Promise<void> => {
    await of.waits('a pod', () => of.session.situation().selection === 'one');
    await of.does(command);
    for (let stop = 0; stop < 12 && !/\[ (?:Delete|Kill) \]/.test(of.terminal.text()); stop++) await of.presses('tab');
    await of.presses('enter');
    await of.waits(`${count} deletes at the server`, () => deletes().length === count);
  };
  await confirms('object.delete', 1);
  expect(deletes()[0]?.body).not.toContain('gracePeriodSeconds');
  expect(deletes()[0]?.url).not.toContain('gracePeriodSeconds');
  await of.presses('esc');
  await confirms('object.kill', 2);
  expect(`${deletes()[1]?.body}${deletes()[1]?.url}`).toMatch(/gracePeriodSeconds"?[:=][01]\b/);
  await kubectl('delete', 'deployment', 'brief', '--wait=false');
});

test('editing one namespace opens that one', async () => {
  const copy = join(folder, 'edited');
  const editor = join(folder, 'editor');
  await writeFile(editor, `#!/bin/sh\ncp "$1" ${copy}\n`);
  await chmod(editor, 0o755);
  const of = (deck = await openRealDeck(await through(left), {
    line: `namespaces /${namespace}`,
    env: {TERM: 'xterm-256color', LANG: 'C.UTF-8', PATH: process.env['PATH'], KUBE_EDITOR: editor},
  }));
  await of.waits('the namespace', () => of.session.situation().selection === 'one' && of.terminal.text().includes(`/${namespace}`));
  left.forget();
  await of.does('object.edit');
  await of.waits('the end of the edit', () => of.terminal.text().includes('was not changed'));
  const text = await readFile(copy, 'utf8');
  expect(text.match(/^kind: .*$/gm)).toEqual(['kind: Namespace']);
  expect(text).toContain(`name: ${namespace}\n`);
  expect(left.seen.filter(({url}) => /\/namespaces(?:\?|$)/.test(url) && !url.includes('watch='))).toEqual([]);
});

test('a shell asks for its pod only, and a Secret that is shown for itself only', async () => {
  const of = (deck = await openRealDeck(await through(left), {namespaces: [namespace], line: 'pods /quiet'}));
  await of.waits('the pod', () => of.session.situation().selection === 'one');
  await of.settles();
  left.forget();
  await of.does('pod.shell');
  await of.waits('the upgrade', () => left.seen.some(({url}) => url.includes('/exec')));
  expect(left.seen.filter(({url}) => url.startsWith('/api/v1/nodes'))).toEqual([]);

  await of.goes('secrets /door');
  await of.waits('the secret', () => of.session.situation().selection === 'one');
  await of.settles();
  left.forget();
  await of.does('object.manifest');
  await of.waits('the manifest', () => of.terminal.text().includes('kind: Secret'));
  await of.does('secret.reveal');
  await of.waits('its value', () => of.terminal.text().includes('4711'));
  const asked = left.seen.filter(({url}) => url.includes('/secrets')).map(({url}) => url.split('?')[0]);
  expect([...new Set(asked)]).toEqual([`/api/v1/namespaces/${namespace}/secrets/door`]);
});

test('use of CPU and memory is one question for the namespace on screen', async () => {
  const of = (deck = await openRealDeck(await through(left), {namespaces: [namespace], metricsSeconds: 1}));
  const asked = (): readonly string[] =>
    left.seen.map(({url}) => url.split('?')[0] ?? '').filter((path) => path.startsWith('/apis/metrics.k8s.io/v1beta1/'));
  await of.waits('two rounds of questions', () => asked().filter((path) => path.endsWith('/pods')).length >= 2);
  expect([...new Set(asked().filter((path) => path.includes('/pods')))]).toEqual([
    `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`,
  ]);
});
