// The cursor of a list: it stays on its object, and on its line of the screen, while rows come and go around it.
import type {TableModel} from '../../tables/table-model.ts';

/** Where the cursor stands. Plain, so that a screen's state can hold it. */
export type Cursor = {
  readonly uid: string | undefined;
  /** Last known place, for when the object is gone. */
  readonly index: number;
  /** First row on screen. */
  readonly top: number;
  /** The user moved: until then it stays on the first row, whatever comes in above. */
  readonly chosen: boolean;
};

export const startCursor: Cursor = {uid: undefined, index: 0, top: 0, chosen: false};

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

const at = (model: TableModel, index: number, top: number, rows: number, chosen: boolean): Cursor => {
  const place = clamp(index, 0, Math.max(0, model.count - 1));
  const first = clamp(clamp(top, place - rows + 1, place), 0, Math.max(0, model.count - rows));
  return {uid: model.row(place)?.uid, index: place, top: first, chosen};
};

/** Puts the cursor back on its object after rows changed. An object that is gone leaves it on the same line. */
export const settle = (cursor: Cursor, model: TableModel, rows: number): Cursor => {
  if (!cursor.chosen) return at(model, 0, 0, rows, false);
  const found = cursor.uid === undefined ? -1 : model.indexOf(cursor.uid);
  const index = found < 0 ? cursor.index : found;
  return at(model, index, index - (cursor.index - cursor.top), rows, true);
};

/** Moves by rows. */
export const moveBy = (cursor: Cursor, model: TableModel, by: number, rows: number): Cursor =>
  at(model, cursor.index + by, cursor.top, rows, true);

/** Moves to a row. */
export const moveTo = (cursor: Cursor, model: TableModel, index: number, rows: number): Cursor =>
  at(model, index, cursor.top, rows, true);

/** The movement a command stands for; undefined for other commands. */
export const move = (cursor: Cursor, model: TableModel, command: string, rows: number): Cursor | undefined => {
  switch (command) {
    case 'move.down':
      return moveBy(cursor, model, 1, rows);
    case 'move.up':
      return moveBy(cursor, model, -1, rows);
    case 'move.page-down':
      return at(model, cursor.index + rows, cursor.top + rows, rows, true);
    case 'move.page-up':
      return at(model, cursor.index - rows, cursor.top - rows, rows, true);
    case 'move.half-page-down':
      return at(model, cursor.index + (rows >> 1), cursor.top + (rows >> 1), rows, true);
    case 'move.half-page-up':
      return at(model, cursor.index - (rows >> 1), cursor.top - (rows >> 1), rows, true);
    case 'move.first':
      return moveTo(cursor, model, 0, rows);
    case 'move.last':
      return moveTo(cursor, model, model.count - 1, rows);
    default:
      return undefined;
  }
};
