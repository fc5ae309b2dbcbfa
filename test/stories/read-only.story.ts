// Read-only means that nothing is written: every command and action on every kind is tried, and a witness reads along.
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {loadAllKinds} from '../../src/resources/catalogue.ts';
import {kindKey} from '../../src/resources/kind.ts';
import type {ClusterFacts} from '../support/cluster/harness.ts';
import {runningCluster, stopCluster} from '../support/cluster/harness.ts';
import type {Deck} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';
import type {Witness} from '../support/wire-faults/witness.ts';
import {witnessOf} from '../support/wire-faults/witness.ts';

const run = promisify(execFile);
const namespace = 'team-a';
let facts: ClusterFacts;
let folder: string;
let kubeconfig: string;
let witness: Witness;
let deck: Deck | undefined;

const kubectl = async (...args: readonly string[]): Promise<void> => {
  await run(facts.kubectl, ['--kubeconfig', facts.kubeconfigs.admin, '-n', namespace, ...args]);
};

const template = {metadata: {labels: {app: 'x'}}, spec: {containers: [{name: 'app', image: 'app:1'}], restartPolicy: 'Always'}};
const once = {...template, spec: {...template.spec, restartPolicy: 'Never'}};
const selector = {matchLabels: {app: 'x'}};
const object = (apiVersion: string, kind: string, body: object): object => ({apiVersion, kind, metadata: {name: 'thing'}, ...body});
/** One object of each kind a namespace does not have by itself. */
const things = [
  object('apps/v1', 'Deployment', {spec: {replicas: 1, selector, template}}),
  object('apps/v1', 'StatefulSet', {spec: {serviceName: 'thing', selector, template}}),
  object('apps/v1', 'DaemonSet', {spec: {selector, template}}),
  object('batch/v1', 'Job', {spec: {template: once}}),
  object('batch/v1', 'CronJob', {spec: {schedule: '0 0 1 1 *', jobTemplate: {spec: {template: once}}}}),
  object('v1', 'Service', {spec: {selector: {app: 'x'}, ports: [{port: 80}]}}),
  object('networking.k8s.io/v1', 'Ingress', {spec: {defaultBackend: {service: {name: 'thing', port: {number: 80}}}}}),
  object('v1', 'ConfigMap', {data: {a: 'b'}}),
  object('v1', 'Secret', {stringData: {a: 'b'}}),
  object('v1', 'PersistentVolumeClaim', {spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}}),
  object('v1', 'PersistentVolume', {
    spec: {capacity: {storage: '1Gi'}, accessModes: ['ReadWriteOnce'], hostPath: {path: '/tmp/thing'}, storageClassName: 'none'},
  }),
];

beforeAll(async () => {
  facts = await runningCluster({name: 'read-only', mode: 'control-plane'});
  folder = await mkdtemp(join(tmpdir(), 'kdeck-read-only-'));
  await writeFile(join(folder, 'things.json'), JSON.stringify({apiVersion: 'v1', kind: 'List', items: things}));
  await kubectl('wait', '--for=create', 'serviceaccount/default', '--timeout=60s');
  await kubectl('apply', '-f', join(folder, 'things.json'));
  await kubectl('rollout', 'status', 'deployment/thing', '--timeout=60s');
  witness = await witnessOf(facts);
  kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, witness.kubeconfig);
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});
afterAll(async () => {
  await witness?.[Symbol.asyncDispose]();
  await stopCluster('read-only');
  await rm(folder, {recursive: true, force: true});
});

/** What would leave the place or the test. */
const leaving = new Set(['app.quit', 'app.suspend', 'app.repaint', 'app.log-in']);

/** An editor that changes what it is given. */
const env = {TERM: 'xterm-256color', LANG: 'C.UTF-8', KUBE_EDITOR: "sed -i '0,/^metadata:/s//metadata:\\n  generateName: other-/'"};

