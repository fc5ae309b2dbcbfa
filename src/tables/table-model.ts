// The rows of one table in order: filtered, sorted, and kept so while objects come and go. Knows nothing of screens.
import type {Tone} from '../resources/column.ts';
import type {Filter} from './filter/compile.ts';
import {Row, type Item, type RowShape} from './row.ts';
import {compareKeys, sortKeyOf, sortRows} from './sort-rows.ts';

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

/** What changed in the objects, by uid; `reset` means everything may have. */
export type RowChange = {readonly reset: boolean; readonly changed: ReadonlySet<string>; readonly removed: ReadonlySet<string>};

/** Past this many changes at once a full sort is cheaper than single inserts. */
const BULK = 400;

/** The rows of one table. */
export class TableModel<T extends Item = any> {
  readonly shape: RowShape<T>;
  readonly #now: () => Date;
  #rows = new Map<string, Row<T>>();
  /** All rows by namespace and name: built once, and the order of equals in every other sort. */
  #base: Row<T>[] = [];
  #sorted: Row<T>[] = [];
  #shown: Row<T>[] = [];
  #view: TableView = {};
  #sortColumn = -1;
  /** Column the rows hold sort keys of. */
  #keyed = -1;
  /** How many rows of the base order have their search text. */
  #warmed = 0;
  /** The moment values are compared at: one for all rows, so that ages keep their order. */
  #epoch: Date;
  #tones: Map<Tone, number> | undefined;
  /** Grows with each change, for caches of whoever draws. */
  revision = 0;

  constructor(shape: RowShape<T>, now: () => Date) {
    this.shape = shape;
    this.#now = now;
    this.#epoch = now();
  }

  /** Rows shown. */
  get count(): number {
    return this.#shown.length;
  }

  /** All rows, shown or not. */
  get total(): number {
    return this.#rows.size;
  }

  get view(): TableView {
    return this.#view;
  }

  row(index: number): Row<T> | undefined {
    return this.#shown[index];
  }

  /** The window of rows from `start` on, at most `count`. */
  slice(start: number, count: number): readonly Row<T>[] {
    return this.#shown.slice(start, start + count);
  }

  get(uid: string): Row<T> | undefined {
    return this.#rows.get(uid);
  }

