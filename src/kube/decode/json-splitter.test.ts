import {describe, expect, it} from 'vitest';
import {JsonSplitter} from './json-splitter.ts';

const split = (text: string, chunk: number, metadataDepth: 2 | 3 = 2) => {
  const items: unknown[] = [];
  const heads: string[] = [];
  const splitter = new JsonSplitter(
    {item: (json) => items.push(JSON.parse(json)), head: (json) => heads.push(json)},
    metadataDepth,
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk) splitter.push(bytes.subarray(at, at + chunk));
  return {items, heads, around: JSON.parse(splitter.end()) as unknown};
};

const CHUNKS = [1, 2, 3, 7, 64, 777, 1 << 20];

const items = [
  {metadata: {name: 'plain', labels: {a: 'b'}}, spec: {text: 'brackets ]}{[ in text, "quotes", \\ and \\" and ünïcödé 🙂'}},
  // What a boundary looks like, inside of an item: nested metadata, and the same bytes in a text.
  {metadata: {name: 'nested'}, spec: {volumeClaimTemplates: [{metadata: {name: 'one'}}, {metadata: {name: 'two'}}]}},
  {
    metadata: {name: 'lookalike'},
    data: {json: '"items":[{"metadata":{"name":"x"}},{"metadata":{"name":"y"}}]', end: 'ends with a backslash \\'},
  },
  {metadata: {name: 'empty'}, items: [], spec: {}},
];

describe('splitting a JSON list', () => {
  it.each(CHUNKS)('finds the items of a built-in list in chunks of %d bytes', (chunk) => {
    const list = {kind: 'PodList', apiVersion: 'v1', metadata: {resourceVersion: '12', continue: 'abc'}, items};
    const {items: found, around, heads} = split(JSON.stringify(list), chunk);
    expect(found).toStrictEqual(items);
    expect(around).toStrictEqual({...list, items: []});
    expect(heads.map((head) => JSON.parse(head) as unknown)).toStrictEqual([{...list, items: []}]);
  });

  it.each(CHUNKS)('finds them in a custom resource list, whose metadata comes last, in chunks of %d bytes', (chunk) => {
    const custom = items.map((item) => ({apiVersion: 'x/v1', kind: 'X', ...item}));
    const list = {apiVersion: 'x/v1', items: custom, kind: 'XList', metadata: {resourceVersion: '7', items: [{not: 'an item'}]}};
    const {items: found, around} = split(JSON.stringify(list), chunk);
    expect(found).toStrictEqual(custom);
    expect(around).toStrictEqual({...list, items: []});
  });

  it.each(CHUNKS)('reads pretty-printed lists in chunks of %d bytes', (chunk) => {
    const list = {kind: 'PodList', metadata: {}, items};
    expect(split(JSON.stringify(list, null, 2), chunk).items).toStrictEqual(items);
  });

  it.each(['[]', 'null'])('reads an empty list written as %s', (empty) => {
    const {items: found, around} = split(`{"kind":"PodList","metadata":{"resourceVersion":"1"},"items":${empty}}\n`, 5);
    expect(found).toStrictEqual([]);
    expect(around).toMatchObject({metadata: {resourceVersion: '1'}});
  });

  const managedFields = [{manager: 'kubectl', fieldsV1: {'f:spec': {'k:{"name":"a]}"}': {}}}}];

  it.each(CHUNKS)('cuts managedFields of the object and of nothing else, in chunks of %d bytes', (chunk) => {
    const withFields = items.map(({metadata, ...rest}) => ({
      metadata: {...metadata, managedFields},
      ...rest,
      spec: {template: {metadata: {managedFields: ['kept']}}, note: ',"managedFields":['},
      managedFields: ['kept'],
    }));
    const {items: found} = split(JSON.stringify({kind: 'List', items: withFields}), chunk);
    for (const [index, item] of found.entries()) {
      const whole = withFields[index] as (typeof withFields)[number];
      const {managedFields: _cut, ...metadata} = whole.metadata;
      // A key that is cut by a chunk boundary leaves the field in; nobody keeps it, so that costs time and nothing else.
      if (chunk >= 777) expect(item).toStrictEqual({...whole, metadata});
      else expect(item).toMatchObject({...whole, metadata});
    }
  });

  it('cuts managedFields in Table rows', () => {
    const rows = items.map(({metadata}) => ({
      cells: ['a'],
      object: {kind: 'PartialObjectMetadata', metadata: {...metadata, managedFields}},
    }));
    const {items: found} = split(JSON.stringify({kind: 'Table', rows}), 1 << 20, 3);
    expect(found).toStrictEqual(items.map(({metadata}) => ({cells: ['a'], object: {kind: 'PartialObjectMetadata', metadata}})));
  });

  it('never takes a broken list for a short one', () => {
    const text = JSON.stringify({kind: 'PodList', metadata: {resourceVersion: '1'}, items});
    for (let length = 0; length < text.length; length++) expect(() => split(text.slice(0, length), 64)).toThrow();
  });

  it('refuses brackets that do not match', () => {
    expect(() => split('{"kind":"PodList","items":[{"a":1}}', 64)).toThrow(/well-formed/);
  });
});
