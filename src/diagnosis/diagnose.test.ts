import {expect, test} from 'vitest';
import {arrayView} from '../../test/support/resources/array-view.ts';
import type {AnyObject} from '../kube/types/object.ts';
import {loadKind} from '../resources/catalogue.ts';
import {kind, type ClusterView, type Finding, type ResourceKind} from '../resources/kind.ts';
import {builtInFinders, diagnose} from './diagnose.ts';
import {rememberingView} from './remembering-view.ts';

const now = new Date('2026-11-21T10:00:00Z');
const widget: AnyObject = {apiVersion: 'example.com/v1', kind: 'Widget', metadata: {name: 'w', namespace: 'shop', uid: 'w'}};
const widgets = (more: Partial<ResourceKind> = {}): ResourceKind =>
  kind({
    ref: {group: 'example.com', version: 'v1', plural: 'widgets'},
    kind: 'Widget',
    singular: 'widget',
    shortNames: [],
    namespaced: true,
    family: 'custom',
    columns: [],
    keep: [],
    ...more,
  });
const finding = (id: string, rank: number, more: Partial<Finding> = {}): Finding => ({
  id,
  tone: 'bad',
  says: `It is ${id}.`,
  object: {group: '', kind: 'Widget', name: 'w', uid: 'w'},
  evidence: [],
  tryThis: [],
  rank,
  ...more,
});
const empty = arrayView({now, objects: []});

test('nothing wrong is nothing said', async () => {
  expect(await diagnose(widget, widgets({health: () => ({tone: 'ok', reason: 'Fine.'})}), empty)).toEqual([]);
});

test('the root comes first, at most five', async () => {
  const diagnoses = [1, 5, 3, 6, 2, 4].map((rank) => ({
    id: `w.${rank}`,
    find: async () => [finding(`w.r${'abcdefg'[rank]}`, rank)],
  }));
  const told = await diagnose(widget, widgets({diagnoses}), empty);
  expect(told.map(({rank}) => rank)).toEqual([6, 5, 4, 3, 2]);
});

test('a rule that cannot look says so, and hides no other', async () => {
  const diagnoses = [
    {id: 'w.denied', find: async () => Promise.reject(new Error('events is forbidden'))},
    {id: 'w.broken', find: async () => [finding('w.broken', 90)]},
  ];
  const told = await diagnose(widget, widgets({diagnoses}), empty);
  expect(told.map(({id}) => id)).toEqual(['w.broken', 'engine.could-not-check']);
  expect(told[1]?.says).toBe('Could not check w.denied: events is forbidden');
});

test('without a rule that fits, the health is told', async () => {
  const told = await diagnose(widget, widgets({health: () => ({tone: 'bad', reason: 'It leaks.'})}), empty);
  expect(told).toMatchObject([{id: 'widget.unhealthy', says: 'It leaks.', tone: 'bad'}]);
});

test('a broken pod is found through the service that routes to it', async () => {
  const service: AnyObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name: 'web', namespace: 'shop', uid: 's'},
    spec: {selector: {app: 'web'}},
  };
  const pod: AnyObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'web-1', namespace: 'shop', uid: 'p', labels: {app: 'web'}},
    spec: {containers: [{name: 'app', image: 'web:2'}]},
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'app',
          image: 'web:2',
          ready: false,
          restartCount: 0,
          state: {waiting: {reason: 'InvalidImageName', message: 'bad'}},
        },
      ],
    },
  };
  const services = await loadKind({group: '', plural: 'services'});
  const told = await diagnose(service, services as ResourceKind, arrayView({now, objects: [service, pod]}), builtInFinders);
  expect(told[0]).toMatchObject({id: 'pod.image-pull-failed', object: {kind: 'Pod', name: 'web-1'}});
});

test('each question is asked once', async () => {
  let asked = 0;
  const view: ClusterView = {...empty, get: async () => ((asked += 1), undefined)};
  const remembering = rememberingView(view);
  const ref = {group: '', version: 'v1', plural: 'pods'};
  await Promise.all([remembering.get(ref, {name: 'a'}), remembering.get(ref, {name: 'a'}), remembering.get(ref, {name: 'b'})]);
  expect(asked).toBe(2);
});
