// Logs on a real kubelet: several containers, search, wrap, times, the run before, and what config.yaml says of them.
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import type {StoryNamespace} from '../support/cluster/namespace.ts';
import {freshNamespace} from '../support/cluster/namespace.ts';
import type {Deck} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';

let shop: StoryNamespace;
let deck: Deck | undefined;

const image = 'kdeck.test/busybox:1';
const says = (script: string) => ({image, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script]});
const pod = (name: string, containers: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name},
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: Object.entries(containers).map(([container, script]) => ({name: container, ...says(script)})),
  },
});

const wide = `${'a long line '.repeat(20)}and its end`;

beforeAll(async () => {
  shop = await freshNamespace('logs');
  const talks = `for i in $(seq 1 800); do echo "order $i"; done; echo "ERROR order 801 was lost"; echo "${wide}"; sleep 3600`;
  await shop.creates(
    pod('talker', {web: talks, helper: 'echo "helper is here"; sleep 3600'}),
    pod('again', {main: 'echo "a life begins"; sleep 1; echo "and ends"; exit 3'}),
  );
  await shop.kubectl('wait', '--for=condition=Ready', 'pod/talker', '--timeout=120s');
  await shop.kubectl('wait', '--for=jsonpath={.status.containerStatuses[0].restartCount}=1', 'pod/again', '--timeout=120s');
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});
afterAll(async () => shop.remove());

const opens = async (line: string, options: Parameters<typeof openRealDeck>[1] = {}): Promise<Deck> => {
  const of = (deck = await openRealDeck(shop.facts.kubeconfigs.admin, {
    size: [100, 24],
    namespaces: [shop.name],
    line,
    ...options,
  }));
  await of.waits('rows', () => of.rowProblem('*') === undefined);
  return of;
};
const sees = (of: Deck, text: string): Promise<void> => of.waits(text, () => of.terminal.text().includes(text));

test('two containers in one log, each with its name; a search, only its matches, and the lines around again', async () => {
  const of = await opens('pods /talker');
  await of.does('pod.logs');
  await sees(of, 'helper is here');
  await sees(of, 'ERROR order 801 was lost');
  expect(of.terminal.text()).toMatch(/web +ERROR order 801/);
  expect(of.terminal.text()).toMatch(/helper +helper is here/);
  of.saw('2 of 2 streams');
  // The last 500 lines of each, as long as config.yaml says nothing else.
  of.saw('501 lines');
  await of.does('logs.search');
  await of.types('order 39.');
  await of.presses('enter');
  of.saw('order 399');
  of.saw('paused');
  await of.does('logs.only-matches');
  of.saw('only /order 39.');
  of.saw('10 lines');
  of.missed('order 400');
  await of.does('app.back');
  of.saw('501 lines');
  await of.does('move.last');
  of.saw('following');
});

test('long lines are cut, or wrapped on a key; times stand in front on another', async () => {
  const of = await opens('pods /talker');
  await of.does('pod.logs');
  await sees(of, 'a long line a long line');
  of.missed('and its end');
  await of.does('logs.wrap');
  await of.does('move.last');
  await sees(of, 'and its end');
  await of.does('logs.timestamps');
  expect(of.terminal.text()).toMatch(/\d\d:\d\d:\d\d\.\d{3} +web +ERROR order 801/);
});

test('a container that restarts: the run before is one key away', async () => {
  const of = await opens('pods /again');
  await of.does('pod.previous-logs');
  await sees(of, 'a life begins');
  await sees(of, 'and ends');
  of.saw('previous');
});

test('a Deployment that is restarted goes on in the same log: the new pod sings where the old one ended', async () => {
  await shop.kubectl('create', 'deployment', 'singer', `--image=${image}`, '--', 'sh', '-c', 'echo "sings $HOSTNAME"; sleep 3600');
  await shop.kubectl('rollout', 'status', 'deployment/singer', '--timeout=120s');
  const podOf = async (): Promise<string> =>
    (await shop.kubectl('get', 'pods', '-l', 'app=singer', '--sort-by=.metadata.creationTimestamp', '-o', 'name'))
      .trim()
      .split('\n')
      .at(-1)!
      .replace('pod/', '');
  const old = await podOf();
  const of = await opens('deployments /singer');
  await of.does('pod.logs');
  await sees(of, `sings ${old}`);
  await shop.kubectl('rollout', 'restart', 'deployment/singer');
  await shop.kubectl('rollout', 'status', 'deployment/singer', '--timeout=120s');
  const young = await podOf();
  expect(young).not.toBe(old);
  await sees(of, `sings ${young}`);
  of.saw(`sings ${old}`);
  of.saw('is new');
});

test('config.yaml says how many lines are loaded and kept, and how a log opens', async () => {
  const of = await opens('pods /talker', {logs: {tail: 20, keep: 100, wrap: true, timestamps: true}});
  await of.does('pod.logs');
  await sees(of, 'and its end');
  of.saw('21 lines');
  expect(of.terminal.text()).toMatch(/\d\d:\d\d:\d\d\.\d{3} +web +ERROR order 801/);
});
