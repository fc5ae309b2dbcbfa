import {expect, test} from 'vitest';
import {arrayView} from '../../../../test/support/resources/array-view.ts';
import type {AnyObject} from '../../../kube/types/object.ts';
import type {Action} from '../../action.ts';
import {loadAllKinds} from '../../catalogue.ts';
import type {Operations} from '../../operations.ts';
import {readChanges} from './object.ts';

/** Operations that only note what they were asked to do. */
const noting = (): {operations: Operations; asked: unknown[][]} => {
  const asked: unknown[][] = [];
  const operations = new Proxy({} as Operations, {
    get:
      (_target, name) =>
      async (target: {kind: string; name: string}, ...rest: unknown[]) => {
        asked.push([String(name), `${target.kind}/${target.name}`, ...rest]);
        return {said: 'done'};
      },
  });
  return {operations, asked};
};

const actionOf = async (kindName: string, id: string): Promise<Action> => {
  const kind = (await loadAllKinds()).find((each) => each.kind === kindName);
  const action = kind?.actions?.find((each) => each.id === id);
  if (action === undefined) throw new Error(`${kindName} has no action ${id}`);
  return action;
};

const deployment: AnyObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {name: 'web', namespace: 'shop', uid: 'd'},
  spec: {
    replicas: 3,
    selector: {matchLabels: {app: 'web'}},
    template: {
      spec: {
        containers: [
          {name: 'app', image: 'web:2'},
          {name: 'log', image: 'log:1'},
        ],
      },
    },
  },
};
const paused: AnyObject = {...deployment, spec: {...(deployment['spec'] as object), paused: true}};
const revision = (name: string, number: string, image: string): AnyObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name,
    namespace: 'shop',
    labels: {app: 'web'},
    annotations: {'deployment.kubernetes.io/revision': number},
    ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true}],
  },
  spec: {
    replicas: 0,
    selector: {matchLabels: {app: 'web'}},
    template: {
      metadata: {labels: {'pod-template-hash': name}},
      spec: {
        containers: [
          {name: 'app', image},
          {name: 'log', image: 'log:1'},
        ],
      },
    },
  },
});

test.each([
  ['Deployment', 'workload.scale', deployment, {replicas: 5}, ['scale', 'Deployment/web', 5], ['web: 3 → 5']],
  ['Deployment', 'workload.restart', deployment, {}, ['restart', 'Deployment/web'], ['web: its pods are replaced step by step']],
  ['Deployment', 'workload.roll-back', deployment, {revision: 2}, ['rollBack', 'Deployment/web', 2], ['web: back to revision 2']],
  [
    'Deployment',
    'workload.set-image',
    deployment,
    {app: ' web:3 ', log: 'log:1'},
    ['setImage', 'Deployment/web', {app: 'web:3'}],
    ['web: app: web:2 → web:3'],
  ],
  [
    'Deployment',
    'workload.pause-rollout',
    deployment,
    {},
    ['pauseRollout', 'Deployment/web', true],
    ['web: changes wait until you resume'],
  ],
  [
    'Deployment',
    'object.label',
    deployment,
    {changes: 'a=b c-'},
    ['label', 'Deployment/web', {a: 'b', c: null}],
    ['web: a: (not set) → b', 'web: c: (not set) → (removed)'],
  ],
  [
    'ReplicaSet',
    'replica-set.roll-back',
    revision('web-1', '1', 'web:1'),
    {},
    ['rollBack', 'Deployment/web', 1],
    ['web: back to revision 1'],
  ],
  [
    'CronJob',
    'cron-job.trigger',
    {metadata: {name: 'nightly'}},
    {},
    ['triggerCronJob', 'CronJob/nightly'],
    ['A job of nightly starts now'],
  ],
  [
    'CronJob',
    'workload.suspend',
    {metadata: {name: 'nightly'}, spec: {suspend: true}},
    {},
    ['suspend', 'CronJob/nightly', false],
    ['nightly: goes on'],
  ],
  ['Job', 'workload.suspend', {metadata: {name: 'once'}, spec: {}}, {}, ['suspend', 'Job/once', true], ['once: is suspended']],
  ['Node', 'node.cordon', {metadata: {name: 'n1'}}, {}, ['cordon', 'Node/n1', true], ['n1 takes no new pods']],
  [
    'Node',
    'node.drain',
    {metadata: {name: 'n1'}},
    {force: true, deleteEmptyDirData: false, grace: -1, minutes: 2},
    ['drain', 'Node/n1', {force: true, deleteEmptyDirData: false, gracePeriodSeconds: undefined, timeout: 120_000}],
    ['n1 is cordoned and emptied'],
  ],
  [
    'Pod',
    'object.kill',
    {metadata: {name: 'p'}},
    {grace: 0},
    ['remove', 'Pod/p', {force: true}],
    ['p is deleted at once; its processes are not waited for'],
  ],
  [
    'Pod',
    'object.kill',
    {metadata: {name: 'p'}},
    {grace: 9},
    ['remove', 'Pod/p', {gracePeriodSeconds: 9}],
    ['p is deleted and has 9 seconds to end'],
  ],
])('%s %s', async (kind, id, object, inputs, asked, preview) => {
  const action = await actionOf(kind, id);
  const notes = noting();
  expect(action.unavailable?.(object)).toBeUndefined();
  expect(action.preview?.([object as AnyObject], inputs)).toEqual(preview);
  await action.run(notes.operations, object, inputs);
  expect(notes.asked).toEqual([asked]);
});

