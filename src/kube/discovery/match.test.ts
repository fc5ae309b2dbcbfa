// Words and the types they mean. The expectations are what kubectl 1.36 does.
import {describe, expect, test} from 'vitest';
import {groupResourceText, type ApiResource} from '../types/object.ts';
import {builtInTypes} from './built-in.ts';
import {matchCategory, matchWord} from './match.ts';

const custom = (plural: string, group: string, more: Partial<ApiResource> = {}): ApiResource => ({
  group,
  version: 'v1',
  plural,
  kind: plural[0]?.toUpperCase() + plural.slice(1, -1),
  singular: plural.slice(0, -1),
  shortNames: [],
  categories: [],
  namespaced: true,
  verbs: ['get', 'list'],
  subresources: [],
  ...more,
});

const types: readonly ApiResource[] = [
  ...builtInTypes(),
  custom('pods', 'metrics.k8s.io', {version: 'v1beta1', kind: 'PodMetrics', singular: 'podmetrics'}),
  custom('certificates', 'cert-manager.io', {shortNames: ['cert', 'certs'], categories: ['cert-manager'], kind: 'Certificate'}),
  custom('podracers', 'star.wars', {shortNames: ['po', 'racer'], kind: 'PodRacer', singular: 'podracer', categories: ['all']}),
  custom('podracers', 'star.wars', {
    version: 'v1alpha1',
    shortNames: ['po', 'racer'],
    kind: 'PodRacer',
    singular: 'podracer',
    categories: ['all'],
  }),
  custom('widgets', 'example.com', {version: 'v2', kind: 'Widget'}),
  custom('widgets', 'example.com', {version: 'v1', kind: 'Widget'}),
  custom('deployments', 'apps.example.com', {kind: 'Deployment', singular: 'deployment'}),
  custom('oddities', 'odd.io', {kind: 'OddThing', singular: 'oddity'}),
];

const first = (word: string): string | undefined => {
  const found = matchWord(word, types).found[0];
  return found === undefined ? undefined : `${groupResourceText(found)} ${found.version}`;
};

describe('a word', () => {
  test.each([
    ['pods', 'pods v1'],
    ['pod', 'pods v1'],
    ['po', 'pods v1'],
    ['Pod', 'pods v1'],
    ['PODS', 'pods v1'],
    ['PO', undefined],
    ['deploy', 'deployments.apps v1'],
    ['deployments.apps', 'deployments.apps v1'],
    ['deploy.apps', 'deployments.apps v1'],
    ['deployments.ap', 'deployments.apps v1'],
    ['deploy.ap', 'deployments.apps v1'],
    ['deployments.v1.apps', 'deployments.apps v1'],
    ['deploy.v1.apps', 'deployments.apps v1'],
    ['Deployment.v1.apps', 'deployments.apps v1'],
    ['deployments.v2.apps', undefined],
    ['deployments.apps.example.com', 'deployments.apps.example.com v1'],
    ['pods.v1', undefined],
    ['pods.v1.', 'pods v1'],
    ['pods.metrics.k8s.io', 'pods.metrics.k8s.io v1beta1'],
    ['podmetrics', 'pods.metrics.k8s.io v1beta1'],
    ['PodMetrics', 'pods.metrics.k8s.io v1beta1'],
    ['PodMetrics.v1beta1.metrics.k8s.io', 'pods.metrics.k8s.io v1beta1'],
    ['hpa', 'horizontalpodautoscalers.autoscaling v2'],
    ['hpa.v1.autoscaling', 'horizontalpodautoscalers.autoscaling v2'],
    ['horizontalpodautoscalers.v1.autoscaling', 'horizontalpodautoscalers.autoscaling v1'],
    ['events', 'events v1'],
    ['events.events.k8s.io', 'events.events.k8s.io v1'],
    ['certificates.cert-manager.io', 'certificates.cert-manager.io v1'],
    ['certs', 'certificates.cert-manager.io v1'],
    ['ing.net', 'ingresses.networking.k8s.io v1'],
    ['Ingress.networking.k8s.io', 'ingresses.networking.k8s.io v1'],
    ['widgets', 'widgets.example.com v2'],
    ['widgets.v1.example.com', 'widgets.example.com v1'],
    ['racer', 'podracers.star.wars v1'],
    ['oddity', 'oddities.odd.io v1'],
    // A kind whose singular is another word needs its group.
    ['OddThing', undefined],
    ['OddThing.odd.io', 'oddities.odd.io v1'],
    ['oddthing.odd.io', 'oddities.odd.io v1'],
    ['OddThing.v1.odd.io', 'oddities.odd.io v1'],
    ['ODDTHING.odd.io', undefined],
    ['foo', undefined],
    ['foo.bar', undefined],
    ['', undefined],
    ['.', undefined],
    ['pods.', 'pods v1'],
  ])('%j means %s', (word, expected) => {
    expect(first(word)).toBe(expected);
  });

  test('that a custom type shares with a built-in one means the built-in one, with a warning', () => {
    const {found, warnings} = matchWord('po', types);
    expect(found.map(groupResourceText)).toEqual(['pods', 'pods.metrics.k8s.io', 'podracers.star.wars', 'podracers.star.wars']);
    expect(warnings).toEqual(['short name "po" could also match lower priority resource podracers.star.wars']);
    expect(matchWord('ev', types).warnings).toEqual([
      'short name "ev" could also match lower priority resource events.events.k8s.io',
    ]);
    expect(matchWord('pods', types).warnings).toEqual([]);
  });
});

test('a category is every type that names it, once, in discovery order', () => {
  expect(matchCategory('all', types)?.map(groupResourceText)).toEqual([
    'pods',
    'replicationcontrollers',
    'services',
    'daemonsets.apps',
    'deployments.apps',
    'replicasets.apps',
    'statefulsets.apps',
    'horizontalpodautoscalers.autoscaling',
    'cronjobs.batch',
    'jobs.batch',
    'podracers.star.wars',
  ]);
  expect(matchCategory('pods', types)).toBeUndefined();
});
