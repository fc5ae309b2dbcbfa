// Chooses how a string is written in YAML, by the same tests as Go's yaml.v2 emitter.
import {isPlainString} from './resolve.ts';

/** The style a string gets in block context. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

// Nothing in these needs a closer look: letters, digits and a few harmless signs, not looking like a number or a word.
const SIMPLE = /^[A-Za-z_/][A-Za-z0-9_./=+-]*$/;
const RESOLVABLE_START = /^[yYnNtTfFoO]/;

const INDICATORS = new Set(['#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', "'", '"', '%', '@', '`']);

const isBreak = (char: string): boolean =>
  char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';

/** Whether yaml.v2 writes the character as it is. Characters beyond U+FFFF it never does. */
export const isPrintable = (code: number): boolean =>
  code === 0x0a ||
  (code >= 0x20 && code <= 0x7e) ||
  (code >= 0xa0 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff);

/** Style of a string as a value, or as a key. */
export const styleOf = (text: string, key: boolean): ScalarStyle => {
  if (SIMPLE.test(text) && !(RESOLVABLE_START.test(text) && !isPlainString(text))) return 'plain';
  const shape = analyse(text);
  let style: ScalarStyle = text.includes('\n') ? 'literal' : isPlainString(text) ? 'plain' : 'double';
  if (key && shape.multiline) style = 'double';
  if (style === 'plain' && (!shape.plain || (text === '' && key))) style = 'single';
  if (style === 'single' && !shape.single) style = 'double';
  if (style === 'literal' && (!shape.block || key)) style = 'double';
  return style;
};

type Shape = {readonly multiline: boolean; readonly plain: boolean; readonly single: boolean; readonly block: boolean};

const analyse = (text: string): Shape => {
  if (text === '') return {multiline: false, plain: true, single: true, block: false};
  let indicator = text.startsWith('---') || text.startsWith('...');
  let special = false;
  let multiline = false;
  let spaceAfterBreak = false;
  let breakAfterSpace = false;
  let before = ' ';
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    const next = text[index + 1];
    const blankFollows = next === undefined || next === ' ' || next === '\t';
    if (index === 0) {
      if (INDICATORS.has(char) || ((char === '?' || char === ':' || char === '-') && blankFollows)) indicator = true;
    } else if (
      (char === ':' && blankFollows) ||
      (char === '#' && (before === ' ' || before === '\t' || before === '\0' || isBreak(before)))
    ) {
      indicator = true;
    }
    if (!isPrintable(char.charCodeAt(0))) special = true;
    if (char === ' ' && index > 0 && isBreak(before)) spaceAfterBreak = true;
    if (isBreak(char)) {
      multiline = true;
      if (before === ' ' && index > 0) breakAfterSpace = true;
    }
    before = char;
  }
  const first = text[0]!;
  const last = before;
  const edge = first === ' ' || isBreak(first) || last === ' ' || isBreak(last);
  const bad = breakAfterSpace || special;
  return {
    multiline,
    plain: !edge && !spaceAfterBreak && !bad && !multiline && !indicator,
    single: !spaceAfterBreak && !bad,
    block: last !== ' ' && !bad,
  };
};
