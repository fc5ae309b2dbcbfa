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
    undefined,
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

test('a roll-back offers every revision, and shows what going back to it changes', async () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const made = (set: AnyObject, time: string, cause?: string): AnyObject => ({
    ...set,
    metadata: {
      ...set.metadata,
      creationTimestamp: time,
      annotations: {...set.metadata.annotations, ...(cause === undefined ? {} : {'kubernetes.io/change-cause': cause})},
    },
  });
  const view = arrayView({
    now,
    objects: [
      made(revision('web-1', '1', 'web:0'), '2026-11-19T12:00:00Z', 'first release'),
      made(revision('web-2', '2', 'web:1'), '2026-11-20T12:00:00Z'),
      revision('web-3', '3', 'web:2'),
    ],
  });
  const action = await actionOf('Deployment', 'workload.roll-back');
  const form = await action.form?.([deployment], view);
  expect(form?.inputs).toMatchObject({
    revision: {
      type: 'choice',
      options: ['revision 2', 'revision 1'],
      initial: 'revision 2',
      notes: ['  24h  web:1, log:1', '   2d  web:0, log:1  first release'],
    },
  });
  expect(form?.preview({revision: 'revision 1'})).toEqual([
    'revision 3 → revision 1',
    {diff: '@', text: '@@ -1,5 +1,5 @@'},
    {diff: ' ', text: 'spec:'},
    {diff: ' ', text: '  containers:'},
    {diff: '-', text: '  - image: web:2'},
    {diff: '+', text: '  - image: web:0'},
    {diff: ' ', text: '    name: app'},
    {diff: ' ', text: '  - image: log:1'},
  ]);
  const {operations, asked} = noting();
  await action.run(operations, deployment, {revision: 'revision 1'});
  // Several Deployments have no revision in common: each goes back one step.
  await action.run(operations, deployment, {});
  expect(asked).toEqual([
    ['rollBack', 'Deployment/web', 1],
    ['rollBack', 'Deployment/web', 0],
  ]);
});

test('a roll-back without an earlier revision says so', async () => {
  const view = arrayView({now: new Date(), objects: [revision('web-1', '1', 'web:2')]});
  const form = await (await actionOf('Deployment', 'workload.roll-back')).form?.([deployment], view);
  expect(form?.impossible).toBe('web has no earlier revision to go back to');
});

test('going back to a ReplicaSet shows what changes in its Deployment', async () => {
  const view = arrayView({now: new Date(), objects: [deployment]});
  const action = await actionOf('ReplicaSet', 'replica-set.roll-back');
  const form = await action.form?.([revision('web-1', '1', 'web:1')], view);
  expect(form?.preview({})).toContainEqual({diff: '+', text: '  - image: web:1'});
  const gone = await action.form?.([revision('web-1', '1', 'web:1')], arrayView({now: new Date(), objects: []}));
  expect(gone?.impossible).toBe('its Deployment web is gone');
});

test('the form of new images knows init containers, which lists do not keep', async () => {
  const action = await actionOf('Deployment', 'workload.set-image');
  expect(action.whole).toBe(true);
  const spec = {initContainers: [{name: 'wait', image: 'wait:1'}], containers: [{name: 'app', image: 'web:2'}]};
  const whole = {...deployment, spec: {template: {spec}}};
  expect(Object.keys(action.inputs?.([whole]) ?? {})).toEqual(['wait', 'app']);
  expect(action.preview?.([whole], {wait: 'wait:2', app: 'web:2'})).toEqual(['web: wait: wait:1 → wait:2']);
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
  const form = await action.form?.([{metadata: {name: 'n1'}}], view);
  expect(form?.preview({force: false, deleteEmptyDirData: false, grace: -1, minutes: 1})).toEqual([
    'n1 is cordoned and emptied:',
    '  shop/a moves elsewhere (ReplicaSet o)',
    '  shop/b stays: DaemonSet o wants it on every node',
    '  shop/c forbids it: nothing would re-create it',
    '  shop/d forbids it: it has data in an emptyDir',
  ]);
  expect(form?.preview({force: true, deleteEmptyDirData: true, grace: -1, minutes: 1})).toContain(
    '  shop/c is lost: nothing re-creates it',
  );
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
