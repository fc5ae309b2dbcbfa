// The big cluster's pods are all different, the same every time, and as heavy as real ones.
import {expect, test} from 'vitest';
import {allObjects, pod, type Population} from './population.ts';

const population: Population = {pods: 5000, namespaces: 200, nodes: 1000, base: Date.parse('2026-01-01T00:00:00Z')};

test('5,000 pods have 5,000 names, 4.6 KB each on average, and every kind of trouble', () => {
  const keys = new Set<string>();
  const phases = new Set<string>();
  let size = 0;
  for (let index = 0; index < population.pods; index++) {
    const [key, value] = pod(population, index);
    keys.add(key);
    size += JSON.stringify(value).length;
    const {phase, containerStatuses} = value['status'] as {
      phase: string;
      containerStatuses?: {state: {waiting?: {reason: string}}}[];
    };
    phases.add(containerStatuses?.[0]?.state.waiting?.reason ?? phase);
  }
  expect(keys.size).toBe(5000);
  expect(size / population.pods).toBeGreaterThan(4400);
  expect(size / population.pods).toBeLessThan(4900);
  expect([...phases].sort()).toEqual(['CrashLoopBackOff', 'Failed', 'ImagePullBackOff', 'Pending', 'Running', 'Succeeded']);
});

test('the same number gives the same pod, and a change keeps its identity', () => {
  expect(pod(population, 7)).toEqual(pod(population, 7));
  const [[key, before], [changedKey, after]] = [pod(population, 7), pod(population, 7, 1)];
  expect(changedKey).toBe(key);
  expect((after['metadata'] as {uid: string}).uid).toBe((before['metadata'] as {uid: string}).uid);
  expect(after['status']).not.toEqual(before['status']);
});

test('namespaces come before the pods that live in them', () => {
  const keys = [...allObjects({...population, pods: 100})].map(([key]) => key);
  expect(keys).toHaveLength(200 + 1000 + 100);
  const namespaces = new Set(keys.filter((key) => key.startsWith('/registry/namespaces/')).map((key) => key.split('/')[3]));
  const used = new Set(keys.filter((key) => key.startsWith('/registry/pods/')).map((key) => key.split('/')[3]));
  expect([...used].filter((namespace) => !namespaces.has(namespace))).toEqual([]);
});
