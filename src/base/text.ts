// Text measured and cut in terminal cells. ASCII never pays for the rest.
import stringWidth from 'string-width';
import {sanitizeLine} from './terminal-escape.ts';

const ASCII = /^[ -~]*$/;
// Joiners and variation selectors: terminals disagree on their width, and a table shifts where they do.
const INVISIBLE = /[\u200b-\u200d\u2060\u00ad\ufeff]|[\ufe00-\ufe0f]/gu;

let segmenter: Intl.Segmenter | undefined;
const graphemes = (text: string): Iterable<Intl.SegmentData> =>
  (segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'})).segment(text);

/** Text from a cluster made safe for one line of the screen. */
export const cleanLine = (text: string): string => (ASCII.test(text) ? text : sanitizeLine(text).replace(INVISIBLE, ''));

/** Cells a text takes. */
export const widthOf = (text: string): number => (ASCII.test(text) ? text.length : stringWidth(text));

/** The longest start of a text that fits in `width` cells; never half a character. */
export const cutEnd = (text: string, width: number): string => {
  if (width <= 0) return '';
  if (ASCII.test(text)) return text.slice(0, width);
  let taken = '';
  let used = 0;
  for (const {segment} of graphemes(text)) {
    const cells = stringWidth(segment);
    if (used + cells > width) break;
    taken += segment;
    used += cells;
  }
  return taken;
};

/** The longest end of a text that fits in `width` cells. */
export const cutStart = (text: string, width: number): string => {
  if (width <= 0) return '';
  if (ASCII.test(text)) return text.slice(-width);
  let taken = '';
  let used = 0;
  for (const {segment} of [...graphemes(text)].reverse()) {
    const cells = stringWidth(segment);
    if (used + cells > width) break;
    taken = segment + taken;
    used += cells;
  }
  return taken;
};

/** The one-cell mark of cut text where the terminal has no Unicode. */
export const ASCII_MARK = '~';

/** Text in exactly `width` cells: padded, or cut with a mark at the end. */
export const fitTo = (text: string, width: number, mark = ASCII_MARK, align: 'left' | 'right' = 'left'): string => {
  if (width <= 0) return '';
  const cells = widthOf(text);
  if (cells <= width) {
    const blank = ' '.repeat(width - cells);
    return align === 'right' ? blank + text : text + blank;
  }
  const start = cutEnd(text, width - widthOf(mark));
  return start + mark + ' '.repeat(Math.max(0, width - widthOf(mark) - widthOf(start)));
};

/** Text in at most `width` cells, cut in the middle: names of pods differ at both ends. */
export const shortenMiddle = (text: string, width: number, mark = ASCII_MARK): string => {
  if (widthOf(text) <= width) return text;
  if (width < 5) return width <= 0 ? '' : cutEnd(text, width - 1) + mark;
  const end = Math.floor((width - 1) / 2);
  return cutEnd(text, width - 1 - end) + mark + cutStart(text, end);
};
