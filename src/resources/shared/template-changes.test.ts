import {expect, test} from 'vitest';
import type {PodTemplateSpec} from '../../kube/types/wire.ts';
import {templateChanges} from './template-changes.ts';

const template = (image: string, more: object = {}): PodTemplateSpec => ({
  metadata: {labels: {app: 'web', 'pod-template-hash': image}},
  spec: {
    containers: [
      {name: 'app', image, ...more},
      {name: 'log', image: 'log:1'},
    ],
  },
});

test('a change of image, of a variable and of a limit, each in one line; the hash is none', () => {
  const before = template('web:1', {
    env: [
      {name: 'COLOR', value: 'red'},
      {name: 'GONE', value: 'x'},
    ],
    resources: {limits: {memory: '1Gi'}},
  });
  const after = template('web:2', {env: [{name: 'COLOR', value: 'blue'}], resources: {limits: {memory: '2Gi'}}});
  expect(templateChanges(before, after)).toEqual([
    'app image: web:1 → web:2',
    'app COLOR: red → blue',
    'app env[GONE].name: GONE → (removed)',
    'app GONE: x → (removed)',
    'app resources.limits.memory: 1Gi → 2Gi',
  ]);
});

test('moving a container changes nothing', () => {
  const one = template('web:1');
  const other = {...one, spec: {...one.spec, containers: one.spec?.containers.toReversed()}} as PodTemplateSpec;
  expect(templateChanges(one, other)).toEqual([]);
});
