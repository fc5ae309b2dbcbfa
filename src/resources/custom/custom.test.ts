import {expect, test} from 'vitest';
import {DescribePaper} from '../describe-writer.ts';
import {arrayView} from '../../../test/support/resources/array-view.ts';
import {describeGeneric} from './describe.ts';
import {fieldTitle} from './field-title.ts';
import type {Column} from '../column.ts';
import {columnsFromTable} from './from-table.ts';

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

/** Texts of one object in each column. */
const textsOf = (columns: readonly Column<any>[], cells: readonly unknown[], created?: string): readonly string[] => {
  const object = {metadata: {name: 'w', ...(created === undefined ? {} : {creationTimestamp: created})}, cells};
  return columns.map((column) => {
    const value: unknown = column.value(object, {now: new Date('2026-11-21T12:00:00Z')});
    return column.text === undefined ? String(value) : column.text(value);
  });
};

test('columns are made from those the server prints', () => {
  const columns = columnsFromTable([
    {name: 'Name', type: 'string', format: 'name', wide: false},
    {name: 'Size', type: 'integer', wide: false},
    {name: 'Full Name', type: 'string', wide: true},
    {name: 'Size', type: 'string', wide: false},
  ]);
  expect(columns.map(({id, title, show}) => [id, title, show])).toEqual([
    ['name', 'NAME', undefined],
    ['size', 'SIZE', undefined],
    ['full-name', 'FULL NAME', 'wide'],
    ['size-3', 'SIZE', undefined],
  ]);
  expect(textsOf(columns, ['w', 10, null, 'big'])).toEqual(['w', '10', '', 'big']);
  expect(columns[1]?.order?.(9, 10)).toBeLessThan(0);
});

const byPath = (path: string): string => `Custom resource definition column (in JSONPath format): ${path}`;

test.each([
  [
    'of a built-in kind',
    {
      name: 'Age',
      type: 'string',
      description: 'CreationTimestamp is a timestamp representing the server time when this object was created. It is',
    },
  ],
  [
    'of a custom kind without columns',
    {
      name: 'Age',
      type: 'date',
      description: 'CreationTimestamp is a timestamp representing the server time when this object was created. It is',
    },
  ],
  ['under another title', {name: 'Created', type: 'date', description: byPath('.metadata.creationTimestamp')}],
  ['in words of its author', {name: 'Age', type: 'date', description: 'How old the widget is.'}],
])('the age %s is worked out here, and goes on', (_which, column) => {
  const [, age] = columnsFromTable([
    {name: 'Name', type: 'string', wide: false},
    {...column, wide: false},
  ]);
  expect(age).toMatchObject({id: 'age', title: column.name.toUpperCase(), ticks: true});
  expect(textsOf([age!], ['w', '5s'], '2026-11-20T12:00:00Z')).toEqual(['24h']);
});

test('an AGE that is of something else stays as the server wrote it, and sorts as a time', () => {
  const columns = columnsFromTable([
    {name: 'Name', type: 'string', wide: false},
    {name: 'Age', type: 'date', description: byPath('.status.startTime'), wide: false},
    {name: 'Created', type: 'date', description: byPath('.metadata.creationTimestamp'), wide: false},
  ]);
  expect(columns.map(({id}) => id)).toEqual(['name', 'age-1', 'age']);
  expect(textsOf(columns, ['w', '3d4h', 'x'], '2026-11-20T12:00:00Z')).toEqual(['w', '3d4h', '24h']);
  const sorted = ['2d', '<unknown>', '100m', '45s', '3d4h', '2y10d', '9h'].toSorted((a, b) => columns[1]?.order?.(a, b) ?? 0);
  expect(sorted).toEqual(['<unknown>', '45s', '100m', '9h', '2d', '3d4h', '2y10d']);
  const moments = ['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'].toSorted((a, b) => columns[1]?.order?.(a, b) ?? 0);
  expect(moments).toEqual(['2026-03-01T00:00:00Z', '2026-01-01T00:00:00Z']);
});
