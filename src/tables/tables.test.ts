import {describe, expect, test} from 'vitest';
import type {KubeObject} from '../kube/types/object.ts';
import {column, type Column} from '../resources/column.ts';
import {parseQuantity, quantityText} from '../base/quantity.ts';
import {compileFilter} from './filter/compile.ts';
import {Layout} from './layout.ts';
import {naturalKey} from './natural-key.ts';
import {TableModel, type TableView} from './table-model.ts';

type Thing = KubeObject & {readonly restarts?: number; readonly cpu?: string; readonly status?: string; readonly born?: number};

const now = new Date('2026-01-01T01:00:00Z');
const columns: readonly Column<Thing>[] = [
  column<Thing, string>({id: 'name', title: 'NAME', value: (thing) => thing.metadata.name ?? '', keep: 9}),
  column<Thing, string>({id: 'status', title: 'STATUS', value: (thing) => thing.status ?? 'Running', keep: 8}),
  column<Thing, {readonly count: number}>({
    id: 'restarts',
    title: 'RESTARTS',
    value: (thing) => ({count: thing.restarts ?? 0}),
    text: ({count}) => (count > 3 ? `${count} (3m ago)` : String(count)),
    order: (a, b) => a.count - b.count,
    keep: 6,
  }),
  column<Thing, ReturnType<typeof parseQuantity>>({
    id: 'cpu',
    title: 'CPU',
    value: (thing) => parseQuantity(thing.cpu ?? '0'),
    text: (value) => quantityText(value!),
    keep: 2,
    align: 'right',
  }),
  column<Thing, number | undefined>({
    id: 'age',
    title: 'AGE',
    value: (thing, at) => (thing.born === undefined ? undefined : at.now.getTime() - thing.born),
    ticks: true,
    align: 'right',
    keep: 7,
    text: (ms) => `${ms}`,
  }),
  column<Thing, string>({id: 'ip', title: 'IP', value: () => '10.0.0.1', show: 'wide', keep: 1}),
];

const thing = (name: string, more: Partial<Thing> = {}, version = '1'): Thing => ({
  metadata: {name, namespace: 'shop', uid: name, resourceVersion: version, labels: {app: name.split('-')[0]!}},
  born: now.getTime() - 60_000,
  ...more,
});
const things = (...list: readonly Thing[]): Map<string, Thing> => new Map(list.map((one) => [one.metadata.uid!, one]));
const model = (...list: readonly Thing[]): TableModel<Thing> => {
  const made = new TableModel<Thing>({columns}, () => now);
  made.set(things(...list));
  return made;
};
const names = (made: TableModel<Thing>): string[] => made.slice(0, made.count).map((row) => row.name);

describe('order', () => {
  test('names sort as people count', () => {
    expect(names(model(thing('web-10'), thing('web-9'), thing('web-1'), thing('api')))).toEqual([
      'api',
      'web-1',
      'web-9',
      'web-10',
    ]);
    for (const [first, second] of [
      ['a9', 'a10'],
      ['a1b2', 'a1b10'],
      ['a', 'a1'],
      ['v1', 'v1beta1'],
      ['x99', 'x100'],
      ['a-1', 'aa'],
      ['1', '2'],
      ['9999999999', '10000000000'],
    ] as const) {
      expect(naturalKey(first) < naturalKey(second), `${first} before ${second}`).toBe(true);
    }
  });

  test('equal values keep the order of names, both ways', () => {
    const made = model(thing('c', {restarts: 1}), thing('a', {restarts: 1}), thing('b', {restarts: 5}));
    made.show({sort: {column: 'restarts', down: false}});
    expect(names(made)).toEqual(['a', 'c', 'b']);
    made.show({sort: {column: 'restarts', down: true}});
    expect(names(made)).toEqual(['b', 'a', 'c']);
  });

  test('missing values stand first', () => {
    const {born: _, ...unborn} = thing('z');
    const made = model(thing('a'), thing('b', {born: now.getTime() - 5}), unborn);
    made.show({sort: {column: 'age', down: false}});
    expect(names(made)).toEqual(['z', 'b', 'a']);
    made.show({sort: {column: 'age', down: true}});
    expect(names(made)).toEqual(['a', 'b', 'z']);
  });
});

