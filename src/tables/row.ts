// A row of a table: an object with its values and texts by column, computed when first needed and kept while the object stays.
import {cleanLine} from '../base/text.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {Column, Tone} from '../resources/column.ts';
import {naturalKey} from './natural-key.ts';

/** What a table shows: anything with an identity. */
export type Item = KubeObject;

/** How rows of a table are made. */
export type RowShape<T extends Item = any> = {
  readonly columns: readonly Column<T>[];
  readonly tone?: ((item: T, at: {readonly now: Date}) => Tone) | undefined;
};

/** One row. Replaced when its object is. */
export class Row<T extends Item = any> {
  readonly uid: string;
  readonly item: T;
  readonly name: string;
  readonly namespace: string;
  /** What the table sorts by now; written by the table. */
  sortKey: unknown = undefined;
  readonly #shape: RowShape<T>;
  #texts: (string | undefined)[] | undefined;
  #tone: Tone | undefined;
  #search: string | undefined;
  #place: string | undefined;

  constructor(uid: string, item: T, shape: RowShape<T>) {
    this.uid = uid;
    this.item = item;
    this.name = cleanLine(item.metadata.name ?? '');
    this.namespace = item.metadata.namespace ?? '';
    this.#shape = shape;
  }

  /** Where the row stands when nothing else decides: by namespace, then name, `web-10` after `web-9`. Compared with `<`. */
  get place(): string {
    return (this.#place ??= `${naturalKey(this.namespace)}\0${naturalKey(this.name)}\0${this.uid}`);
  }

  /** The column at an index. */
  shapeColumn(column: number): Column<T> | undefined {
    return this.#shape.columns[column];
  }

  /** Index of a column by id or title, whatever the case; -1 when there is none. */
  columnIndex(word: string): number {
    return columnIndex(this.#shape.columns, word);
  }

  /** Value of a column; never kept, since `ticks` columns change by the clock. */
  value(column: number, now: Date): unknown {
    const definition = this.#shape.columns[column];
    return definition === undefined ? undefined : valueOf(definition, this.item, {now});
  }

  /** Text of a column, safe for the screen. */
  text(column: number, now: Date): string {
    const definition = this.#shape.columns[column];
    if (definition === undefined) return '';
    if (definition.ticks === true) return textOf(definition, this.item, {now});
    return ((this.#texts ??= [])[column] ??= textOf(definition, this.item, {now}));
  }

  /** Tone of one cell. */
  cellTone(column: number, now: Date): Tone | undefined {
    const definition = this.#shape.columns[column];
    return definition?.tone === undefined ? undefined : guarded(() => definition.tone?.(definition.value(this.item, {now})));
  }

  /** How the object is doing; undefined when its kind does not say. */
  tone(now: Date): Tone | undefined {
    if (this.#shape.tone === undefined) return undefined;
    const {tone} = this.#shape;
    return (this.#tone ??= guarded(() => tone(this.item, {now})));
  }

  /** All texts but amounts and the ones that tick, lower case, for filters. */
  searchText(now: Date): string {
    if (this.#search !== undefined) return this.#search;
    let text = this.namespace;
    const {columns} = this.#shape;
    const at = {now};
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index]!;
      // Not kept as separate texts: a filter over 50,000 rows must not fill the memory twice.
      if (column.ticks !== true && column.search !== false)
        text += ` ${guarded(() => rawText(column, column.value(this.item, at))) ?? ''}`;
    }
    return (this.#search = cleanLine(text).toLowerCase());
  }
}

// An object no server would send, or a plugin's column with a mistake, costs its own cell and nothing else.
const guarded = <R>(read: () => R): R | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

const valueOf = (column: Column<any>, item: Item, at: {readonly now: Date}): unknown => guarded(() => column.value(item, at));

/** What stands in a cell whose column could not read the object. */
const UNREADABLE = '?';

const textOf = (column: Column<any>, item: Item, at: {readonly now: Date}): string =>
  guarded(() => columnText(column, column.value(item, at))) ?? UNREADABLE;

const rawText = (column: Column<any>, value: unknown): string => {
  if (column.text !== undefined) return column.text(value);
  return value === undefined || value === null ? '' : String(value);
};

/** Text of a value as the screen shows it. */
export const columnText = (column: Column<any>, value: unknown): string => cleanLine(rawText(column, value));

/** Index of a column by id or title, whatever the case; -1 when there is none. */
export const columnIndex = (columns: readonly Column<any>[], word: string): number => {
  const lower = word.toLowerCase();
  const byId = columns.findIndex((column) => column.id === lower);
  return byId >= 0 ? byId : columns.findIndex((column) => column.title.toLowerCase() === lower);
};
