// A line of the screen put together from styled pieces, always exactly as wide as asked.
import type {Look} from '../theme/look.ts';
import type {Token} from '../theme/tokens.ts';
import {cutEnd, widthOf} from '../../base/text.ts';

/** A piece of text with the tokens it wears. */
export type Span = {readonly text: string; readonly tokens: readonly Token[]};

/** Writes a span down. */
export const span = (text: string, ...tokens: readonly Token[]): Span => ({text, tokens});

/** Cells of all spans together. */
export const spansWidth = (spans: readonly Span[]): number => spans.reduce((sum, {text}) => sum + widthOf(text), 0);

/** Spans cut to `width` cells, with `more` where they were cut. */
export const cutSpans = (spans: readonly Span[], width: number, more = ''): readonly Span[] => {
  if (spansWidth(spans) <= width) return spans;
  const kept: Span[] = [];
  let room = width - widthOf(more);
  for (const one of spans) {
    const text = cutEnd(one.text, room);
    if (text !== '') kept.push({...one, text});
    room -= widthOf(text);
    if (text.length < one.text.length) break;
  }
  return more === '' || width < widthOf(more) ? kept : [...kept, {text: more, tokens: kept.at(-1)?.tokens ?? []}];
};

/** One line: left spans, right spans, blanks between, all lying on the `under` tokens. The left side yields first. */
export const drawLine = (
  look: Look,
  width: number,
  left: readonly Span[],
  right: readonly Span[] = [],
  ...under: readonly Token[]
): string => {
  const end = cutSpans(right, width);
  const endWidth = spansWidth(end);
  const room = width - endWidth - (endWidth > 0 ? 1 : 0);
  const start = cutSpans(left, Math.max(0, room), look.glyphs.more);
  const gap = ' '.repeat(Math.max(0, width - endWidth - spansWidth(start)));
  const paint = ({text, tokens}: Span): string => look.paint(text, ...under, ...tokens);
  return `${start.map(paint).join('')}${under.length === 0 ? gap : look.paint(gap, ...under)}${end.map(paint).join('')}`;
};
