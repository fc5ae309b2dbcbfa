// A message in place of the hints: sign, sentence, nothing else.
import type {App} from '../session/app.ts';
import type {Toast} from '../session/effect.ts';
import {cleanLine} from '../../base/text.ts';
import {drawLine, span} from '../text/line.ts';

/** Draws a message. */
export const toastLine = (app: App, {tone, text, note}: Toast): string =>
  drawLine(
    app.look,
    app.size.columns,
    [
      span(` ${app.look.glyphs.tone[tone]} `, `tone.${tone}`),
      span(cleanLine(text), tone === 'bad' || tone === 'warn' ? `tone.${tone}` : 'text'),
    ],
    note === undefined ? [] : [span(` ${note} `, 'muted')],
  );
