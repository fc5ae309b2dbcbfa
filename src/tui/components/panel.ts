// A framed box over the screen: borders are part of the strings, so that ASCII terminals get ASCII frames.
import type {App} from '../session/app.ts';
import type {Panel} from '../session/overlay.ts';
import type {Span} from '../text/line.ts';
import {cutSpans, drawLine, span, spansWidth} from '../text/line.ts';
import type {Token} from '../theme/tokens.ts';

/** A line of a panel: spans, or a ready string of exactly the inner width. */
export type PanelLine = readonly Span[] | string;

/** How a panel looks and where it stands. */
export type PanelOptions = {
  readonly title: string;
  /** Right end of the top border. */
  readonly note?: string;
  readonly width: number;
  readonly lines: readonly PanelLine[];
  readonly border?: Token;
  /** Row of the top border; centred when absent. */
  readonly y?: number;
};

/** Cells inside a panel of a width: border and one blank on each side. */
export const innerWidth = (width: number): number => width - 4;

/** The width a panel may have on this terminal. */
export const panelWidth = (app: App, wished: number): number => Math.max(20, Math.min(wished, app.size.columns - 4));

/** Lines a panel may have inside on this terminal. */
export const panelRows = (app: App, wished: number): number => Math.max(1, Math.min(wished, app.size.rows - 6));

/** Draws a panel. */
export const drawPanel = (app: App, options: PanelOptions): Panel => {
  const {look} = app;
  const {glyphs} = look;
  const token = options.border ?? 'border.focus';
  const width = panelWidth(app, options.width);
  const inner = innerWidth(width);
  const [topLeft, topRight, bottomLeft, bottomRight] = glyphs.corners;
  const title = cutSpans([span(options.title, 'title')], width - 6, glyphs.more);
  const note = options.note === undefined ? [] : [span(` ${options.note} `, 'muted')];
  const rule = glyphs.line.repeat(Math.max(0, width - 5 - spansWidth(title) - spansWidth(note)));
  const top =
    look.paint(`${topLeft}${glyphs.line} `, token) +
    title.map(({text, tokens}) => look.paint(text, ...tokens)).join('') +
    look.paint(` ${rule}`, token) +
    note.map(({text, tokens}) => look.paint(text, ...tokens)).join('') +
    look.paint(topRight, token);
  const side = look.paint(glyphs.side, token);
  const lines = [
    top,
    ...options.lines.map((line) => `${side} ${typeof line === 'string' ? line : drawLine(look, inner, line)} ${side}`),
    look.paint(bottomLeft + glyphs.line.repeat(width - 2) + bottomRight, token),
  ];
  const y = options.y ?? Math.max(1, Math.floor((app.size.rows - lines.length) / 2) - 1);
  return {x: Math.floor((app.size.columns - width) / 2), y, width, lines};
};