test.each([
  ['Deployment', 'workload.restart', paused, 'its rollouts are paused; resume them first'],
  ['Deployment', 'workload.roll-back', paused, 'its rollouts are paused; resume them first'],
  ['Deployment', 'workload.pause-rollout', paused, 'its rollouts are paused already'],
  ['Deployment', 'workload.resume-rollout', deployment, 'its rollouts are not paused'],
  [
    'ReplicaSet',
    'workload.scale',
    revision('web-1', '1', 'web:1'),
    'it belongs to Deployment/web, which would scale it right back; scale that instead',
  ],
  ['Node', 'node.uncordon', {metadata: {name: 'n1'}}, 'it is not cordoned'],
  [
    'Job',
    'workload.suspend',
    {metadata: {name: 'once'}, status: {conditions: [{type: 'Complete', status: 'True'}]}},
    'it has finished',
  ],
])('%s %s says why it cannot be done', async (kind, id, object, why) => {
  expect((await actionOf(kind, id)).unavailable?.(object)).toBe(why);
});

test('a roll-back tells what changes before it is done', async () => {
  const view = arrayView({now: new Date(), objects: [revision('web-1', '1', 'web:1'), revision('web-2', '2', 'web:2')]});
  const action = await actionOf('Deployment', 'workload.roll-back');
  expect(await action.plan?.(deployment, view, {revision: 0})).toEqual(['revision 2 → revision 1', 'app image: web:2 → web:1']);
  expect(await action.plan?.(deployment, view, {revision: 7})).toEqual(['There is no revision 7.']);
});

test('a drain tells of each pod', async () => {
  const pod = (name: string, metadata: object, spec: object = {}): AnyObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace: 'shop', ...metadata},
    spec: {nodeName: 'n1', ...spec},
  });
  const owner = (kind: string) => ({ownerReferences: [{apiVersion: 'apps/v1', kind, name: 'o', uid: 'o', controller: true}]});
  const view = arrayView({
    now: new Date(),
    objects: [
      pod('a', owner('ReplicaSet')),
      pod('b', owner('DaemonSet')),
      pod('c', {}),
      pod('d', owner('ReplicaSet'), {volumes: [{name: 'v', emptyDir: {}}]}),
      {...pod('e', {}), spec: {nodeName: 'n2'}},
    ],
  });
  const action = await actionOf('Node', 'node.drain');
  expect(
    await action.plan?.({metadata: {name: 'n1'}}, view, {force: false, deleteEmptyDirData: false, grace: -1, minutes: 1}),
  ).toEqual([
    'shop/a moves elsewhere (ReplicaSet o)',
    'shop/b stays: DaemonSet o wants it on every node',
    'shop/c forbids it: nothing would re-create it',
    'shop/d forbids it: it has data in an emptyDir',
  ]);
});

test.each([
  ['a=b', {a: 'b'}],
  ['a=b=c d-', {a: 'b=c', d: null}],
  ['"note=two words" example.com/x=', {note: 'two words', 'example.com/x': ''}],
  ['word', 'word: write key=value to set, or key- to take away'],
  ['', 'write key=value to set, or key- to take away'],
])('changes %s', (text, read) => {
  expect(readChanges(text)).toEqual(read);
});