/** Says yes to every dialog, and types what is to be typed. */
const confirms = async (of: Deck): Promise<void> => {
  for (let dialogs = 0; dialogs < 4 && of.session.showing.overlay === 'dialog'; dialogs++) {
    for (let stop = 0; stop < 12 && !/\[ (?!Cancel)[A-Z][\w -]* \]/.test(of.terminal.text()); stop++) await of.presses('tab');
    await of.presses('enter');
    const word = /type (\S+) to go on/.exec(of.terminal.text())?.[1];
    if (word !== undefined && of.session.showing.overlay === 'dialog') {
      await of.types(word);
      await of.presses('tab', 'tab', 'enter');
    }
  }
  for (let left = 0; left < 4 && of.session.showing.overlay !== undefined; left++) await of.presses('esc');
};

/** Tries every command that belongs to each kind, by its id, and confirms what asks. Gives the ids the client itself refused. */
const tryEverything = async (of: Deck, only: (id: string) => boolean): Promise<ReadonlySet<string>> => {
  const refused = new Set<string>();
  let current = '';
  const stop = of.session.subscribe(() => {
    if (of.terminal.text().includes('read-only, so kdeck did not')) refused.add(current);
  });
  for (const kind of await loadAllKinds()) {
    const key = kindKey(kind.ref);
    const opens = async (): Promise<void> => {
      of.session.dispatch({type: 'open', how: 'root', screen: 'list', params: {kind: key, namespaces: [namespace]}});
      await of.waits(`an object of ${key}`, () => of.session.situation().selection === 'one', 30);
    };
    await opens();
    for (const {command} of of.session.app.registry.belonging(of.session.situation())) {
      if (leaving.has(command.id) || !only(command.id)) continue;
      current = command.id;
      of.session.dispatch({type: 'command', id: command.id});
      await of.settles();
      if (of.terminal.text().includes('read-only, so kdeck did not')) refused.add(current);
      await confirms(of);
      if (of.terminal.text().includes('read-only, so kdeck did not')) refused.add(current);
      if (
        of.session.showing.screen !== 'list' ||
        (of.session.showing.params as {kind?: string}).kind !== key ||
        of.session.situation().selection !== 'one'
      )
        await opens();
    }
  }
  stop();
  return refused;
};

test('with --readonly every command and action of every kind makes 0 writes', async () => {
  const of = (deck = await openRealDeck(kubeconfig, {namespaces: [namespace], size: [140, 40], readonly: true, env}));
  await of.waits('the words', () => of.terminal.text().includes('READ-ONLY'));
  await tryEverything(of, () => true);
  expect(witness.seen.length).toBeGreaterThan(20);
  expect(witness.writes()).toEqual([]);
}, 240_000);

test('even if the screens believed they may write, the client makes 0 writes, and says why', async () => {
  const of = (deck = await openRealDeck(kubeconfig, {namespaces: [namespace], size: [140, 40], readonly: true, env}));
  await of.waits('the pods', () => of.session.situation().selection === 'one');
  of.session.learned({place: {...of.session.app.place, readonly: false}});
  const changing = new Set(
    of.session.app.registry
      .all()
      .filter(({command}) => command.when?.writable === true || (command.danger ?? 'safe') !== 'safe')
      .map(({command}) => command.id),
  );
  expect(changing.size).toBeGreaterThan(10);
  const refused = await tryEverything(of, (id) => changing.has(id));
  expect(witness.writes()).toEqual([]);
  for (const id of ['object.delete', 'workload.restart', 'pod.shell']) expect([...refused]).toContain(id);
}, 240_000);

test('the witness does see a write when one is made', async () => {
  const of = (deck = await openRealDeck(kubeconfig, {namespaces: [namespace], size: [140, 40], line: 'deployments'}));
  await of.waits('the list', () => of.rowProblem('thing') === undefined);
  await of.does('workload.restart');
  await confirms(of);
  await expect.poll(() => witness.writes().map(({method}) => method)).toEqual(['PATCH']);
});
