// Text measured and cut in terminal cells. ASCII and the signs kdeck draws never pay for the rest: the library that knows the
// width of everything needs 70 ms until its first answer, so it is loaded behind the first frame.
import {setImmediate as turn} from 'node:timers/promises';
import {sanitizeLine} from './terminal-escape.ts';

const ASCII = /^[ -~]*$/;
/** One cell a character: Latin, punctuation, arrows, mathematics, lines, blocks and shapes. A test asks the library about each. */
const NARROW = /^[ -~\u00a1-\u00ac\u00ae-\u02af\u2010-\u2027\u2030-\u203b\u2190-\u2211\u23ce\u2500-\u25fc\u2713-\u2718]*$/;
// Joiners and variation selectors: terminals disagree on their width, and a table shifts where they do.
const INVISIBLE = /[\u200b-\u200d\u2060\u00ad\ufeff]|[\ufe00-\ufe0f]/gu;

let segmenter: Intl.Segmenter | undefined;
const graphemes = (text: string): Iterable<Intl.SegmentData> =>
  (segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'})).segment(text);

/** Text from a cluster made safe for one line of the screen. */
export const cleanLine = (text: string): string => (ASCII.test(text) ? text : sanitizeLine(text).replace(INVISIBLE, ''));

const isWide = (code: number): boolean =>
  code >= 0x1100 &&
  (code <= 0x115f || (code >= 0x2e80 && code <= 0xffe6 && !(code >= 0xd7a4 && code <= 0xf8ff)) || code >= 0x1f300);

/** What the first frames go by. */
const nearly = (text: string): number => {
  let cells = 0;
  for (const {segment} of graphemes(text)) cells += isWide(segment.codePointAt(0) ?? 0) ? 2 : 1;
  return cells;
};
let measure = nearly;

/** From here on widths are exact; before, those of rare signs are only near. What was drawn is to be drawn again. */
export const loadWidths = async (): Promise<void> => {
  const {default: exact} = await import('string-width');
  // The first answer takes as long as a frame may: better in a turn of its own than in the middle of drawing one.
  await turn();
  exact('é́');
  measure = exact;
};

/** Cells a text takes. */
export const widthOf = (text: string): number => (NARROW.test(text) ? text.length : measure(text));

/** The longest start of a text that fits in `width` cells; never half a character. */
export const cutEnd = (text: string, width: number): string => {
  if (width <= 0) return '';
  if (NARROW.test(text)) return text.slice(0, width);
  let taken = '';
  let used = 0;
  for (const {segment} of graphemes(text)) {
    const cells = measure(segment);
    if (used + cells > width) break;
    taken += segment;
    used += cells;
  }
  return taken;
};

/** The longest end of a text that fits in `width` cells. */
export const cutStart = (text: string, width: number): string => {
  if (width <= 0) return '';
  if (NARROW.test(text)) return text.slice(-width);
  let taken = '';
  let used = 0;
  for (const {segment} of [...graphemes(text)].reverse()) {
    const cells = measure(segment);
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
