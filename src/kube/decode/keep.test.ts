import {describe, expect, it} from 'vitest';
import {keepTree} from './keep.ts';
import {projector} from './project.ts';
import {StringPool} from './strings.ts';

const trim = (keep: readonly string[], object: {[field: string]: unknown}) =>
  projector({group: 'apps', version: 'v1', plural: 'things', kind: 'Thing'}, keepTree(keep), new StringPool())(object);

const object = {
  metadata: {
    name: 'a',
    uid: 'u',
    resourceVersion: '1',
    labels: {app: 'a'},
    annotations: {'example.com/note': 'hello', other: 'x'},
    managedFields: [{}],
    ownerReferences: [{kind: 'Owner', uid: 'o'}],
  },
  spec: {replicas: 0, template: {spec: {containers: [{name: 'c', image: 'i', env: []}]}}, none: null},
  data: {key: 'large', other: 'larger'},
};

describe('keeping fields', () => {
  it('always keeps identity, labels and owners, and knows its own type', () => {
    const {annotations: _annotations, managedFields: _managedFields, ...metadata} = object.metadata;
    expect(trim([], object)).toStrictEqual({apiVersion: 'apps/v1', kind: 'Thing', metadata});
  });

  it('keeps nested fields in their places and leaves out the rest', () => {
    expect(trim(['spec.template.spec.containers[].image', 'spec.replicas', 'spec.none'], object)).toMatchObject({
      spec: {replicas: 0, none: null, template: {spec: {containers: [{image: 'i'}]}}},
    });
  });

  it('keeps all below a path that ends early, whatever the order of the paths', () => {
    for (const keep of [
      ['spec', 'spec.replicas'],
      ['spec.replicas', 'spec'],
    ])
      expect(trim(keep, object)).toMatchObject({spec: object.spec});
  });

  it('keeps one annotation, or only the keys of a map', () => {
    const kept = trim(["metadata.annotations['example.com/note']", 'data{}'], object) as typeof object;
    expect(kept.metadata.annotations).toStrictEqual({'example.com/note': 'hello'});
    expect(kept.data).toStrictEqual({key: '', other: ''});
  });

  it('refuses what is no path', () => {
    for (const path of ['', 'a..b', 'a[0', "a['b"]) expect(() => keepTree([path])).toThrow(TypeError);
  });
});