test.each<TableView>([
  {},
  {sort: {column: 'age', down: false}},
  {sort: {column: 'status', down: true}},
  {sort: {column: 'restarts', down: false}},
  {filter: compileFilter('running', columns)},
  {sort: {column: 'age', down: true}, filter: compileFilter('restarts>=2', columns)},
])('changes one by one end where a fresh start does: %j', (view) => {
  let seed = 7;
  const below = (limit: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % limit;
  const live = new TableModel<Thing>({columns}, () => now);
  live.show(view);
  const items = new Map<string, Thing>();
  for (let round = 0; round < 60; round += 1) {
    const changed = new Set<string>();
    const removed = new Set<string>();
    for (let step = below(6); step >= 0; step -= 1) {
      const uid = `pod-${below(40)}`;
      if (below(4) === 0) {
        if (items.delete(uid)) removed.add(uid);
        changed.delete(uid);
      } else {
        items.set(
          uid,
          thing(
            uid,
            {restarts: below(4), status: below(3) === 0 ? 'Pending' : 'Running', born: now.getTime() - below(9) * 1000},
            `${round}-${step}`,
          ),
        );
        changed.add(uid);
        removed.delete(uid);
      }
    }
    live.apply(items, {reset: false, changed, removed});
    const fresh = new TableModel<Thing>({columns}, () => now);
    fresh.show(view);
    fresh.set(items);
    expect(names(live)).toEqual(names(fresh));
    expect(live.total).toBe(items.size);
    live.slice(0, live.count).forEach((row, index) => expect(live.indexOf(row.uid)).toBe(index));
  }
});

test('a row stays while its object is the same version', () => {
  const made = model(thing('a'), thing('b'));
  const row = made.get('a');
  made.apply(things(thing('a'), thing('b', {restarts: 1}, '2')), {reset: false, changed: new Set(['a', 'b']), removed: new Set()});
  expect(made.get('a')).toBe(row);
  made.set(things(thing('a', {}, '3')));
  expect(made.get('a')).not.toBe(row);
});

describe('filters', () => {
  const made = model(
    thing('checkout-1', {restarts: 7, cpu: '250m', born: now.getTime() - 5 * 60_000}),
    thing('checkout-2', {status: 'Pending', cpu: '1', born: now.getTime() - 3 * 3_600_000}),
    thing('cart-1', {status: 'CrashLoopBackOff', restarts: 2, cpu: '50m'}),
    thing('web', {cpu: '100m'}),
  );

  test.each<readonly [string, readonly string[]]>([
    ['check', ['checkout-1', 'checkout-2']],
    ['CHECK', ['checkout-1', 'checkout-2']],
    ['!check', ['cart-1', 'web']],
    ['! check', ['cart-1', 'web']],
    ['/^shop c.*-1/', ['cart-1', 'checkout-1']],
    ['c.*-1', ['cart-1', 'checkout-1']],
    ['foo(', []],
    ['~chkt', ['checkout-1', 'checkout-2']],
    ['-f crt', ['cart-1']],
    ['-l app=web', ['web']],
    ['-lapp=web', ['web']],
    ['app!=web', ['cart-1', 'checkout-1', 'checkout-2']],
    ['-l app in (cart,web)', ['cart-1', 'web']],
    ['-l app in (cart,web) status=Running', ['web']],
    ['cpu>100m', ['checkout-1', 'checkout-2']],
    ['cpu>=0.1', ['checkout-1', 'checkout-2', 'web']],
    ['CPU<100m', ['cart-1']],
    ['age<10m', ['cart-1', 'checkout-1', 'web']],
    ['age>1h', ['checkout-2']],
    ['restarts>=5', ['checkout-1']],
    ['restarts=2', ['cart-1']],
    ['status=pending', ['checkout-2']],
    ['status!=Running', ['cart-1', 'checkout-2']],
    ['status=~^crash', ['cart-1']],
    ['status!~ing$', ['cart-1']],
    ['status=', ['cart-1', 'checkout-1', 'checkout-2', 'web']],
    ['pending or cart', ['cart-1', 'checkout-2']],
    ['pending || web', ['checkout-2', 'web']],
    ['check and running', ['checkout-1']],
    ['check running', ['checkout-1']],
    ['check !pending', ['checkout-1']],
    ['(pending or cart) 2', ['cart-1', 'checkout-2']],
    ['!(pending or cart)', ['checkout-1', 'web']],
    ['pending or cart restarts>1', ['cart-1', 'checkout-2']],
    ['"checkout-1 running"', ['checkout-1']],
    ['nope=1 web', []],
  ])('%s', (text, wanted) => {
    made.show({filter: compileFilter(text, columns)});
    expect(names(made)).toEqual(wanted);
  });

  test.each(['', '  ', '!', '~', '-l', '/'])('%j filters nothing', (text) => {
    expect(compileFilter(text, columns)).toBeUndefined();
  });

  test.each([
    ['/a(/', 'not a regular expression'],
    ['-l a==b==c', 'is not a label selector'],
    ['status=~(', 'not a regular expression'],
  ])('%s is told to be wrong and hides nothing', (text, says) => {
    const filter = compileFilter(text, columns);
    expect(filter).toMatchObject({ok: false});
    expect(filter?.says).toContain(says);
    made.show({filter});
    expect(made.count).toBe(4);
  });

  test('a filter says what it does', () => {
    expect(compileFilter('~chk -l app=web !x restarts>=5', columns)?.says).toBe(
      'like chk and labels app=web and not x and RESTARTS >= 5',
    );
  });

  test('search texts can be made ahead, a little at a time', () => {
    const big = model(...Array.from({length: 500}, (_, index) => thing(`pod-${index}`)));
    let time = 0;
    let calls = 0;
    while (!big.warm(1, () => (time += 1))) calls += 1;
    expect(calls).toBeGreaterThan(1);
    expect(big.warm(1)).toBe(true);
  });
});

describe('layout', () => {
  const rows = model(thing('checkout-7d9f5c8b6-x2x9p-with-quite-a-long-name'), thing('b')).slice(0, 2);
  const place = (width: number, wish: Partial<Parameters<Layout['place']>[3]> = {}): string[] =>
    new Layout()
      .place(columns, rows, width, {wide: false, namespace: false, sorted: undefined, ...wish}, now)
      .map(({index, width: cells}) => `${columns[index]!.id}:${cells}`);

  test('everything shows when there is room', () => {
    expect(place(200)).toEqual(['name:47', 'status:7', 'restarts:9', 'cpu:4', 'age:5']);
    expect(place(200, {wide: true}).at(-1)).toBe('ip:8');
    expect(place(200, {sorted: 'ip'}).at(-1)).toBe('ip:8');
  });

  test('names are cut before columns go, and columns go by how much they matter', () => {
    expect(place(70)).toEqual(['name:37', 'status:7', 'restarts:9', 'cpu:4', 'age:5']);
    expect(place(56)).toEqual(['name:29', 'status:7', 'restarts:9', 'age:5']);
    expect(place(40)).toEqual(['name:24', 'status:7', 'age:5']);
    expect(place(30)).toEqual(['name:30']);
  });

  test.each([20, 30, 40, 57, 60, 80, 100, 140])('nothing is wider than %d cells', (width) => {
    const placed = new Layout().place(columns, rows, width, {wide: true, namespace: false, sorted: undefined}, now);
    expect(placed.reduce((sum, {width: cells}) => sum + cells + 2, -2)).toBeLessThanOrEqual(width);
  });

  test('columns do not shrink while rows scroll by', () => {
    const layout = new Layout();
    const wish = {wide: false, namespace: false, sorted: undefined};
    const before = layout.place(columns, rows, 200, wish, now);
    expect(layout.place(columns, rows.slice(0, 1), 200, wish, now)).toEqual(before);
    layout.reset();
    expect(layout.place(columns, rows.slice(0, 1), 200, wish, now)[0]!.width).toBeLessThan(before[0]!.width);
  });
});

test('a changed row that keeps its place is replaced there, and the numbers by tone follow', () => {
  const named = (name: string, state: string): KubeObject & {readonly state: string} => ({
    metadata: {name, namespace: 'a', uid: name, resourceVersion: `${name}-${state}`},
    state,
  });
  const shape = {
    columns: [
      {id: 'name', title: 'NAME', value: (one: KubeObject) => one.metadata.name},
      {id: 'state', title: 'STATE', value: (one: {readonly state: string}) => one.state},
    ],
    tone: (one: {readonly state: string}) => (one.state === 'bad' ? ('bad' as const) : ('ok' as const)),
  };
  const items = new Map(['a', 'b', 'c'].map((name) => [name, named(name, 'good')]));
  for (const sort of [undefined, {column: 'state', down: false}]) {
    const model = new TableModel<any>(shape as never, () => new Date());
    model.show({sort});
    model.set(items);
    expect(Object.fromEntries(model.tones())).toEqual({ok: 3});
    const change = (name: string, state: string): void => {
      const next = new Map(items).set(name, named(name, state));
      model.apply(next, {reset: false, changed: new Set([name]), removed: new Set()});
    };
    change('b', 'bad');
    expect(model.slice(0, 9).map(({name, item}) => `${name} ${(item as {state: string}).state}`)).toEqual(
      sort === undefined ? ['a good', 'b bad', 'c good'] : ['b bad', 'a good', 'c good'],
    );
    expect([model.tones().get('ok'), model.tones().get('bad')]).toEqual([2, 1]);
    model.apply(items, {reset: false, changed: new Set(), removed: new Set(['b'])});
    expect([model.count, model.tones().get('bad')]).toEqual([2, 0]);
  }
});

test('a column that cannot read an object costs that cell, and neither the row, the order nor the filter', () => {
  const broken: readonly Column<Thing>[] = [
    ...columns,
    column<Thing, {readonly size: number}>({
      id: 'odd',
      title: 'ODD',
      value: (one) => {
        if (one.metadata.name === 'bad') throw new TypeError('no such field');
        return {size: 1};
      },
      text: ({size}) => `size ${size}`,
      order: (a, b) => a.size - b.size,
      tone: ({size}) => (size > 0 ? 'ok' : 'bad'),
      keep: 1,
    }),
  ];
  const made = new TableModel<Thing>(
    {
      columns: broken,
      tone: (one) => {
        if (one.metadata.name === 'bad') throw new TypeError('no such field');
        return 'ok';
      },
    },
    () => now,
  );
  made.set(things(thing('good'), thing('bad')));
  const odd = broken.length - 1;
  const bad = made.slice(0, 2).find(({name}) => name === 'bad')!;
  expect(bad.text(odd, now)).toBe('?');
  expect(bad.cellTone(odd, now)).toBeUndefined();
  expect(bad.tone(now)).toBeUndefined();
  expect(bad.text(0, now)).toBe('bad');
  made.show({sort: {column: 'odd', down: false}});
  expect(names(made)).toEqual(['bad', 'good']);
  expect(bad.searchText(now)).toContain('running');
});
