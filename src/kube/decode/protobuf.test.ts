import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {AnyObject} from '../types/object.ts';
import {JSON_TYPE, PROTOBUF_TYPE, type WatchEvent} from './codec.ts';
import {objectCodec} from './object-codec.ts';

// Written by Kubernetes' own encoders, see test/support/protobuf-fields: each field of a Pod is filled with a value of its own.
const samples = JSON.parse(readFileSync(new URL('fixtures/pods.json', import.meta.url), 'utf8')) as Record<string, string>;
const sample = (name: string): Buffer => Buffer.from(samples[name] ?? '', 'base64');

const EVERYTHING = ['metadata.annotations', 'metadata.finalizers', 'metadata.generateName', 'metadata.selfLink', 'spec', 'status'];
const SOME = [
  'spec.nodeName',
  'spec.containers[].name',
  'spec.containers[].resources.requests',
  'spec.volumes[].secret.secretName',
  'spec.initContainers[].livenessProbe.httpGet.port',
  'metadata.annotations{}',
  'status.phase',
  'status.conditions[].type',
  'status.containerStatuses[].state',
  'status.containerStatuses[].lastState.terminated',
];

const pods = (keep: readonly string[]) =>
  objectCodec<AnyObject & {metadata: {}}>({ref: {group: '', version: 'v1', plural: 'pods'}, kind: 'Pod', keep});

const list = (keep: readonly string[], type: string, bytes: Buffer, chunk: number) => {
  const reader = pods(keep).listReader(type);
  const items: AnyObject[] = [];
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk), items);
  return {items, metadata: reader.end()};
};

const watch = (keep: readonly string[], type: string, bytes: Buffer, chunk: number) => {
  const reader = pods(keep).watchReader(type);
  const events: WatchEvent<AnyObject>[] = [];
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk), events);
  reader.end();
  return events;
};

describe('pods in protobuf', () => {
  it.each([
    ['all fields', EVERYTHING],
    ['some fields', SOME],
    ['no field of its own', []],
  ])('are the same objects as in JSON, keeping %s', (_name, keep) => {
    const fromJson = list(keep, JSON_TYPE, sample('list.json'), 1 << 20);
    expect(fromJson.items).toHaveLength(3);
    for (const chunk of [1, 7, 1000, 1 << 20]) {
      const fromProtobuf = list(keep, PROTOBUF_TYPE, sample('list.protobuf'), chunk);
      expect(fromProtobuf.items).toStrictEqual(fromJson.items);
      expect(fromProtobuf.metadata).toStrictEqual(fromJson.metadata);
    }
  });

  it('keep every field of the JSON when everything is asked for', () => {
    const [full] = list(EVERYTHING, PROTOBUF_TYPE, sample('list.protobuf'), 4096).items;
    const raw = (JSON.parse(sample('list.json').toString()) as {items: AnyObject[]}).items[0] as AnyObject;
    expect(full).toStrictEqual({apiVersion: 'v1', kind: 'Pod', ...raw});
  });

  it('are watched with the same events as in JSON', () => {
    const fromJson = watch(EVERYTHING, JSON_TYPE, sample('watch.json'), 1 << 20);
    expect(fromJson.map(({type}) => type)).toStrictEqual(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']);
    expect(fromJson[3]).toStrictEqual({type: 'BOOKMARK', resourceVersion: '77'});
    for (const chunk of [1, 5, 4096]) {
      const events = watch(EVERYTHING, PROTOBUF_TYPE, sample('watch.protobuf'), chunk);
      expect(events.slice(0, 4)).toStrictEqual(fromJson.slice(0, 4));
      expect(events[4]).toMatchObject({
        type: 'ERROR',
        status: {code: 410, reason: 'Expired', message: 'too old resource version: 1 (2)'},
      });
    }
  });

  it('share equal parts between objects, and give the same values when they do', () => {
    const one = sample('list.protobuf');
    const first = list(SOME, PROTOBUF_TYPE, one, 1 << 20).items;
    const codec = pods(SOME);
    const again = [0, 1, 2].map(() => {
      const reader = codec.listReader(PROTOBUF_TYPE);
      const items: AnyObject[] = [];
      reader.push(one, items);
      return items;
    });
    for (const items of again) expect(items).toStrictEqual(first);
    expect(again[1]?.[0]?.metadata.labels).toBe(again[0]?.[0]?.metadata.labels);
  });

  it('that break off anywhere are an error, never a shorter list', () => {
    const bytes = sample('list.protobuf');
    for (const length of [0, 1, 4, 10, 100, 5000, bytes.length - 5, bytes.length - 1]) {
      if (length > bytes.length) continue;
      expect(() => list(SOME, PROTOBUF_TYPE, bytes.subarray(0, length), 512)).toThrow(/broke off/);
    }
    const events = sample('watch.protobuf');
    expect(() => watch(SOME, PROTOBUF_TYPE, events.subarray(0, events.length - 3), 512)).toThrow(/broke off/);
  });

  it('that are no protobuf at all are an error', () => {
    expect(() => list(SOME, PROTOBUF_TYPE, Buffer.from('<html>hello</html>'), 512)).toThrow(/sent something else/);
    expect(() => list(SOME, 'text/html', Buffer.from('<html>hello</html>'), 512)).toThrow(/text\/html/);
  });

  it('are asked for in JSON when a kept field has no place in the table', () => {
    expect(pods(['spec.fieldOfTheFuture']).accept).toBe(JSON_TYPE);
    expect(pods(SOME).accept).toBe(`${PROTOBUF_TYPE},${JSON_TYPE}`);
    expect(pods(SOME).simpler?.accept).toBe(JSON_TYPE);
  });
});
