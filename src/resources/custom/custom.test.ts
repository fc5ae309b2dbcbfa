import {expect, test} from 'vitest';
import type {ApiResource} from '../../kube/types/object.ts';
import {DescribePaper} from '../describe-writer.ts';
import {arrayView} from '../../../test/support/resources/array-view.ts';
import {describeGeneric} from './describe.ts';
import {fieldTitle} from './field-title.ts';
import {kindFromTable} from './from-table.ts';

test.each([
  ['apiVersion', 'API Version'],
  ['creationTimestamp', 'Creation Timestamp'],
  ['uid', 'UID'],
  ['podCIDRs', 'Pod CIDRs'],
  ['clusterIP', 'Cluster IP'],
  ['targetGUID', 'Target GUID'],
  ['PDFLoader', 'PDFLoader'],
  ['kebab-case', 'Kebab - Case'],
  ['with.dot', 'with.dot'],
  ['v1', 'v1'],
  ['X', 'X'],
])('%s is %s', (field, title) => {
  expect(fieldTitle(field)).toBe(title);
});

test('any object is described field by field', async () => {
  const paper = new DescribePaper();
  const view = arrayView({now: new Date(), objects: []});
  const object = {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: {name: 'w', namespace: 'shop', managedFields: [{manager: 'x'}]},
    spec: {size: 3, ratio: 0.5, on: true, none: null, list: ['a', 2], items: [{b: 1, a: {deep: [[1, 2]]}}, {a: 'x'}], empty: {}},
  };
  await describeGeneric(object, view, paper, {showEvents: false});
  expect(paper.blocks.join('')).toBe(
    [
      'Name:\tw',
      'Namespace:\tshop',
      'Labels:\t<none>',
      'Annotations:\t<none>',
      'API Version:\texample.com/v1',
      'Kind:\tWidget',
      'Metadata:',
      'Spec:',
      '  Empty:',
      '  Items:',
      '    A:',
      '      Deep:',
      '        [1 2]',
      '    B:\t1',
      '    A:\tx',
      '  List:',
      '    a',
      '    2',
      '  None:\t<nil>',
      '  On:\ttrue',
      '  Ratio:\t0.5',
      '  Size:\t3',
      '',
    ].join('\n'),
  );
});

test('a kind is made from the columns the server prints', () => {
  const resource: ApiResource = {
    group: 'example.com',
    version: 'v1',
    plural: 'widgets',
    kind: 'Widget',
    singular: 'widget',
    shortNames: ['wd'],
    categories: [],
    namespaced: true,
    verbs: ['list'],
    subresources: [],
  };
  const kind = kindFromTable(resource, [
    {name: 'Name', type: 'string', format: 'name', description: ''},
    {name: 'Size', type: 'integer'},
    {name: 'Full Name', type: 'string', priority: 1},
    {name: 'Size', type: 'string'},
  ]);
  expect(kind.columns.map(({id, title, show}) => [id, title, show])).toEqual([
    ['name', 'NAME', undefined],
    ['size', 'SIZE', undefined],
    ['full-name', 'FULL NAME', 'wide'],
    ['size-3', 'SIZE', undefined],
    ['owner', 'CONTROLLED BY', 'asked'],
    ['labels', 'LABELS', 'asked'],
  ]);
  const object = {metadata: {name: 'w'}, cells: ['w', 10, null, 'big']};
  const texts = kind.columns.slice(0, 4).map((column) => {
    const value: unknown = column.value(object, {now: new Date()});
    return column.text === undefined ? String(value) : column.text(value);
  });
  expect(texts).toEqual(['w', '10', '', 'big']);
  expect(kind.columns[1]?.order?.(9, 10)).toBeLessThan(0);
});
