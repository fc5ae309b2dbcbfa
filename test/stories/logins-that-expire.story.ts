// Logins that end while somebody works: renewed once for everybody, rows stale while that fails, and live again by themselves.
import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {TIMING} from '../../src/kube/watch/timing.ts';
import {
  execPluginRuns,
  issuerReport,
  resetIssuer,
  restartComponent,
  setIssuer,
  signedToken,
  startComponent,
  stopComponent,
} from '../support/cluster/controls.ts';
import type {ClusterFacts} from '../support/cluster/harness.ts';
import {runningCluster, stopCluster} from '../support/cluster/harness.ts';
import {people} from '../support/cluster/tokens.ts';
import type {Deck} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';

const run = promisify(execFile);
const team = 'team-a';
/** Seconds a login of the plugin is good for. */
const lifetime = 5;
let facts: ClusterFacts;
let home: string;
let deck: Deck | undefined;

/** The server ends each watch after a few seconds: opening the next one needs a login that is good. */
const timing = {...TIMING, watchSeconds: [2, 3], shortWatch: 1000, retry: {first: 500, longest: 2000}} as const;

const kubectl = async (...args: readonly string[]): Promise<string> =>
  (await run(facts.kubectl, ['--kubeconfig', facts.kubeconfigs.admin, '-n', team, ...args])).stdout;

const userOf = (name: 'exec' | 'oidc'): string => {
  const kubeconfig = facts.kubeconfigs[name];
  if (kubeconfig === undefined) throw new Error(`the cluster has no user ${name}`);
  return kubeconfig;
};

/** A kubeconfig of one's own, for refreshed tokens are written into it; its token ends after so many seconds. */
const oidcKubeconfig = async (lifetimeSeconds: number): Promise<string> => {
  const token = await signedToken(facts, {...people.oidc, lifetimeSeconds});
  const file = join(home, 'oidc.yaml');
  await writeFile(file, (await readFile(userOf('oidc'), 'utf8')).replace(/id-token: .*/, `id-token: ${token}`));
  return file;
};
const storedToken = async (file: string): Promise<string> => /id-token: (.*)/.exec(await readFile(file, 'utf8'))?.[1] ?? '';

const rows = (of: Deck): number => of.terminal.lines().filter((line) => /cart-\w+-\w+ /.test(line)).length;
const header = (of: Deck): string => of.terminal.lines()[0] ?? '';
/** The name under the cursor; ages go on meanwhile. */
const cursorName = (of: Deck): string => /^▌\S* *(\S+)/m.exec(of.terminal.text())?.[1] ?? '';
const isLive = (of: Deck): boolean => header(of).includes('live') && rows(of) > 0;

/** Keys answer at once, whatever the login does. */
const isAnswering = async (of: Deck): Promise<void> => {
  const before = cursorName(of);
  of.terminal.type('j');
  await expect.poll(() => cursorName(of)).not.toBe(before);
  of.terminal.type('k');
  await expect.poll(() => cursorName(of)).toBe(before);
};

/** A pod more, and one less: the rows follow. */
const follows = async (of: Deck): Promise<void> => {
  await kubectl('scale', 'deployment', 'cart', '--replicas=3');
  await of.waits('the new pod', () => rows(of) === 3, 30);
  await kubectl('scale', 'deployment', 'cart', '--replicas=2');
  await of.waits('it goes', () => rows(of) === 2, 30);
};

/** Waits until the login of the plugin that was given last has ended. */
const pluginLoginEnds = async (): Promise<void> => {
  const last = execPluginRuns(facts).at(-1);
  if (last === undefined) throw new Error('the plugin was never run');
  const end = Date.parse(last.at) + (lifetime + 1) * 1000;
  await expect.poll(() => Date.now() > end, {timeout: (lifetime + 5) * 1000, interval: 200}).toBe(true);
};

beforeAll(async () => {
  facts = await runningCluster({name: 'logins', mode: 'control-plane'});
  home = await mkdtemp(join(tmpdir(), 'kdeck-logins-'));
  await kubectl('wait', '--for=create', 'serviceaccount/default', '--timeout=60s');
  await kubectl('create', 'deployment', 'cart', '--image=cart:1', '--replicas=2');
  await kubectl('rollout', 'status', 'deployment/cart', '--timeout=60s');
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
  await resetIssuer(facts);
});
afterAll(async () => {
  await stopCluster('logins');
  await rm(home, {recursive: true, force: true});
});

test('many requests at once run the login program once, at the start and each time a login has ended', async () => {
  await setIssuer(facts, {execLifetimeSeconds: lifetime});
  const before = execPluginRuns(facts).length;
  const of = (deck = await openRealDeck(userOf('exec'), {namespaces: [team], size: [100, 24]}));
  await of.waits('the pods', () => rows(of) === 2 && isLive(of));
  // Version, kinds, namespaces and the first list were asked for at the same time.
  expect(execPluginRuns(facts)).toHaveLength(before + 1);
  await pluginLoginEnds();
  const {connection, kinds} = of.session.app;
  const pods = kinds.get('pods')?.resource;
  if (connection === undefined || pods === undefined) throw new Error('there is no connection');
  const seen = execPluginRuns(facts).length;
  const names = (await kubectl('get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}')).split(' ');
  await Promise.all(
    [...names, ...names, ...names].map((name) => connection.read(pods, {namespace: team, name}, AbortSignal.timeout(20_000))),
  );
  expect(execPluginRuns(facts)).toHaveLength(seen + 1);
  // The rows that were there before go on with the new login.
  await follows(of);
});

