// A message in place of the hints: sign, sentence, nothing else. What does not fit in one line takes a few of the body's.
import type {App} from '../session/app.ts';
import type {Toast} from '../session/effect.ts';
import {cleanLine, widthOf} from '../../base/text.ts';
import {wrap} from '../text/cells.ts';
import {drawLine, span} from '../text/line.ts';

/** A longer message is cut: it would hide what it is about. */
const most = 4;

/** Draws a message. */
export const toastLines = (app: App, {tone, text, note}: Toast): readonly string[] => {
  const {look, size} = app;
  const after = note === undefined ? [] : [span(` ${note} `, 'muted')];
  const room = size.columns - 3 - (note === undefined ? 0 : widthOf(note) + 3);
  const all = wrap(cleanLine(text), room);
  const pieces = all.length > most ? [...all.slice(0, most - 1), all.slice(most - 1).join(' ')] : all;
  return pieces.map((piece, index) =>
    drawLine(
      look,
      size.columns,
      [
        span(index === 0 ? ` ${look.glyphs.tone[tone]} ` : '   ', `tone.${tone}`),
        span(piece, tone === 'bad' || tone === 'warn' ? `tone.${tone}` : 'text'),
      ],
      index === pieces.length - 1 ? after : [],
    ),
  );
};
