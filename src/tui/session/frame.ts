// Puts a whole screen together: header, breadcrumb, body, bottom line, and what lies over them.
import {breadcrumb} from '../components/breadcrumb.ts';
import {header} from '../components/header.ts';
import {hintLine} from '../components/hint-line.ts';
import {toastLines} from '../components/toast.ts';
import type {Span} from '../text/line.ts';
import type {App, Size} from './app.ts';
import type {Toast} from './effect.ts';
import type {Drawn, Panel} from './overlay.ts';

/** A place on screen that runs a command when it is clicked. */
export type Spot = {readonly x: number; readonly y: number; readonly width: number; readonly command: string};

/** One picture: as many lines as the terminal has rows. */
export type Frame = {
  readonly size: Size;
  readonly lines: readonly string[];
  readonly panels: readonly Panel[];
  readonly cursor: {readonly x: number; readonly y: number} | undefined;
  readonly bodyTop: number;
  readonly spots: readonly Spot[];
};

/** Smallest terminal kdeck draws on; below it only says so. */
export const smallest: Size = {columns: 40, rows: 8};

const chrome = (app: App): {readonly top: number; readonly bottom: number} => ({top: app.header ? 2 : 1, bottom: 1});

/** Room of a screen's own lines. */
export const bodySize = (app: App): Size => {
  const {top, bottom} = chrome(app);
  return {columns: app.size.columns, rows: Math.max(1, app.size.rows - top - bottom)};
};

/** What goes into a frame. */
export type Parts = {
  readonly crumbs: readonly string[];
  readonly body: readonly string[];
  readonly status: readonly Span[];
  readonly overlay: Drawn | undefined;
  readonly toast: Toast | undefined;
  /** Keys of a sequence pressed so far. */
  readonly steps: readonly string[];
  readonly busy: boolean;
};

/** Draws everything. */
export const composeFrame = (app: App, parts: Parts): Frame => {
  const {columns, rows} = app.size;
  if (columns < smallest.columns || rows < smallest.rows) {
    const says = ['kdeck needs a little more room', `(${columns}x${rows}, at least ${smallest.columns}x${smallest.rows})`];
    const lines = Array.from({length: rows}, (_, index) => says[index]?.slice(0, columns) || ' ');
    return {size: app.size, lines, panels: [], cursor: undefined, bodyTop: 0, spots: []};
  }
  const {top} = chrome(app);
  const room = bodySize(app);
  const body = parts.body.slice(0, room.rows);
  const filled = [...body, ...Array.from({length: room.rows - body.length}, () => '')];
  const hints = hintLine(app, parts.steps);
  const message = parts.toast === undefined ? [hints.line] : toastLines(app, parts.toast);
  const bottom = parts.overlay?.bottom === undefined ? message : [parts.overlay.bottom];
  const above = [...(app.header ? [header(app, parts.busy)] : []), breadcrumb(app, parts.crumbs, parts.status), ...filled];
  const lines = [...above.slice(0, rows - bottom.length), ...bottom];
  return {
    size: app.size,
    // An empty Ink text has no height: a blank keeps its line.
    lines: lines.map((line) => (line === '' ? ' ' : line)),
    panels: parts.overlay?.panels ?? [],
    cursor: parts.overlay?.cursor,
    bodyTop: top,
    spots:
      parts.overlay?.bottom === undefined && parts.toast === undefined ? hints.spots.map((spot) => ({...spot, y: rows - 1})) : [],
  };
};

const samePanel = (a: Panel, b: Panel | undefined): boolean =>
  b !== undefined &&
  a.x === b.x &&
  a.y === b.y &&
  a.width === b.width &&
  a.lines.length === b.lines.length &&
  a.lines.every((line, at) => line === b.lines[at]);

/** True when both show the same: a frame that changes nothing is never drawn. */
export const sameFrame = (a: Frame, b: Frame): boolean =>
  a.size.columns === b.size.columns &&
  a.size.rows === b.size.rows &&
  a.lines.length === b.lines.length &&
  a.lines.every((line, at) => line === b.lines[at]) &&
  a.panels.length === b.panels.length &&
  a.panels.every((panel, at) => samePanel(panel, b.panels[at])) &&
  a.cursor?.x === b.cursor?.x &&
  a.cursor?.y === b.cursor?.y;
