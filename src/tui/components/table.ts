// Draws a table: column titles and the visible rows, one ready string each.
import type {Tone} from '../../resources/column.ts';
import type {App} from '../session/app.ts';
import type {Layout, LayoutWish, Placed} from '../../tables/layout.ts';
import {GAP} from '../../tables/layout.ts';
import type {Row} from '../../tables/row.ts';
import type {TableModel} from '../../tables/table-model.ts';
import {fitTo, shortenMiddle, widthOf} from '../../base/text.ts';
import type {Look} from '../theme/look.ts';
import type {Token} from '../theme/tokens.ts';

/** What to draw. */
export type TableView = {
  readonly model: TableModel;
  readonly layout: Layout;
  readonly wish: LayoutWish;
  readonly top: number;
  readonly rows: number;
  readonly cursor: string | undefined;
  readonly marks: ReadonlySet<string>;
};

/** Cells before the first column: cursor bar, sign of the tone, a blank. */
const gutter = 3;
const blanks = ' '.repeat(GAP);

/** Column titles; the sorted one shows its direction. */
const titles = (look: Look, model: TableModel, placed: readonly Placed[], width: number): string => {
  const {sort} = model.view;
  const cells = placed.map(({index, width: cells_}, at) => {
    const column = model.shape.columns[index];
    const sorted = sort !== undefined && column?.id === sort.column;
    const sign = sorted ? (sort.down ? look.glyphs.down : look.glyphs.up) : '';
    const title = `${column?.title ?? ''}${sign}`;
    const last = at === placed.length - 1;
    const text = fitTo(title, cells_, look.glyphs.more, column?.align);
    return look.paint(last ? text.trimEnd() : text, sorted ? 'column.sorted' : 'column');
  });
  void width;
  return `   ${cells.join(blanks)}`;
};

/** Everything a row's string depends on besides the row. */
type Style = {readonly look: Look; readonly placed: readonly Placed[]; readonly width: number; readonly now: Date};

const rowLine = (row: Row, style: Style, cursor: boolean, marked: boolean): string => {
  const {look, placed, width, now} = style;
  const tone = row.tone(now);
  const under: readonly Token[] = [
    ...(marked ? ['row.marked' as const] : tone === 'idle' ? ['row.idle' as const] : []),
    ...(cursor ? ['row.cursor' as const] : []),
  ];
  const {glyphs} = look;
  const bar = cursor ? look.paint(glyphs.cursor, ...under, 'accent') : marked ? look.paint(glyphs.mark, 'row.marked') : ' ';
  const lead = cursor && marked ? look.paint(glyphs.mark, ...under) : bar;
  const sign =
    tone === undefined || tone === 'ok'
      ? paintUnder(look, ' ', under, cursor)
      : look.sign(tone, ...(cursor ? (['row.cursor'] as const) : []));
  let line = lead + sign + paintUnder(look, ' ', under, cursor);
  let used = 3;
  for (const [at, {index, width: cells}] of placed.entries()) {
    const column = row.shapeColumn(index);
    const raw = row.text(index, now);
    const cut = column?.id === 'name' && widthOf(raw) > cells ? shortenMiddle(raw, cells, glyphs.more) : raw;
    const text = fitTo(cut, cells, glyphs.more, column?.align);
    const cellTone = row.cellTone(index, now);
    const tokens = cellTokens(under, cellTone, cursor, marked);
    const spacer = at === placed.length - 1 ? '' : blanks;
    line +=
      tokens.length === 0
        ? text + spacer
        : tokens === under
          ? look.paint(text + spacer, ...tokens)
          : look.paint(text, ...tokens) + paintUnder(look, spacer, under, cursor);
    used += cells + spacer.length;
  }
  return cursor ? line + look.paint(' '.repeat(Math.max(0, width - used)), 'row.cursor') : line;
};

const paintUnder = (look: Look, text: string, under: readonly Token[], cursor: boolean): string =>
  cursor && text !== '' ? look.paint(text, ...under) : text;

/** A cell wears its tone; where rows are marked or idle, the row's look shows through for cells that are fine. */
const cellTokens = (under: readonly Token[], tone: Tone | undefined, cursor: boolean, marked: boolean): readonly Token[] => {
  if (tone === undefined || tone === 'ok' || tone === 'idle' || marked) return under;
  return cursor ? [...under, `tone.${tone}`] : [`tone.${tone}`];
};

type Kept = {readonly style: Style; readonly cursor: boolean; readonly marked: boolean; readonly line: string};
const kept = new WeakMap<Row, Kept>();

const sameStyle = (a: Style, b: Style): boolean =>
  a.look === b.look &&
  a.width === b.width &&
  a.placed.length === b.placed.length &&
  a.placed.every((one, at) => one.index === b.placed[at]?.index && one.width === b.placed[at]?.width);

/** Draws titles and rows; the line of a row is kept while nothing it depends on changes. Ticking columns stay fresh. */
export const drawTable = (app: App, view: TableView): readonly string[] => {
  const {look, now, size} = app;
  const rows = view.model.slice(view.top, view.rows);
  const placed = view.layout.place(view.model.shape.columns, rows, size.columns - gutter, view.wish, now);
  const style: Style = {look, placed, width: size.columns, now};
  const ticks = placed.some(({index}) => view.model.shape.columns[index]?.ticks === true);
  const lines = rows.map((row) => {
    const cursor = row.uid === view.cursor;
    const marked = view.marks.has(row.uid);
    const before = kept.get(row);
    if (!ticks && before !== undefined && before.cursor === cursor && before.marked === marked && sameStyle(before.style, style))
      return before.line;
    const line = rowLine(row, style, cursor, marked);
    kept.set(row, {style, cursor, marked, line});
    return line;
  });
  return [titles(look, view.model, placed, size.columns), ...lines];
};
