// Text to read: scrolling, wrapping, search with every match marked. Lines come styled; searching knows their plain text.
import type {App, At, Size} from '../session/app.ts';
import type {Span} from '../text/line.ts';
import {span} from '../text/line.ts';
import {cutEnd, widthOf} from '../../base/text.ts';
import {chop} from '../text/cells.ts';
import type {Token} from '../theme/tokens.ts';

/** A line as styled pieces. */
export type TextLine = readonly Span[];

/** State of a viewer. Plain, so that a screen's state can hold it. */
export type Viewer = {
  readonly top: number;
  readonly left: number;
  readonly wrap: boolean;
  readonly search: string;
  /** Line of the current match. */
  readonly match: number;
};

export const startViewer: Viewer = {top: 0, left: 0, wrap: false, search: '', match: -1};

/** Plain text of a line. */
export const plain = (line: TextLine): string => line.map(({text}) => text).join('');

/** The pattern a search text stands for: a regex when it is one, else the text itself. Lower case finds both cases. */
export const searchPattern = (search: string): RegExp | undefined => {
  if (search === '') return undefined;
  const flags = /\p{Lu}/u.test(search) ? 'gu' : 'giu';
  try {
    return new RegExp(search, flags);
  } catch {
    return new RegExp(search.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`), flags.replace('u', ''));
  }
};

/** Lines that match. */
export const matchesOf = (lines: readonly TextLine[], search: string): readonly number[] => {
  const pattern = searchPattern(search);
  if (pattern === undefined) return [];
  return lines.flatMap((line, index) => {
    pattern.lastIndex = 0;
    return pattern.test(plain(line)) ? [index] : [];
  });
};

/** Cuts a line at columns so that matches can be styled over its own styles. */
const markMatches = (line: TextLine, pattern: RegExp | undefined, token: Token): TextLine => {
  if (pattern === undefined) return line;
  const text = plain(line);
  pattern.lastIndex = 0;
  const ranges = [...text.matchAll(pattern)]
    .filter(([whole]) => whole !== '')
    .map((found) => [found.index, found.index + found[0].length] as const);
  if (ranges.length === 0) return line;
  const cuts = new Set<number>([0, text.length, ...ranges.flat()]);
  const marked: Span[] = [];
  let offset = 0;
  for (const piece of line) {
    const inside = [...cuts].filter((at) => at > offset && at < offset + piece.text.length).sort((a, b) => a - b);
    let from = offset;
    for (const to of [...inside, offset + piece.text.length]) {
      const isMatch = ranges.some(([start, end]) => from >= start && from < end);
      marked.push(span(piece.text.slice(from - offset, to - offset), ...piece.tokens, ...(isMatch ? [token] : [])));
      from = to;
    }
    offset += piece.text.length;
  }
  return marked;
};

/** Drops `left` cells and keeps `width`. */
const windowOf = (line: TextLine, left: number, width: number): TextLine => {
  const kept: Span[] = [];
  let skip = left;
  let room = width;
  for (const piece of line) {
    const head = cutEnd(piece.text, skip);
    skip -= widthOf(head);
    const text = cutEnd(piece.text.slice(head.length), room);
    room -= widthOf(text);
    if (text !== '') kept.push({...piece, text});
    if (room <= 0) break;
  }
  return kept;
};

/** Splits a styled line into screen lines of `width` cells. */
const wrapLine = (line: TextLine, width: number): readonly TextLine[] => {
  const pieces = chop(plain(line), width);
  if (pieces.length === 1) return [line];
  let at = 0;
  return pieces.map((piece) => {
    const part = windowOf(line, at, widthOf(piece));
    at += widthOf(piece);
    return part;
  });
};

/** Lines of the text that fit, from the top one on: each with its index in the text. */
const visible = (
  lines: readonly TextLine[],
  viewer: Viewer,
  size: Size,
): readonly {readonly index: number; readonly line: TextLine}[] => {
  const out: {readonly index: number; readonly line: TextLine}[] = [];
  for (let index = viewer.top; index < lines.length && out.length < size.rows; index++) {
    const line = lines[index] ?? [];
    if (!viewer.wrap) out.push({index, line: windowOf(line, viewer.left, size.columns)});
    else for (const part of wrapLine(line, size.columns)) if (out.length < size.rows) out.push({index, line: part});
  }
  return out;
};

/** Draws what is visible. */
export const drawViewer = (at: At, lines: readonly TextLine[], viewer: Viewer): readonly string[] => {
  const {look} = at.app;
  const pattern = searchPattern(viewer.search);
  const size = {columns: at.body.columns - 2, rows: at.body.rows};
  const marked = lines.map((line, index) =>
    index >= viewer.top && index < viewer.top + size.rows
      ? markMatches(line, pattern, index === viewer.match ? 'match.current' : 'match')
      : line,
  );
  return visible(marked, viewer, size).map(
    ({line}) => ` ${line.map(({text, tokens}) => (tokens.length === 0 ? text : look.paint(text, ...tokens))).join('')}`,
  );
};

const clampTop = (top: number, lines: number, rows: number): number => Math.max(0, Math.min(top, lines - rows));

/** The viewer after a movement, search or wrap command; undefined for other commands. */
export const viewCommand = (viewer: Viewer, id: string, lines: readonly TextLine[], body: Size): Viewer | undefined => {
  const to = (top: number): Viewer => ({...viewer, top: clampTop(top, lines.length, viewer.wrap ? 1 : body.rows)});
  const step = (by: 1 | -1): Viewer => {
    const found = matchesOf(lines, viewer.search);
    const next =
      by === 1
        ? (found.find((line) => line > viewer.match) ?? found[0])
        : (found.findLast((line) => line < viewer.match) ?? found.at(-1));
    return next === undefined ? viewer : {...viewer, match: next, top: showLine(viewer.top, next, lines.length, body.rows)};
  };
  switch (id) {
    case 'move.down':
      return to(viewer.top + 1);
    case 'move.up':
      return to(viewer.top - 1);
    case 'move.page-down':
      return to(viewer.top + body.rows);
    case 'move.page-up':
      return to(viewer.top - body.rows);
    case 'move.half-page-down':
      return to(viewer.top + (body.rows >> 1));
    case 'move.half-page-up':
      return to(viewer.top - (body.rows >> 1));
    case 'move.first':
      return to(0);
    case 'move.last':
      return to(lines.length);
    case 'move.left':
      return {...viewer, left: Math.max(0, viewer.left - 8)};
    case 'move.right':
      return viewer.wrap ? viewer : {...viewer, left: viewer.left + 8};
    case 'text.wrap':
      return {...viewer, wrap: !viewer.wrap, left: 0};
    case 'text.next-match':
      return step(1);
    case 'text.previous-match':
      return step(-1);
    default:
      return undefined;
  }
};

const showLine = (top: number, line: number, lines: number, rows: number): number =>
  line >= top && line < top + rows ? top : clampTop(line - (rows >> 1), lines, rows);

/** The viewer while a search is typed: it shows the first match from where the reader is. */
export const searchFor = (viewer: Viewer, search: string, lines: readonly TextLine[], body: Size): Viewer => {
  const found = matchesOf(lines, search);
  const match = found.find((line) => line >= viewer.top) ?? found[0] ?? -1;
  return {...viewer, search, match, top: match < 0 ? viewer.top : showLine(viewer.top, match, lines.length, body.rows)};
};

/** Place and matches, for the right end of the breadcrumb. */
export const viewerStatus = (app: App, viewer: Viewer, lines: readonly TextLine[], body: Size): readonly Span[] => {
  const spans: Span[] = [];
  if (viewer.search !== '') {
    const found = matchesOf(lines, viewer.search);
    const at = found.indexOf(viewer.match) + 1;
    spans.push(
      span(` /${viewer.search} `, 'chip'),
      span(found.length === 0 ? '  no match  ' : `  ${at} of ${found.length}  `, found.length === 0 ? 'tone.warn' : 'muted'),
    );
  }
  const last = Math.min(lines.length, viewer.top + body.rows);
  if (lines.length > body.rows)
    spans.push(
      span(`${last === lines.length ? 'end' : `${Math.round((last / lines.length) * 100)}%`} ${app.look.glyphs.dot} `, 'muted'),
    );
  spans.push(span(`${lines.length} lines`, 'muted'));
  return spans;
};
