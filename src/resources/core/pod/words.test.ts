import {expect, test} from 'vitest';
import {endText} from './exit-code.ts';
import {pullFailureOf} from './image-pull.ts';
import {qosOf} from './qos.ts';
import {unschedulableText} from './scheduling.ts';
import {summaryOf} from './status.ts';

test.each([
  [
    "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
    'The only node cannot take it: 1 does not have the labels the pod asks for',
  ],
  [
    '0/5 nodes are available: 1 Too many pods, 2 node(s) were unschedulable, 2 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/5 nodes are available',
    undefined,
  ],
  [
    '0/3 nodes are available: 3 node(s) had untolerated taint {a: b}.',
    'None of the 3 nodes can take it: 3 are tainted a=b and the pod does not tolerate it',
  ],
  [
    "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints (missing required label).",
    'None of the 2 nodes can take it: 2 would break its spread rule',
  ],
  [
    '0/2 nodes are available: persistentvolumeclaim "data" not found. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    'None of the 2 nodes can take it: its claim data does not exist',
  ],
  ['no nodes available to schedule pods', 'No node can take it: no nodes available to schedule pods'],
  ['0/4 nodes are available: 4 something new.', 'None of the 4 nodes can take it: 4: something new'],
])('%s', (message, text) => {
  if (text === undefined) expect(unschedulableText(message)).toContain('1 is full of pods, 2 are cordoned, 2 are tainted');
  else expect(unschedulableText(message)).toBe(text);
});

test.each([
  ['ErrImagePull', 'docker.io/x:1: not found', 'missing'],
  ['ErrImagePull', 'pull access denied, repository does not exist or may require authorization', 'missing'],
  ['ErrImagePull', 'unexpected status: 401 Unauthorized', 'denied'],
  ['ErrImagePull', '429 Too Many Requests', 'limited'],
  ['ErrImagePull', 'dial tcp: lookup registry: no such host', 'unreachable'],
  ['ErrImagePull', 'x509: certificate signed by unknown authority', 'unreachable'],
  ['InvalidImageName', 'whatever', 'invalid'],
  ['ErrImageNeverPull', '', 'never'],
  ['ErrImagePull', 'something else', 'unknown'],
])('%s %s is %s', (reason, message, failure) => {
  expect(pullFailureOf(reason, message)).toBe(failure);
});

test.each([
  [{exitCode: 1}, 'exit code 1, an error of the application'],
  [{exitCode: 143}, 'exit code 143, it was asked to stop'],
  [{exitCode: 137, reason: 'OOMKilled'}, 'killed for using more memory than its limit'],
  [{exitCode: 138}, 'exit code 138, killed by signal 10'],
  [{exitCode: 42}, 'exit code 42'],
])('%o', (ended, text) => {
  expect(endText(ended)).toBe(text);
});

const withResources = (...resources: object[]) => ({
  metadata: {},
  spec: {containers: resources.map((each, index) => ({name: `c${index}`, resources: each}))},
});
test.each([
  [withResources({}), 'BestEffort'],
  [withResources({requests: {cpu: '1'}}), 'Burstable'],
  [withResources({requests: {cpu: '1', memory: '1Gi'}, limits: {cpu: '1000m', memory: '1024Mi'}}), 'Guaranteed'],
  [withResources({requests: {cpu: '1', memory: '1Gi'}, limits: {cpu: '1', memory: '1Gi'}}, {}), 'Burstable'],
])('quality of service %#', (pod, qos) => {
  expect(qosOf(pod)).toBe(qos);
});

test('a sidecar counts as a container that runs, and does not keep the pod in Init', () => {
  const started = {
    started: true,
    ready: true,
    restartCount: 2,
    state: {running: {startedAt: '2026-11-21T10:00:00Z'}},
    image: '',
    imageID: '',
  };
  const pod = {
    metadata: {name: 'web'},
    spec: {initContainers: [{name: 'proxy', restartPolicy: 'Always'}, {name: 'migrate'}], containers: [{name: 'app'}]},
    status: {
      phase: 'Running',
      conditions: [
        {type: 'Initialized', status: 'True'},
        {type: 'Ready', status: 'True'},
      ],
      initContainerStatuses: [
        {...started, name: 'proxy'},
        {name: 'migrate', ready: true, restartCount: 0, state: {terminated: {exitCode: 0}}, image: '', imageID: ''},
      ],
      containerStatuses: [{...started, name: 'app', restartCount: 1}],
    },
  } as unknown as Parameters<typeof summaryOf>[0];
  expect(summaryOf(pod)).toMatchObject({status: 'Running', ready: 2, containers: 2, restarts: 3});
});
