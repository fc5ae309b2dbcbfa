// Text measured and cut in terminal cells. Text from a cluster passes `clean` once, before anything else.
import stringWidth from 'string-width';
import {sanitizeLine} from '../../base/terminal-escape.ts';

const printableAscii = /^[ -~]*$/;
// Joiners and variation selectors: terminals disagree on their width, and a table shifts where they do.
const invisible = /[\u200b-\u200d\u2060\ufe00-\ufe0f\u00ad\ufeff]/g;
const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Text from a cluster made safe for one line of the screen. */
export const clean = (text: string): string =>
  printableAscii.test(text) ? text : sanitizeLine(text).replace(invisible, '');

/** Cells a text takes. */
export const widthOf = (text: string): number => (printableAscii.test(text) ? text.length : stringWidth(text));

/** The longest start of a text that fits in `width` cells. */
export const cut = (text: string, width: number): string => {
  if (width <= 0) return '';
  if (printableAscii.test(text)) return text.slice(0, width);
  let taken = '';
  let used = 0;
  for (const {segment} of segmenter.segment(text)) {
    const cells = stringWidth(segment);
    if (used + cells > width) break;
    taken += segment;
    used += cells;
  }
  return taken;
};

/** The end of a text that fits in `width` cells. */
const cutStart = (text: string, width: number): string => {
  if (printableAscii.test(text)) return width <= 0 ? '' : text.slice(-width);
  let taken = '';
  let used = 0;
  for (const {segment} of [...segmenter.segment(text)].reverse()) {
    const cells = stringWidth(segment);
    if (used + cells > width) break;
    taken = segment + taken;
    used += cells;
  }
  return taken;
};

/** Text in exactly `width` cells: padded, or cut with `more` at the end. */
export const fit = (text: string, width: number, more: string, align: 'left' | 'right' = 'left'): string => {
  const cells = widthOf(text);
  if (cells > width) {
    const start = cut(text, width - 1);
    return width <= 0 ? '' : start + more + ' '.repeat(Math.max(0, width - 1 - widthOf(start)));
  }
  const pad = ' '.repeat(width - cells);
  return align === 'right' ? pad + text : text + pad;
};

/** Text in at most `width` cells, cut in the middle: names of pods differ at both ends. */
export const shorten = (text: string, width: number, more: string): string => {
  if (widthOf(text) <= width) return text;
  if (width < 5) return cut(text, Math.max(0, width - 1)) + (width > 0 ? more : '');
  const end = Math.floor((width - 1) / 2);
  return cut(text, width - 1 - end) + more + cutStart(text, end);
};

/** Breaks a line at blanks into lines of at most `width` cells; a longer word is broken anywhere. */
export const wrap = (text: string, width: number): readonly string[] => {
  if (width <= 0 || widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )/)) {
    if (widthOf(line + word.trimEnd()) <= width) {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = word;
    while (widthOf(line.trimEnd()) > width) {
      const piece = cut(line, width);
      if (piece === '') break;
      lines.push(piece);
      line = line.slice(piece.length);
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
};

/** Breaks a line into pieces of exactly `width` cells, keeping every character; for code and logs. */
export const chop = (text: string, width: number): readonly string[] => {
  if (width <= 0 || widthOf(text) <= width) return [text];
  const pieces: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const piece = cut(rest, width) || [...rest][0] || rest;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces;
};
