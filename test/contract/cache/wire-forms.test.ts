// Pods of a real API server are the same objects whether they came as protobuf or as JSON, in lists and in watches.
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {KubeClient} from '../../../src/kube/client.ts';
import type {Codec, WatchEvent} from '../../../src/kube/decode/codec.ts';
import {objectCodec} from '../../../src/kube/decode/object-codec.ts';
import {readList} from '../../../src/kube/list/list.ts';
import {readWatch} from '../../../src/kube/watch/watch.ts';
import type {KubeObject} from '../../../src/kube/types/object.ts';
import {resource as pods} from '../../../src/resources/core/pod/index.ts';
import {onCluster, place, type Place} from '../streams/place.ts';

const EVERYTHING = ['metadata.annotations', 'metadata.finalizers', 'metadata.generateName', 'spec', 'status'];
const PODS = '/api/v1/pods';

/** Both forms of one keep list. */
const formsOf = (keep: readonly string[]) => {
  const protobuf = objectCodec<KubeObject>({ref: pods.ref, kind: 'Pod', keep});
  if (protobuf.simpler === undefined) throw new Error('pods are not read as protobuf');
  return {protobuf, json: protobuf.simpler};
};

const byName = (items: readonly KubeObject[]): KubeObject[] =>
  items.toSorted((a, b) =>
    `${a.metadata.namespace}/${a.metadata.name}`.localeCompare(`${b.metadata.namespace}/${b.metadata.name}`),
  );

const listed = async (client: KubeClient, codec: Codec<KubeObject>, query: Record<string, string>) => {
  const items: KubeObject[] = [];
  const metadata = await readList(client, {
    path: PODS,
    query,
    codec,
    signal: AbortSignal.timeout(30_000),
    silence: 30_000,
    answerWithin: 30_000,
    onItems: (more) => items.push(...more),
  });
  return {metadata, items};
};

/** Events of pods in one namespace, until the pod `last` is gone. */
const watched = async (client: KubeClient, codec: Codec<KubeObject>, path: string, resourceVersion: string, opened: () => void) => {
  const seen: WatchEvent<KubeObject>[] = [];
  const enough = new AbortController();
  await readWatch(client, {
    path,
    query: {},
    resourceVersion,
    timeoutSeconds: 60,
    codec,
    signal: enough.signal,
    silence: 60_000,
    answerWithin: 30_000,
    onOpen: opened,
    onEvents: (events) => {
      seen.push(...events.filter(({type}) => type !== 'BOOKMARK'));
      if (events.some((event) => event.type === 'DELETED' && event.object.metadata.name === 'last')) enough.abort();
    },
  }).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error;
  });
  return seen;
};

describe.skipIf(!onCluster)('pods as protobuf and as JSON', () => {
  let at: Place;
  beforeAll(async () => {
    at = await place('forms');
  });
  afterAll(() => at[Symbol.asyncDispose]());

  it.each([
    ['the fields kdeck keeps', pods.keep],
    ['all fields', EVERYTHING],
  ])('are equal in a list, with %s', async (_name, keep) => {
    await at.pod('listed', [{name: 'main', command: ['sleep', '1000']}]).catch(() => undefined);
    const {protobuf, json} = formsOf(keep);
    const {client} = at.cluster;
    const first = await listed(client, protobuf, {});
    const version = first.metadata.resourceVersion ?? '';
    const second = await listed(client, json, {resourceVersion: version, resourceVersionMatch: 'Exact'});
    expect(first.items.length).toBeGreaterThan(0);
    expect(second.metadata).toStrictEqual(first.metadata);
    expect(byName(first.items)).toStrictEqual(byName(second.items));
  });

  it('are equal in a watch', async () => {
    const {client} = at.cluster;
    const {protobuf, json} = formsOf(EVERYTHING);
    const {metadata} = await listed(client, protobuf, {});
    const path = `${PODS.replace('/pods', '')}/namespaces/${at.namespace}/pods`;
    const open = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const watching = [protobuf, json].map((codec, index) =>
      watched(client, codec, path, metadata.resourceVersion ?? '', () => open[index]?.resolve()),
    );
    await Promise.all(open.map(({promise}) => promise));
    await at.pod('last', [{name: 'main', command: ['sh', '-c', 'exit 3']}], {restartPolicy: 'Never'});
    await client.request({
      method: 'PATCH',
      path: `${path}/last`,
      contentType: 'application/merge-patch+json',
      body: {metadata: {labels: {changed: 'yes'}, annotations: {note: 'größe 🙂'}}},
    });
    await client.request({method: 'DELETE', path: `${path}/last`, body: {gracePeriodSeconds: 0}});
    const [fromProtobuf, fromJson] = await Promise.all(watching);
    expect(fromProtobuf?.map(({type}) => type)).toContain('MODIFIED');
    expect(fromProtobuf).toStrictEqual(fromJson);
  });
});
