// Which columns fit a terminal, and how wide each is. Widths follow what is visible and only grow while a table stays the same.
import {widthOf} from '../base/text.ts';
import type {Column} from '../resources/column.ts';
import type {Row} from './row.ts';

/** A column on the screen: its index in the shape, and its cells. */
export type Placed = {readonly index: number; readonly width: number};

/** Which columns may show. */
export type LayoutWish = {
  readonly wide: boolean;
  /** NAMESPACE shows when rows of several namespaces do. */
  readonly namespace: boolean;
  /** Wide columns may use what room is left over, in full; those that say nothing stay away. */
  readonly fill?: boolean;
  /** The column sorted by always shows. */
  readonly sorted: string | undefined;
};

/** Blanks between two columns. */
export const GAP = 2;
/** A name is never cut below this many cells. */
const LEAST_NAME = 24;
const LEAST_TEXT = 10;

type Shown = {readonly column: Column<any>; readonly index: number};

const mayShow = (column: Column<any>, wish: LayoutWish): boolean => {
  if (column.id === wish.sorted) return true;
  if (column.id === 'namespace') return wish.namespace;
  return column.show === undefined || column.show === 'always' || (column.show === 'wide' && wish.wide);
};

const keepOf = ({column}: Shown): number => (column.id === 'name' ? Infinity : (column.keep ?? 5));

/** Remembers widths of one table so that columns do not jump while rows scroll by. */
export class Layout {
  #widest: number[] = [];
  #shape: readonly Column<any>[] = [];

  /** Forgets widths: the filter, the sort or the columns changed. */
  reset(): void {
    this.#widest = [];
  }

  /** Places columns for the rows on screen in `width` cells. Columns of low `keep` go first, then long texts are cut. */
  place(columns: readonly Column<any>[], rows: readonly Row[], width: number, wish: LayoutWish, now: Date): readonly Placed[] {
    if (columns !== this.#shape) {
      this.#shape = columns;
      this.reset();
    }
    const shown = columns.map((column, index) => ({column, index})).filter(({column}) => mayShow(column, wish));
    for (const {column, index} of shown) {
      // One cell beside the title is for the mark of the sorted column.
      let widest = Math.max(this.#widest[index] ?? 0, widthOf(column.title) + 1);
      for (const row of rows) widest = Math.max(widest, widthOf(row.text(index, now)));
      this.#widest[index] = widest;
    }
    const kept = this.#drop(wish.fill === true ? this.#fill(shown, columns, rows, width, now) : shown, width);
    return this.#cut(kept, width);
  }

  /** Adds wide columns while everything still fits uncut, the most telling first. */
  #fill(
    shown: readonly Shown[],
    columns: readonly Column<any>[],
    rows: readonly Row[],
    width: number,
    now: Date,
  ): readonly Shown[] {
    let room = width - shown.reduce((sum, {index}) => sum + this.#natural(index) + GAP, -GAP);
    const added: Shown[] = [];
    const candidates = columns
      .map((column, index) => ({column, index}))
      .filter(({column, index}) => column.show === 'wide' && !shown.some((one) => one.index === index))
      .sort((a, b) => keepOf(b) - keepOf(a) || a.index - b.index);
    for (const one of candidates) {
      const texts = rows.map((row) => row.text(one.index, now));
      if (texts.every((text) => text === '' || text === '<none>')) continue;
      const widest = Math.max(this.#widest[one.index] ?? 0, widthOf(one.column.title) + 1, ...texts.map(widthOf));
      if (widest + GAP > room) continue;
      this.#widest[one.index] = widest;
      room -= widest + GAP;
      added.push(one);
    }
    return [...shown, ...added].sort((a, b) => a.index - b.index);
  }

  #natural(index: number): number {
    return this.#widest[index] ?? 0;
  }

  /** The fewest cells a column is worth showing in: ages and numbers are useless when cut. */
  #least({column, index}: Shown): number {
    const natural = this.#natural(index);
    // A status cut to `CrashLoopB` says less than the numbers beside it.
    if (
      column.align === 'right' ||
      column.ticks === true ||
      (column.id !== 'name' && (column.keep ?? 5) >= 8 && natural <= LEAST_NAME)
    )
      return natural;
    return Math.min(natural, column.id === 'name' ? LEAST_NAME : Math.max(LEAST_TEXT, widthOf(column.title) + 1));
  }

  #drop(shown: readonly Shown[], width: number): readonly Shown[] {
    let kept = [...shown];
    let needed = kept.reduce((sum, one) => sum + this.#least(one) + GAP, -GAP);
    while (kept.length > 1 && needed > width) {
      // Of equal ones the last goes first.
      const weakest = kept.reduce((worst, one) => (keepOf(one) <= keepOf(worst) ? one : worst));
      kept = kept.filter((one) => one !== weakest);
      needed -= this.#least(weakest) + GAP;
    }
    return kept;
  }

  /** Takes cells from the widest columns until all fit. */
  #cut(kept: readonly Shown[], width: number): readonly Placed[] {
    const widths = kept.map(({index}) => this.#natural(index));
    const least = kept.map((one) => this.#least(one));
    let over = widths.reduce((sum, cells) => sum + cells + GAP, -GAP) - width;
    while (over > 0) {
      let widest = -1;
      let second = 0;
      widths.forEach((cells, at) => {
        if (cells <= least[at]!) return;
        if (widest < 0 || cells > widths[widest]!) {
          second = widest < 0 ? 0 : widths[widest]!;
          widest = at;
        } else if (cells > second) second = cells;
      });
      if (widest < 0) break;
      const give = Math.min(over, widths[widest]! - Math.max(least[widest]!, Math.min(second, widths[widest]! - 1)));
      widths[widest] = widths[widest]! - give;
      over -= give;
    }
    return kept.map(({index}, at) => ({index, width: Math.max(1, Math.min(widths[at]!, width))}));
  }
}
