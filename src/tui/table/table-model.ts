// The rows of one table in order: filtered, sorted, kept so while objects come and go. Lives outside the session's state.
import type {Change} from '../../cache/live-list.ts';
import type {Tone} from '../../resources/column.ts';
import type {Filter} from './filter.ts';
import {Row} from './row.ts';
import type {Item, RowShape} from './row.ts';

/** Which rows are shown, and in which order. */
export type TableView = {
  readonly filter?: Filter | undefined;
  /** Id of a column; rows stand by namespace and name without one. */
  readonly sort?: {readonly column: string; readonly down: boolean} | undefined;
  /** Only rows that are not doing well. */
  readonly faults?: boolean | undefined;
  /** Only objects this uid owns: names would mix objects of two namespaces. */
  readonly owner?: string | undefined;
};

/** Past this many changes at once a full sort is cheaper than single inserts. */
const bulk = 400;

const naturalParts = /(\d+)/;
/** Text order in which `web-10` follows `web-9`. Plain `<` first: it decides nearly always. */
export const naturalOrder = (a: string, b: string): number => {
  if (a === b) return 0;
  const digits = /\d/;
  if (!digits.test(a) || !digits.test(b)) return a < b ? -1 : 1;
  const left = a.split(naturalParts);
  const right = b.split(naturalParts);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const one = left[at] ?? '';
    const other = right[at] ?? '';
    if (one === other) continue;
    if (at % 2 === 1) return Number(one) - Number(other) || (one < other ? -1 : 1);
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
};

/** The rows of one table. */
export class TableModel<T extends Item = any> {
  readonly shape: RowShape<T>;
  #rows = new Map<string, Row<T>>();
  #order: Row<T>[] = [];
  #view: TableView = {};
  /** The moment values are compared at: one for all rows, so that ages keep their order. */
  #epoch: Date;
  readonly #now: () => Date;
  #sortKeys = new WeakMap<Row<T>, unknown>();
  #sortColumn = -1;
  #tones: ReadonlyMap<Tone, number> | undefined;
  /** Grows with each change, for caches of whoever draws. */
  revision = 0;

  constructor(shape: RowShape<T>, now: () => Date) {
    this.shape = shape;
    this.#now = now;
    this.#epoch = now();
  }

  /** Rows shown. */
  get count(): number {
    return this.#order.length;
  }

  /** All rows, shown or not. */
  get total(): number {
    return this.#rows.size;
  }

  get view(): TableView {
    return this.#view;
  }

  row(index: number): Row<T> | undefined {
    return this.#order[index];
  }

  /** The rows from `start` on, at most `count`. */
  slice(start: number, count: number): readonly Row<T>[] {
    return this.#order.slice(start, start + count);
  }

  get(uid: string): Row<T> | undefined {
    return this.#rows.get(uid);
  }

  /** Place of a row on the list, or -1. */
  indexOf(uid: string): number {
    const row = this.#rows.get(uid);
    if (row === undefined) return -1;
    const at = this.#place(row);
    return this.#order[at] === row ? at : this.#order.indexOf(row);
  }

  /** Rows by tone, hidden ones too. */
  tones(): ReadonlyMap<Tone, number> {
    if (this.#tones === undefined) {
      const counted = new Map<Tone, number>();
      for (const row of this.#rows.values()) {
        const tone = row.tone(this.#epoch);
        if (tone !== undefined) counted.set(tone, (counted.get(tone) ?? 0) + 1);
      }
      this.#tones = counted;
    }
    return this.#tones;
  }

  /** Replaces everything; rows whose object is the same one stay. */
  set(items: ReadonlyMap<string, T>): void {
    const rows = new Map<string, Row<T>>();
    for (const [uid, item] of items) {
      const known = this.#rows.get(uid);
      rows.set(uid, known?.item === item ? known : new Row(uid, item, this.shape));
    }
    this.#rows = rows;
    this.#arrange();
  }

  /** Takes what changed on a live list. */
  apply(items: ReadonlyMap<string, T>, change: Change): void {
    if (change.reset || change.changed.size + change.removed.size > bulk) {
      this.set(items);
      return;
    }
    for (const uid of change.removed) this.#remove(uid);
    for (const uid of change.changed) {
      const item = items.get(uid);
      this.#remove(uid);
      if (item !== undefined) this.#insert(new Row(uid, item, this.shape));
    }
    this.#changed();
  }

  /** Shows other rows or another order. */
  show(view: TableView): void {
    const same = view.filter?.text === this.#view.filter?.text && view.faults === this.#view.faults
      && view.sort?.column === this.#view.sort?.column && view.sort?.down === this.#view.sort?.down && view.owner === this.#view.owner;
    this.#view = view;
    if (!same) this.#arrange();
  }

  /** Sorts and filters again: values changed that are not part of the objects. */
  refresh(): void {
    this.#arrange();
  }

  #changed(): void {
    this.#tones = undefined;
    this.revision++;
  }

  #passes(row: Row<T>): boolean {
    const {filter, faults, owner} = this.#view;
    if (owner !== undefined && row.item.metadata.ownerReferences?.some(({uid}) => uid === owner) !== true) return false;
    if (faults === true) {
      const tone = row.tone(this.#epoch);
      if (tone !== 'bad' && tone !== 'warn') return false;
    }
    return filter?.ok !== true || filter.test(row, this.#epoch);
  }

  #key(row: Row<T>): unknown {
    let key = this.#sortKeys.get(row);
    if (key === undefined) {
      key = row.value(this.#sortColumn, this.#epoch);
      this.#sortKeys.set(row, key);
    }
    return key;
  }

  /** Order of two rows; namespace and name decide when the values do not, so that the order never flickers. */
  #compare = (a: Row<T>, b: Row<T>): number => {
    const column = this.shape.columns[this.#sortColumn];
    if (column !== undefined) {
      const one = this.#key(a);
      const other = this.#key(b);
      const order = compareValues(one, other, column.order as ((a: unknown, b: unknown) => number) | undefined);
      if (order !== 0) return this.#view.sort?.down === true ? -order : order;
    }
    return naturalOrder(a.namespace, b.namespace) || naturalOrder(a.name, b.name) || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0);
  };

  #arrange(): void {
    this.#epoch = this.#now();
    this.#sortKeys = new WeakMap();
    this.#sortColumn = this.#view.sort === undefined ? -1 : this.shape.columns.findIndex(({id}) => id === this.#view.sort?.column);
    this.#order = [...this.#rows.values()].filter((row) => this.#passes(row)).sort(this.#compare);
    this.#changed();
  }

  /** Where a row stands or would stand. */
  #place(row: Row<T>): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#order[middle];
      if (other !== undefined && this.#compare(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #remove(uid: string): void {
    const row = this.#rows.get(uid);
    if (row === undefined) return;
    const at = this.indexOf(uid);
    if (at >= 0) this.#order.splice(at, 1);
    this.#rows.delete(uid);
  }

  #insert(row: Row<T>): void {
    this.#rows.set(row.uid, row);
    if (this.#passes(row)) this.#order.splice(this.#place(row), 0, row);
  }
}

const compareValues = (a: unknown, b: unknown, order: ((a: unknown, b: unknown) => number) | undefined): number => {
  if (order !== undefined) return order(a, b);
  const missing = (value: unknown): boolean => value === undefined || value === null;
  if (missing(a) || missing(b)) return Number(missing(b)) - Number(missing(a));
  if (typeof a === 'string' && typeof b === 'string') return naturalOrder(a, b);
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
};
