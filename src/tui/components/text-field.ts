// One line of text with a caret: the editing every prompt, filter and form field shares.
import type {Input} from '../keys/input.ts';
import type {Look} from '../theme/look.ts';
import type {Token} from '../theme/tokens.ts';
import {cleanLine, cutEnd, widthOf} from '../../base/text.ts';

/** Text and the place of the caret, in characters. */
export type Field = {readonly text: string; readonly caret: number};

export const fieldOf = (text: string): Field => ({text, caret: text.length});

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const previous = (text: string, caret: number): number => {
  let last = 0;
  for (const {index} of segmenter.segment(text)) if (index < caret) last = index;
  return last;
};
const next = (text: string, caret: number): number => {
  for (const {index} of segmenter.segment(text)) if (index > caret) return index;
  return text.length;
};
const wordLeft = (text: string, caret: number): number => text.slice(0, caret).replace(/[^\s/]*[\s/]*$/, '').length;
const wordRight = (text: string, caret: number): number => caret + (/^[\s/]*[^\s/]*/.exec(text.slice(caret))?.[0].length ?? 0);

const insert = ({text, caret}: Field, added: string): Field => ({
  text: text.slice(0, caret) + added + text.slice(caret),
  caret: caret + added.length,
});

/** The field after an input; undefined when the input is nothing for a text field. Pasted lines become one. */
export const edit = (field: Field, input: Input): Field | undefined => {
  const {text, caret} = field;
  if (input.type === 'paste') return insert(field, cleanLine(input.text.replace(/[\r\n]+$/, '').replaceAll(/[\r\n\t]+/g, ' ')));
  if (input.type !== 'key') return undefined;
  if (input.text !== undefined) return insert(field, input.text);
  switch (input.chord) {
    case 'backspace':
      return caret === 0 ? field : {text: text.slice(0, previous(text, caret)) + text.slice(caret), caret: previous(text, caret)};
    case 'delete':
    case 'ctrl+d':
      return {text: text.slice(0, caret) + text.slice(next(text, caret)), caret};
    case 'left':
    case 'ctrl+b':
      return {text, caret: previous(text, caret)};
    case 'right':
    case 'ctrl+f':
      return {text, caret: next(text, caret)};
    case 'home':
    case 'ctrl+a':
      return {text, caret: 0};
    case 'end':
    case 'ctrl+e':
      return {text, caret: text.length};
    case 'ctrl+left':
    case 'alt+left':
    case 'alt+b':
      return {text, caret: wordLeft(text, caret)};
    case 'ctrl+right':
    case 'alt+right':
    case 'alt+f':
      return {text, caret: wordRight(text, caret)};
    case 'ctrl+w':
    case 'alt+backspace': {
      const start = wordLeft(text, caret);
      return {text: text.slice(0, start) + text.slice(caret), caret: start};
    }
    case 'ctrl+u':
      return {text: text.slice(caret), caret: 0};
    case 'ctrl+k':
      return {text: text.slice(0, caret), caret};
    default:
      return undefined;
  }
};

/** The field in exactly `width` cells with a drawn caret, scrolled so that the caret is seen. */
export const drawField = (
  look: Look,
  field: Field,
  width: number,
  focused: boolean,
  hint = '',
  token: Token = focused ? 'field.focus' : 'field',
): string => {
  const before = field.text.slice(0, field.caret);
  const room = width - 1;
  let start = 0;
  while (widthOf(field.text.slice(start, field.caret)) > room) start = next(field.text, start);
  const left = before.slice(start);
  if (!focused) {
    const shown = cutEnd(field.text === '' ? hint : field.text, width);
    return look.paint(shown + ' '.repeat(width - widthOf(shown)), token, ...(field.text === '' ? (['field.hint'] as const) : []));
  }
  const caretEnd = next(field.text, field.caret);
  const under = field.caret < field.text.length ? field.text.slice(field.caret, caretEnd) : '';
  const caretCell = under === '' ? ' ' : under;
  const rest = field.text.slice(caretEnd);
  const ghost = field.text === '' ? hint : '';
  const tailRoom = width - widthOf(left) - widthOf(caretCell);
  const tail = cutEnd(rest === '' ? ghost : rest, tailRoom);
  const pad = ' '.repeat(Math.max(0, tailRoom - widthOf(tail)));
  return (
    look.paint(left, token) +
    look.paint(caretCell, token, 'match.current') +
    look.paint(tail, token, ...(rest === '' ? (['field.hint'] as const) : [])) +
    look.paint(pad, token)
  );
};