  /** Place of a row on the list, or -1. */
  indexOf(uid: string): number {
    const row = this.#rows.get(uid);
    if (row === undefined) return -1;
    const at = this.#find(this.#shown, row, this.#compare);
    return this.#shown[at] === row ? at : this.#shown.indexOf(row);
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

  /** Replaces everything; rows whose object is the same one, or the same version of it, stay. */
  set(items: ReadonlyMap<string, T>): void {
    const rows = new Map<string, Row<T>>();
    for (const [uid, item] of items) rows.set(uid, this.#rowFor(uid, item));
    this.#rows = rows;
    this.#base = [...rows.values()].sort(byPlace);
    this.#warmed = 0;
    this.refresh();
  }

  #rowFor(uid: string, item: T): Row<T> {
    const known = this.#rows.get(uid);
    if (known === undefined) return new Row(uid, item, this.shape);
    if (known.item === item) return known;
    const version = item.metadata.resourceVersion;
    return version !== undefined && known.item.metadata.resourceVersion === version ? known : new Row(uid, item, this.shape);
  }

  /** Takes what changed on a live list. */
  apply(items: ReadonlyMap<string, T>, change: RowChange): void {
    if (change.reset || change.changed.size + change.removed.size > BULK) {
      this.set(items);
      return;
    }
    for (const uid of change.removed) this.#remove(uid);
    for (const uid of change.changed) {
      const item = items.get(uid);
      const row = item === undefined ? undefined : this.#rowFor(uid, item);
      const before = this.#rows.get(uid);
      if (row !== undefined && before === row) continue;
      if (row !== undefined && before !== undefined && this.#replace(before, row)) continue;
      this.#remove(uid);
      if (row !== undefined) this.#insert(row);
    }
    this.revision += 1;
  }

  /** Puts a row where its older self stood, if it belongs there: most changes move nothing, and moving costs 50,000 steps. */
  #replace(before: Row<T>, row: Row<T>): boolean {
    const column = this.shape.columns[this.#sortColumn];
    if (column !== undefined) row.sortKey = sortKeyOf(row.value(this.#sortColumn, this.#epoch), column);
    const shows = this.#shown === this.#sorted || this.#passes(row) === this.#passes(before);
    if (!shows || this.#compare(before, row) !== 0) return false;
    const lists = new Set([this.#base, this.#sorted, ...(this.#shown !== this.#sorted && !this.#passes(row) ? [] : [this.#shown])]);
    const places: [Row<T>[], number][] = [];
    for (const list of lists) {
      const at = this.#find(list, before, list === this.#base ? byPlace : this.#compare);
      if (list[at] !== before) return false;
      places.push([list, at]);
    }
    for (const [list, at] of places) list[at] = row;
    this.#rows.set(row.uid, row);
    this.#count(before, -1);
    this.#count(row, 1);
    return true;
  }

  /** Keeps the numbers by tone once somebody asked for them. */
  #count(row: Row<T>, by: 1 | -1): void {
    const tone = this.#tones === undefined ? undefined : row.tone(this.#epoch);
    if (tone !== undefined) this.#tones?.set(tone, (this.#tones.get(tone) ?? 0) + by);
  }

  /** Shows other rows or another order. */
  show(view: TableView): void {
    const before = this.#view;
    this.#view = view;
    if (view.sort?.column !== before.sort?.column || view.sort?.down !== before.sort?.down) this.#sort();
    else if (view.filter?.text !== before.filter?.text || view.faults !== before.faults || view.owner !== before.owner)
      this.#filter();
  }

  /** Sorts and filters again: values changed that are not part of the objects. */
  refresh(): void {
    this.#epoch = this.#now();
    this.#keyed = -1;
    this.#sort();
  }

  /**
   * Prepares search texts for up to `milliseconds`, so that the first letter of a filter finds them made. True when all are
   * ready; call it again when idle otherwise.
   */
  warm(milliseconds: number, clock: () => number = () => performance.now()): boolean {
    const until = clock() + milliseconds;
    for (; this.#warmed < this.#base.length; this.#warmed += 1) {
      this.#base[this.#warmed]!.searchText(this.#epoch);
      if (this.#warmed % 64 === 63 && clock() > until) return false;
    }
    return true;
  }

  #changed(): void {
    this.#tones = undefined;
    this.revision += 1;
  }

  #sort(): void {
    const {sort} = this.#view;
    this.#sortColumn = sort === undefined ? -1 : this.shape.columns.findIndex(({id}) => id === sort.column);
    const column = this.shape.columns[this.#sortColumn];
    if (column === undefined) this.#sorted = this.#base;
    else {
      // The other direction needs the same keys; only then may the moment stay as it was.
      if (this.#keyed !== this.#sortColumn) {
        this.#epoch = this.#now();
        for (const row of this.#base) row.sortKey = sortKeyOf(row.value(this.#sortColumn, this.#epoch), column);
        this.#keyed = this.#sortColumn;
      }
      this.#sorted = sortRows(this.#base, column.order, sort?.down === true);
    }
    this.#filter();
  }

  #filter(): void {
    const {filter, faults, owner} = this.#view;
    const everything = filter?.ok !== true && faults !== true && owner === undefined;
    // Without a filter both lists are one, and clearing a filter costs nothing.
    this.#shown = everything ? this.#sorted : this.#sorted.filter((row) => this.#passes(row));
    this.#changed();
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

  /** Order of two rows; place decides when the values do not, so that the order never flickers. */
  readonly #compare = (a: Row<T>, b: Row<T>): number => {
    const column = this.shape.columns[this.#sortColumn];
    if (column !== undefined) {
      const order = compareKeys(a.sortKey, b.sortKey, column.order);
      if (order !== 0) return this.#view.sort?.down === true ? -order : order;
    }
    return byPlace(a, b);
  };

  /** Where a row stands, or would stand. */
  #find(list: readonly Row<T>[], row: Row<T>, compare: (a: Row<T>, b: Row<T>) => number): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(list[middle]!, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #take(list: Row<T>[], row: Row<T>, compare: (a: Row<T>, b: Row<T>) => number): void {
    let at = this.#find(list, row, compare);
    if (list[at] !== row) at = list.indexOf(row);
    if (at >= 0) list.splice(at, 1);
  }

  #remove(uid: string): void {
    const row = this.#rows.get(uid);
    if (row === undefined) return;
    this.#rows.delete(uid);
    this.#count(row, -1);
    this.#take(this.#base, row, byPlace);
    if (this.#sorted !== this.#base) this.#take(this.#sorted, row, this.#compare);
    if (this.#shown !== this.#sorted) this.#take(this.#shown, row, this.#compare);
  }

  #insert(row: Row<T>): void {
    this.#rows.set(row.uid, row);
    this.#count(row, 1);
    const column = this.shape.columns[this.#sortColumn];
    if (column !== undefined) row.sortKey = sortKeyOf(row.value(this.#sortColumn, this.#epoch), column);
    this.#base.splice(this.#find(this.#base, row, byPlace), 0, row);
    if (this.#sorted !== this.#base) this.#sorted.splice(this.#find(this.#sorted, row, this.#compare), 0, row);
    if (this.#shown !== this.#sorted && this.#passes(row)) this.#shown.splice(this.#find(this.#shown, row, this.#compare), 0, row);
  }
}

const byPlace = (a: Row, b: Row): number => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0);
