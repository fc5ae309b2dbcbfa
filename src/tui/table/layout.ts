// Which columns fit, and how wide each is. Widths follow what is visible and only grow while a table stays the same.
import type {Column} from '../../resources/column.ts';
import {widthOf} from '../text/cells.ts';
import type {Row} from './row.ts';

/** A column on the screen: its index in the shape and its cells. */
export type Placed = {readonly index: number; readonly width: number};

/** Which columns may show. */
export type LayoutWish = {
  readonly wide: boolean;
  /** NAMESPACE stands first when rows of several namespaces are shown. */
  readonly namespace: boolean;
  readonly sorted: string | undefined;
};

/** Blanks between two columns. */
export const gap = 2;
/** The cell before the first column: cursor bar, health sign, one blank. */
export const gutter = 3;

const isShown = (column: Column<any>, wish: LayoutWish): boolean => {
  if (column.id === wish.sorted) return true;
  if (column.id === 'namespace') return wish.namespace;
  return column.show === undefined || column.show === 'always' || (column.show === 'wide' && wish.wide);
};

/** Remembers widths of one table so that columns do not jump while rows scroll by. */
export class Layout {
  #widest: number[] = [];
  #shape: readonly Column<any>[] = [];

  /** Forgets widths: the filter, the sort or the columns changed. */
  reset(): void {
    this.#widest = [];
  }

  /** Places columns for the rows on screen. `NAME` and its like take what is left over, and give when it is tight. */
  place(columns: readonly Column<any>[], rows: readonly Row[], width: number, wish: LayoutWish, now: Date): readonly Placed[] {
    if (columns !== this.#shape) {
      this.#shape = columns;
      this.reset();
    }
    const shown = columns.map((column, index) => ({column, index})).filter(({column}) => isShown(column, wish));
    for (const {column, index} of shown) {
      const title = widthOf(column.title) + 1;
      let widest = Math.max(this.#widest[index] ?? 0, title);
      for (const row of rows) widest = Math.max(widest, widthOf(row.text(index, now)));
      this.#widest[index] = widest;
    }
    const room = width - gutter;
    const natural = (index: number): number => this.#widest[index] ?? 0;
    const total = (list: readonly {readonly index: number}[]): number => list.reduce((sum, {index}) => sum + natural(index) + gap, -gap);
    // Long free text may be cut before a whole column is given up.
    const least = (column: Column<any>, index: number): number =>
      Math.min(natural(index), column.id === 'name' ? 24 : column.align === 'right' || column.ticks === true ? natural(index) : Math.max(10, widthOf(column.title) + 1));
    let kept = shown;
    const needed = (list: typeof shown): number => list.reduce((sum, {column, index}) => sum + least(column, index) + gap, -gap);
    while (kept.length > 1 && needed(kept) > room) {
      const weakest = kept.reduce((worst, one) => ((one.column.keep ?? 5) < (worst.column.keep ?? 5) || ((one.column.keep ?? 5) === (worst.column.keep ?? 5) && one.index > worst.index && one.column.id !== 'name') ? one : worst), kept[0] ?? {column: columns[0] as Column<any>, index: 0});
      kept = kept.filter((one) => one !== weakest);
    }
    let over = total(kept) - room;
    const widths = new Map(kept.map(({index}) => [index, natural(index)]));
    // Cut the widest first, down to its least width.
    while (over > 0) {
      const candidates = kept.filter(({column, index}) => (widths.get(index) ?? 0) > least(column, index));
      const widest = candidates.sort((a, b) => (widths.get(b.index) ?? 0) - (widths.get(a.index) ?? 0))[0];
      if (widest === undefined) break;
      const now_ = widths.get(widest.index) ?? 0;
      const give = Math.min(over, now_ - least(widest.column, widest.index), Math.max(1, Math.ceil(now_ / 8)));
      widths.set(widest.index, now_ - give);
      over -= give;
    }
    return kept.map(({index}) => ({index, width: Math.max(1, Math.min(widths.get(index) ?? 0, room))}));
  }
}
