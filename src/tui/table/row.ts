// A row of a table: an object, its values and texts by column, computed when first needed and kept while the object stays.
import type {KubeObject} from '../../kube/types/object.ts';
import type {Column, Tone} from '../../resources/column.ts';
import {clean} from '../text/cells.ts';

/** What a table shows: anything with an identity. */
export type Item = KubeObject;

/** How rows of a table are made. Columns stand in the order of their ids in the kind. */
export type RowShape<T extends Item = any> = {
  readonly columns: readonly Column<T>[];
  readonly tone?: ((item: T, at: {readonly now: Date}) => Tone) | undefined;
};

/** One row. Replaced when its object is. */
export class Row<T extends Item = any> {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly item: T;
  readonly #shape: RowShape<T>;
  #texts: (string | undefined)[] = [];
  #tone: Tone | undefined;
  #search: string | undefined;

  constructor(uid: string, item: T, shape: RowShape<T>) {
    this.uid = uid;
    this.item = item;
    this.name = clean(item.metadata.name ?? '');
    this.namespace = item.metadata.namespace ?? '';
    this.#shape = shape;
  }

  /** The column at an index. */
  shapeColumn(column: number): Column<T> | undefined {
    return this.#shape.columns[column];
  }

  /** Value of a column; never kept, since `ticks` columns change by the clock. */
  value(column: number, now: Date): unknown {
    return this.#shape.columns[column]?.value(this.item, {now});
  }

  /** Text of a column, safe for the screen. */
  text(column: number, now: Date): string {
    const definition = this.#shape.columns[column];
    if (definition === undefined) return '';
    if (definition.ticks === true) return textOf(definition, definition.value(this.item, {now}));
    return (this.#texts[column] ??= textOf(definition, definition.value(this.item, {now})));
  }

  /** Tone of one cell. */
  cellTone(column: number, now: Date): Tone | undefined {
    const definition = this.#shape.columns[column];
    return definition?.tone?.(definition.value(this.item, {now}));
  }

  /** How the object is doing; undefined when its kind does not say. */
  tone(now: Date): Tone | undefined {
    if (this.#shape.tone === undefined) return undefined;
    return (this.#tone ??= this.#shape.tone(this.item, {now}));
  }

  /** All texts but the ones that tick, lower case, for filters. */
  searchText(now: Date): string {
    this.#search ??= [
      this.namespace,
      ...this.#shape.columns.map((column, index) => (column.ticks === true ? '' : this.text(index, now))),
    ]
      .join(' ')
      .toLowerCase();
    return this.#search;
  }
}

const textOf = (column: Column<any>, value: unknown): string => {
  if (column.text !== undefined) return clean(column.text(value as never));
  return value === undefined || value === null ? '' : clean(String(value));
};
