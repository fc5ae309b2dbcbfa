// Columns of the built-in kinds against the table the API server prints for the same objects.
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {goSprint} from '../../../src/base/go-format.ts';
import {keepTree} from '../../../src/kube/decode/keep.ts';
import {projector} from '../../../src/kube/decode/project.ts';
import {StringPool} from '../../../src/kube/decode/strings.ts';
import type {AnyObject} from '../../../src/kube/types/object.ts';
import type {Column} from '../../../src/resources/column.ts';
import {catalogue} from '../../../src/resources/catalogue.ts';
import {kindKey} from '../../../src/resources/kind.ts';
import {openHand, type Hand} from './hand.ts';
import {fillZoo} from './zoo/fill.ts';

let hand: Hand;
beforeAll(async () => {
  hand = await openHand('columns');
  await fillZoo(hand);
});
afterAll(async () => {
  await hand?.remove();
});

const textOf = (column: Column<AnyObject>, object: AnyObject, now: number): string => {
  const value: unknown = column.value(object, {now: new Date(now)});
  return column.text === undefined ? String(value) : column.text(value);
};

/** The server worked its ages out somewhere between the two times. */
const expectCell = (column: Column<AnyObject>, object: AnyObject, cell: unknown, times: readonly number[]): void => {
  const texts = times.map((now) => textOf(column, object, now));
  expect(texts, `${object.metadata.name} ${column.title}`).toContain(cell === null ? '' : goSprint(cell));
};

describe.each(catalogue.map((entry) => [kindKey(entry.ref), entry] as const))('%s', (_key, entry) => {
  test('titles and cells are the server’s, on full and on trimmed objects', async () => {
    const kind = await entry.load();
    const printed = kind.columns.filter((column) => column.show !== 'asked');
    const {table, from, to} = await hand.table(kind.ref, kind.namespaced ? hand.namespace : '');
    expect(printed.map((column) => column.title)).toEqual(table.columnDefinitions.map(({name}) => name.toUpperCase()));
    expect(printed.map((column) => column.show === 'wide')).toEqual(table.columnDefinitions.map(({priority}) => priority !== 0));
    expect(table.rows.length).toBeGreaterThan(0);
    const times = [from, (from + to) / 2, to];
    const trim = projector({...kind.ref, kind: kind.kind}, keepTree(kind.keep), new StringPool());
    for (const {cells, object} of table.rows) {
      expect(cells).toHaveLength(printed.length);
      const trimmed = trim(object as AnyObject) as AnyObject;
      for (const [index, column] of printed.entries()) {
        expectCell(column, object as AnyObject, cells[index], times);
        expectCell(column, trimmed, cells[index], times);
      }
    }
  });

  test('columns to ask for and health say the same of a trimmed object', async () => {
    const kind = await entry.load();
    const {table, to} = await hand.table(kind.ref, kind.namespaced ? hand.namespace : '');
    const trim = projector({...kind.ref, kind: kind.kind}, keepTree(kind.keep), new StringPool());
    for (const {object} of table.rows) {
      const full = object as AnyObject;
      const trimmed = trim(full) as AnyObject;
      for (const column of kind.columns) expect(textOf(column, trimmed, to), column.id).toBe(textOf(column, full, to));
      const now = new Date(to);
      const health = kind.health?.(full, {now});
      expect(kind.health?.(trimmed, {now})).toEqual(health);
      if (health !== undefined) expect(health.reason, full.metadata.name).toMatch(/\S/);
      for (const relation of kind.relations ?? []) {
        if (relation.full === true) continue;
        expect(relation.targets?.(trimmed)).toEqual(relation.targets?.(full));
        expect(relation.selects?.(trimmed)).toEqual(relation.selects?.(full));
      }
    }
  });
});