test('watches go on past the end of a login, also when every connection is cut in between', async () => {
  await setIssuer(facts, {execLifetimeSeconds: lifetime});
  const of = (deck = await openRealDeck(userOf('exec'), {namespaces: [team], size: [100, 24], timing}));
  await of.waits('the pods', () => rows(of) === 2 && isLive(of));
  const before = execPluginRuns(facts).length;
  await pluginLoginEnds();
  await restartComponent(facts, 'kube-apiserver');
  await of.waits('live rows', () => isLive(of), 60);
  await follows(of);
  expect(execPluginRuns(facts).length).toBeGreaterThan(before);
  of.missed('login expired');
});

test('a login program that fails: rows stay, stale, with its own words; keys answer; and rows are live again by themselves', async () => {
  await setIssuer(facts, {execLifetimeSeconds: lifetime});
  const of = (deck = await openRealDeck(userOf('exec'), {namespaces: [team], size: [80, 24], timing}));
  await of.waits('the pods', () => rows(of) === 2 && isLive(of));
  await stopComponent(facts, 'issuer');
  try {
    await of.waits('the words', () => /stale since \d\d:\d\d:\d\d: login expired/.test(header(of)), 60);
    expect(rows(of)).toBe(2);
    await isAnswering(of);
    // A list that was never read says so instead of staying empty.
    of.terminal.type(':services\r');
    await expect.poll(() => of.terminal.text(), {timeout: 20_000}).toContain('The login has expired');
    expect(of.terminal.text()).toContain('failed with exit code 1');
    of.terminal.type(':pods\r');
    await expect.poll(() => rows(of), {timeout: 5000}).toBe(2);
  } finally {
    await startComponent(facts, 'issuer');
  }
  await of.waits('live rows', () => isLive(of), 40);
  await follows(of);
  expect(of.code).toBeUndefined();
});

test('who starts with a login that cannot be had reads why, and everything comes once it can', async () => {
  await setIssuer(facts, {exec: 'broken'});
  const of = (deck = await openRealDeck(userOf('exec'), {namespaces: [team], size: [100, 24], timing}));
  await of.waits('the words', () => of.terminal.text().includes('The login has expired'), 20);
  of.saw('login failed: the login has expired');
  await setIssuer(facts, {exec: 'works'});
  await of.waits('the pods', () => rows(of) === 2 && isLive(of), 30);
  // What was asked once at the start is asked again.
  await of.waits('the version', () => header(of).includes('k8s v'), 30);
});

test('a token of an issuer is refreshed once for all who ask, and written back', async () => {
  const kubeconfig = await oidcKubeconfig(-60);
  const before = await storedToken(kubeconfig);
  const of = (deck = await openRealDeck(kubeconfig, {namespaces: [team], size: [100, 24]}));
  await of.waits('the pods', () => rows(of) === 2 && isLive(of));
  expect((await issuerReport(facts)).counts.refreshes).toBe(1);
  expect(await storedToken(kubeconfig)).not.toBe(before);
});

test('an issuer that is gone and comes back: stale rows, a sentence that names it, and live rows without a key', async () => {
  // A token that ends within ten seconds is taken for ended.
  await setIssuer(facts, {oidcLifetimeSeconds: 13});
  const of = (deck = await openRealDeck(await oidcKubeconfig(13), {namespaces: [team], size: [140, 24], timing}));
  await of.waits('the pods', () => rows(of) === 2 && isLive(of));
  await stopComponent(facts, 'issuer');
  try {
    await of.waits('the words', () => header(of).includes('login expired'), 60);
    expect(rows(of)).toBe(2);
    await isAnswering(of);
    await of.goes('connection');
    of.saw('The login could not be renewed at');
  } finally {
    await startComponent(facts, 'issuer');
  }
  await of.waits('live rows', () => isLive(of), 40);
  await follows(of);
});

test('an issuer that refuses: its words, rows that stay, and live rows once it gives tokens again', async () => {
  await setIssuer(facts, {oidcLifetimeSeconds: 13, refresh: 'revoked'});
  const of = (deck = await openRealDeck(await oidcKubeconfig(13), {namespaces: [team], size: [140, 24], timing}));
  await of.waits('the words', () => header(of).includes('login expired'), 60);
  expect(rows(of)).toBe(2);
  await of.goes('connection');
  of.saw('the refresh token is not valid any more');
  await isAnswering(of);
  await setIssuer(facts, {refresh: 'works'});
  await of.waits('live rows', () => isLive(of), 40);
  expect(rows(of)).toBe(2);
});
