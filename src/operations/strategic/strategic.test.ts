// Patches equal the reference's, Kubernetes' own Go package, on random objects and on the cases people meet.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {threeWayPatch, twoWayPatch} from './diff.ts';
import {applyJsonMerge, jsonMergePatch, threeWayJsonMerge} from './json-merge.ts';
import type {JsonMap} from './lists.ts';
import {mergeInto} from './merge.ts';
import {patchSchemaOf} from './schema.ts';

// Random Deployments and Services with the answers of k8s.io/apimachinery v0.36.3 (CreateThreeWayMergePatch,
// CreateTwoWayMergePatch, StrategicMergePatch).
type Case = {Kind: string; Original: JsonMap; Modified: JsonMap; Current: JsonMap; three: JsonMap; two: JsonMap; applied: JsonMap};
const cases = JSON.parse(readFileSync(new URL('./fixtures/reference.json', import.meta.url), 'utf8')) as Case[];
const schemaOf = (object: JsonMap) => patchSchemaOf(object['apiVersion'] as string, object['kind'] as string)!;

test.for(cases.map((one, index) => [index, one] as const))('reference case %i', ([, one]) => {
  const schema = schemaOf(one.Original);
  expect(threeWayPatch(one.Original, one.Modified, one.Current, schema)).toEqual(one.three);
  expect(twoWayPatch(one.Current, one.Modified, schema)).toEqual(one.two);
  expect(mergeInto(one.Current, one.three, schema, {directives: 'obey', unmatchedNulls: 'drop'})).toEqual(one.applied);
});

test('an image change of one container keeps what a sidecar injector added', () => {
  const pod = (containers: JsonMap[]): JsonMap => ({apiVersion: 'v1', kind: 'Pod', spec: {containers}});
  const schema = patchSchemaOf('v1', 'Pod')!;
  const original = pod([{name: 'app', image: 'app:1'}]);
  const modified = pod([{name: 'app', image: 'app:2'}]);
  const current = pod([
    {name: 'app', image: 'app:1'},
    {name: 'proxy', image: 'proxy:1'},
  ]);
  const patch = threeWayPatch(original, modified, current, schema);
  expect(patch).toEqual({spec: {'$setElementOrder/containers': [{name: 'app'}], containers: [{name: 'app', image: 'app:2'}]}});
  const applied = mergeInto(current, patch, schema, {directives: 'obey', unmatchedNulls: 'drop'});
  expect((applied['spec'] as {containers: unknown}).containers).toEqual([
    {name: 'app', image: 'app:2'},
    {name: 'proxy', image: 'proxy:1'},
  ]);
});

test('equal objects give an empty patch; custom kinds have no schema', () => {
  const object = {apiVersion: 'v1', kind: 'ConfigMap', data: {a: '1'}};
  expect(twoWayPatch(object, structuredClone(object), patchSchemaOf('v1', 'ConfigMap')!)).toEqual({});
  expect(patchSchemaOf('example.org/v1', 'Widget')).toBeUndefined();
});

test('a list item without its merge key is an error that names it', () => {
  const schema = patchSchemaOf('v1', 'Pod')!;
  const pod = (containers: JsonMap[]): JsonMap => ({spec: {containers}});
  expect(() => twoWayPatch(pod([{name: 'a'}]), pod([{image: 'x'}]), schema)).toThrow('does not contain declared merge key: name');
});

test('JSON merge: deletions of what was applied before, changes against what is there', () => {
  const original = {spec: {a: 1, gone: 1, list: [1]}};
  const modified = {spec: {a: 2, list: [1]}};
  const current = {spec: {a: 1, gone: 1, added: 'by another', list: [1, 2]}};
  const patch = threeWayJsonMerge(original, modified, current);
  expect(patch).toEqual({spec: {a: 2, gone: null, list: [1]}});
  expect(applyJsonMerge(current, patch)).toEqual({spec: {a: 2, added: 'by another', list: [1]}});
  expect(jsonMergePatch(current, current)).toEqual({});
});
