// Workloads broken on purpose on a real cluster, and what kdeck says about them.
import {afterAll, beforeAll, expect, test} from 'vitest';
import {diagnose} from '../../../src/diagnosis/diagnose.ts';
import type {AnyObject, KubeList, ResourceRef} from '../../../src/kube/types/object.ts';
import {loadKind} from '../../../src/resources/catalogue.ts';
import type {Finding} from '../../../src/resources/kind.ts';
import {deployments, pods} from '../../../src/resources/shared/refs.ts';
import {runningCluster} from '../../support/cluster/harness.ts';
import {openHand, pathOf, type Hand} from './hand.ts';

let hand: Hand;
let node = '';
let image = '';
beforeAll(async () => {
  const facts = await runningCluster();
  node = facts.realNode ?? '';
  image = facts.images.busybox[0] ?? '';
  hand = await openHand('why');
});
afterAll(async () => {
  await hand?.remove();
});

type Parts = {readonly spec?: object; readonly container?: object; readonly deployment?: object};

const manifest = (name: string, {spec, container, deployment}: Parts = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {name, namespace: hand.namespace},
  spec: {
    replicas: 1,
    progressDeadlineSeconds: 600,
    selector: {matchLabels: {app: name}},
    template: {
      metadata: {labels: {app: name}},
      spec: {
        nodeSelector: {'kubernetes.io/hostname': node},
        terminationGracePeriodSeconds: 1,
        containers: [{name: 'app', image, command: ['sleep', '100000'], ...container}],
        ...spec,
      },
    },
    ...deployment,
  },
});

const apply = (object: object): Promise<string> => hand.kubectl(['apply', '-f', '-'], JSON.stringify(object));

const whyOf = async (ref: ResourceRef, name: string): Promise<readonly Finding[]> => {
  const kind = await loadKind(ref);
  if (kind === undefined) throw new Error('unknown kind');
  return diagnose(await hand.get<AnyObject>(pathOf(ref, hand.namespace, name)), kind, hand.view(new Date()));
};

/** Asks until the first finding is the one. */
const untilFirst = async (ref: ResourceRef, name: string, id: string): Promise<readonly Finding[]> => {
  let found: readonly Finding[] = [];
  await expect.poll(async () => (found = await whyOf(ref, name))[0]?.id, {timeout: 90_000, interval: 500}).toBe(id);
  return found;
};

test('a rollout with an image that does not exist: the root first, and the way back', async () => {
  await apply(manifest('shop'));
  await hand.kubectl(['rollout', 'status', 'deployment/shop', '-n', hand.namespace, '--timeout=90s']);
  expect(await whyOf(deployments, 'shop')).toEqual([]);

  const missing = image.replace(/:.*$/, ':no-such-tag');
  await hand.kubectl(['set', 'image', 'deployment/shop', `app=${missing}`, '-n', hand.namespace]);
  const [root, symptom] = await untilFirst(deployments, 'shop', 'pod.image-pull-failed');
  expect(root?.says).toContain(missing);
  expect(root?.tryThis[0]).toMatchObject({
    text: 'Roll back shop to revision 1',
    command: 'workload.roll-back',
    target: {kind: 'Deployment', name: 'shop', namespace: hand.namespace},
  });
  expect(root?.evidence.map(({path}) => path)).toContain('spec.containers[app].image');
  expect(symptom?.id).toBe('deployment.rollout-broken');
  expect(symptom?.evidence).toContainEqual({path: 'changed since revision 1', value: `app image: ${image} → ${missing}`});

  const [pod] = (await hand.get<KubeList>(`${pathOf(pods, hand.namespace)}?labelSelector=app%3Dshop`)).items.filter(
    (each) => each['status'] !== undefined && JSON.stringify(each).includes(missing),
  );
  const fromBelow = await whyOf(pods, pod?.metadata.name ?? '');
  expect(fromBelow[0]?.id).toBe('pod.image-pull-failed');
  expect(fromBelow[0]?.tryThis[0]?.text).toBe('Roll back shop to revision 1');

  await hand.kubectl(['rollout', 'undo', 'deployment/shop', '-n', hand.namespace]);
  await expect.poll(() => whyOf(deployments, 'shop'), {timeout: 60_000, interval: 500}).toEqual([]);
});

test('a container that crashes: exit code and last words', async () => {
  await apply(
    manifest('crash', {
      container: {
        command: ['sh', '-c', 'echo listening; echo "fatal: no database" >&2; sleep 1; exit 3'],
        terminationMessagePolicy: 'FallbackToLogsOnError',
      },
    }),
  );
  const [root] = await untilFirst(deployments, 'crash', 'pod.crash-loop');
  expect(root?.says).toContain('exit code 3');
  expect(root?.evidence.find(({path}) => path.endsWith('terminated.exitCode'))?.value).toBe('3');
  expect(root?.evidence.find(({path}) => path.endsWith('terminated.message'))?.value).toContain('fatal: no database');
});

test('a missing ConfigMap, with the name somebody may have meant, and a missing key', async () => {
  await hand.kubectl(['create', 'configmap', 'settings', '--from-literal=color=blue', '-n', hand.namespace]);
  await apply(manifest('config', {container: {envFrom: [{configMapRef: {name: 'setings'}}]}}));
  const [root] = await untilFirst(deployments, 'config', 'pod.configuration-missing');
  expect(root?.says).toBe(`It cannot start: the ConfigMap setings does not exist in the namespace ${hand.namespace}.`);
  expect(root?.tryThis[0]?.text).toBe('Did somebody mean "settings"?');

  await apply(manifest('key', {container: {env: [{name: 'C', valueFrom: {configMapKeyRef: {name: 'settings', key: 'colour'}}}]}}));
  const [key] = await untilFirst(deployments, 'key', 'pod.key-missing');
  expect(key?.says).toContain('has no key colour; it has color');
});

test('more than any node has', async () => {
  await apply(manifest('greedy', {container: {resources: {requests: {cpu: '4000'}}}}));
  const [root] = await untilFirst(deployments, 'greedy', 'pod.unschedulable');
  expect(root?.says).toContain('too little cpu free');
  expect(root?.tryThis.map(({text}) => text)).toContain('Ask for less (requests), make room, or add nodes');
});

test('a readiness check that fails, with what it was answered', async () => {
  await apply(
    manifest('unready', {
      container: {
        ports: [{containerPort: 80}],
        readinessProbe: {exec: {command: ['sh', '-c', 'echo database is away; exit 1']}, periodSeconds: 1, failureThreshold: 1},
      },
    }),
  );
  const [root] = await untilFirst(deployments, 'unready', 'pod.readiness-failing');
  expect(root?.says).toContain('database is away');
});

test('a quota that refuses new pods', async () => {
  await apply({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: {name: 'memory', namespace: hand.namespace},
    spec: {hard: {'requests.example.com/seats': '1'}},
  });
  await apply(
    manifest('refused', {container: {resources: {requests: {'example.com/seats': '2'}, limits: {'example.com/seats': '2'}}}}),
  );
  const [root] = await untilFirst(deployments, 'refused', 'replica-set.quota-exceeded');
  expect(root?.says).toContain('the quota memory is used up');
});

test('the memory limit', async () => {
  await apply(manifest('hungry', {container: {command: ['sh', '-c', 'tail /dev/zero'], resources: {limits: {memory: '16Mi'}}}}));
  const [root] = await untilFirst(deployments, 'hungry', 'pod.out-of-memory');
  expect(root?.says).toContain('its limit of 16Mi');
});
