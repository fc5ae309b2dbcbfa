// The lines of `rollout status` for each kind, in kubectl's words and order.
import {expect, test} from 'vitest';
import {rolloutStatusOf} from './status.ts';

const workload = (kind: string, spec: object, status: object, metadata: object = {}) =>
  ({apiVersion: 'apps/v1', kind, metadata: {name: 'x', generation: 2, ...metadata}, spec, status}) as never;

const rolling = {updateStrategy: {type: 'RollingUpdate'}};

test.each([
  [workload('Deployment', {replicas: 3}, {observedGeneration: 1}), 'Waiting for deployment spec update to be observed...', false],
  [
    workload('Deployment', {replicas: 3}, {observedGeneration: 2, updatedReplicas: 1, replicas: 4}),
    'Waiting for deployment "x" rollout to finish: 1 out of 3 new replicas have been updated...',
    false,
  ],
  [
    workload('Deployment', {replicas: 3}, {observedGeneration: 2, updatedReplicas: 3, replicas: 4}),
    'Waiting for deployment "x" rollout to finish: 1 old replicas are pending termination...',
    false,
  ],
  [
    workload('Deployment', {replicas: 3}, {observedGeneration: 2, updatedReplicas: 3, replicas: 3, availableReplicas: 2}),
    'Waiting for deployment "x" rollout to finish: 2 of 3 updated replicas are available...',
    false,
  ],
  [workload('Deployment', {replicas: 0}, {observedGeneration: 2}), 'deployment "x" successfully rolled out', true],
  [
    workload('DaemonSet', rolling, {observedGeneration: 2, desiredNumberScheduled: 3}),
    'Waiting for daemon set "x" rollout to finish: 0 out of 3 new pods have been updated...',
    false,
  ],
  [
    workload('DaemonSet', rolling, {
      observedGeneration: 2,
      desiredNumberScheduled: 3,
      updatedNumberScheduled: 3,
      numberAvailable: 1,
    }),
    'Waiting for daemon set "x" rollout to finish: 1 of 3 updated pods are available...',
    false,
  ],
  [workload('DaemonSet', rolling, {observedGeneration: 2}), 'daemon set "x" successfully rolled out', true],
  [workload('StatefulSet', rolling, {}), 'Waiting for statefulset spec update to be observed...', false],
  [
    workload('StatefulSet', {...rolling, replicas: 3}, {observedGeneration: 2, readyReplicas: 1}),
    'Waiting for 2 pods to be ready...',
    false,
  ],
  [
    workload(
      'StatefulSet',
      {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 1}}, replicas: 3},
      {observedGeneration: 2, readyReplicas: 3, updatedReplicas: 1},
    ),
    'Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated...',
    false,
  ],
  [
    workload(
      'StatefulSet',
      {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0}}, replicas: 3},
      {observedGeneration: 2, readyReplicas: 3, updatedReplicas: 3},
    ),
    'partitioned roll out complete: 3 new pods have been updated...',
    true,
  ],
  [
    workload(
      'StatefulSet',
      {...rolling, replicas: 3},
      {observedGeneration: 2, readyReplicas: 3, updatedReplicas: 1, updateRevision: 'x-2', currentRevision: 'x-1'},
    ),
    'waiting for statefulset rolling update to complete 1 pods at revision x-2...',
    false,
  ],
  [
    workload(
      'StatefulSet',
      {...rolling, replicas: 3},
      {observedGeneration: 2, readyReplicas: 3, currentReplicas: 3, updateRevision: 'x-2', currentRevision: 'x-2'},
    ),
    'statefulset rolling update complete 3 pods at revision x-2...',
    true,
  ],
])('%#: %s', (object, line, done) => {
  expect(rolloutStatusOf(object)).toEqual({line, done});
});

test('failures are errors', () => {
  const late = workload(
    'Deployment',
    {replicas: 3},
    {observedGeneration: 2, conditions: [{type: 'Progressing', reason: 'ProgressDeadlineExceeded'}]},
  );
  expect(() => rolloutStatusOf(late)).toThrow('deployment "x" exceeded its progress deadline');
  expect(() => rolloutStatusOf(workload('DaemonSet', {updateStrategy: {type: 'OnDelete'}}, {}))).toThrow(
    'rollout status is only available for RollingUpdate strategy type',
  );
  const other = workload(
    'Deployment',
    {replicas: 0},
    {observedGeneration: 2},
    {annotations: {'deployment.kubernetes.io/revision': '4'}},
  );
  expect(() => rolloutStatusOf(other, 3)).toThrow('desired revision (3) is different from the running revision (4)');
});
