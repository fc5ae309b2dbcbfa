// Reads scalars off a YAML text: plain, quoted and block ones, with the folding of YAML 1.1.
import {isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isEnd, type Cursor, type Mark} from './cursor.ts';

/** Joins lines: one break is a blank, more are one fewer; breaks other than a line feed stay. */
const folded = (first: string, more: string): string => (first === '\n' ? (more === '' ? ' ' : more) : first + more);

/** A plain scalar; `endedLine` says that line breaks followed it. */
export const readPlain = (cursor: Cursor, indent: number, flow: boolean): {readonly text: string; readonly endedLine: boolean} => {
  const start = cursor.mark;
  const {source} = cursor;
  let text = '';
  let pending = '';
  let endedLine = false;
  for (;;) {
    if (cursor.is('#') || cursor.atDocumentMark() !== undefined) break;
    const from = cursor.index;
    for (; ; cursor.index += 1) {
      const code = cursor.code();
      if (isBlankOrEnd(code)) break;
      if (code === 0x3a && isBlankOrEnd(cursor.code(1))) break;
      if (flow && (code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d)) break;
    }
    if (cursor.index > from) {
      text += pending + source.slice(from, cursor.index);
      pending = '';
      endedLine = false;
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
    const blanksFrom = cursor.index;
    let blanksTo = blanksFrom;
    let first = '';
    let more = '';
    while (isBlank(cursor.code()) || isBreak(cursor.code())) {
      if (isBreak(cursor.code())) {
        const lineBreak = cursor.takeBreak();
        if (endedLine) more += lineBreak;
        else {
          first = lineBreak;
          endedLine = true;
        }
        continue;
      }
      if (endedLine && cursor.column < indent && cursor.code() === 0x09)
        cursor.fail('found a tab character that violates indentation', start);
      cursor.index += 1;
      if (!endedLine) blanksTo = cursor.index;
    }
    pending = endedLine ? folded(first, more) : source.slice(blanksFrom, blanksTo);
    if (!flow && cursor.column < indent) break;
  }
  return {text, endedLine};
};

/** A quoted scalar; the cursor stands on the opening quote. */
export const readQuoted = (cursor: Cursor): string => {
  const start = cursor.mark;
  const quote = cursor.code();
  cursor.index += 1;
  let text = '';
  for (;;) {
    if (cursor.atDocumentMark() !== undefined) cursor.fail('found unexpected document indicator', start);
    if (isEnd(cursor.code())) cursor.fail('found unexpected end of stream', start);
    const word = quotedWord(cursor, quote, start);
    text += word.text;
    if (cursor.code() === quote) break;
    let blanks = '';
    let first = '';
    let more = '';
    let lines = word.endedLine;
    while (isBlank(cursor.code()) || isBreak(cursor.code())) {
      if (isBreak(cursor.code())) {
        const lineBreak = cursor.takeBreak();
        if (lines) more += lineBreak;
        else {
          first = lineBreak;
          blanks = '';
          lines = true;
        }
        continue;
      }
      if (!lines) blanks += cursor.source[cursor.index];
      cursor.index += 1;
    }
    text += lines ? (first === '' ? more : folded(first, more)) : blanks;
  }
  cursor.index += 1;
  return text;
};

/** Up to the next blank or the closing quote. */
const quotedWord = (cursor: Cursor, quote: number, start: Mark): {readonly text: string; readonly endedLine: boolean} => {
  let text = '';
  let from = cursor.index;
  const taken = (): string => cursor.source.slice(from, cursor.index);
  for (;;) {
    const code = cursor.code();
    if (isBlankOrEnd(code)) return {text: text + taken(), endedLine: false};
    if (code === quote) {
      if (quote === 0x22 || cursor.code(1) !== quote) return {text: text + taken(), endedLine: false};
      text += `${taken()}'`;
      cursor.index += 2;
      from = cursor.index;
    } else if (code === 0x5c && quote === 0x22) {
      text += taken();
      if (isBreak(cursor.code(1))) {
        cursor.index += 1;
        cursor.takeBreak();
        return {text, endedLine: true};
      }
      text += escape(cursor, start);
      from = cursor.index;
    } else cursor.index += 1;
  }
};

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const HEX: Readonly<Record<string, number>> = {x: 2, u: 4, U: 8};

const escape = (cursor: Cursor, start: Mark): string => {
  const kind = cursor.source[cursor.index + 1] ?? '';
  const simple = ESCAPES[kind];
  if (simple !== undefined) {
    cursor.index += 2;
    return simple;
  }
  const length = HEX[kind];
  if (length === undefined) cursor.fail('found unknown escape character', start);
  cursor.index += 2;
  const digits = cursor.source.slice(cursor.index, cursor.index + length);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) cursor.fail('did not find expected hexdecimal number', start);
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) cursor.fail('found invalid Unicode character escape code', start);
  cursor.index += length;
  return String.fromCodePoint(code);
};

/** A block scalar; the cursor stands on `|` or `>`. */
export const readBlock = (cursor: Cursor, parentIndent: number): string => {
  const start = cursor.mark;
  const literal = cursor.is('|');
  cursor.index += 1;
  const header = /^(?:[+-]\d?|\d[+-]?)?/.exec(cursor.source.slice(cursor.index, cursor.index + 2))![0];
  const digit = /\d/.exec(header)?.[0];
  if (digit === '0') {
    cursor.index += header.indexOf('0');
    cursor.fail('found an indentation indicator equal to 0', start);
  }
  cursor.index += header.length;
  while (isBlank(cursor.code())) cursor.index += 1;
  if (cursor.is('#')) cursor.skipLine();
  if (!isBreakOrEnd(cursor.code())) cursor.fail('did not find expected comment or line break', start);
  if (isBreak(cursor.code())) cursor.takeBreak();

  let indent = digit === undefined ? 0 : Math.max(parentIndent, 0) + Number(digit);
  let text = '';
  let lastBreak = '';
  let lastBlank = false;
  let empty = emptyLines(cursor, indent, parentIndent, start);
  indent = empty.indent;
  while (cursor.column === indent && !isEnd(cursor.code())) {
    const blank = isBlank(cursor.code());
    // Folding joins two lines of text; lines that start with a blank stay apart.
    text += !literal && lastBreak === '\n' && !lastBlank && !blank ? (empty.breaks === '' ? ' ' : '') : lastBreak;
    text += empty.breaks;
    lastBlank = blank;
    const from = cursor.index;
    cursor.skipLine();
    text += cursor.source.slice(from, cursor.index);
    lastBreak = isBreak(cursor.code()) ? cursor.takeBreak() : '';
    empty = emptyLines(cursor, indent, parentIndent, start);
  }
  if (header.includes('-')) return text;
  return header.includes('+') ? text + lastBreak + empty.breaks : text + lastBreak;
};

/** Goes over indentation and empty lines; without a given indent the deepest of them decides. */
const emptyLines = (
  cursor: Cursor,
  indent: number,
  parentIndent: number,
  start: Mark,
): {readonly breaks: string; readonly indent: number} => {
  let breaks = '';
  let deepest = 0;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.is(' ')) cursor.index += 1;
    deepest = Math.max(deepest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.is('\t')) {
      cursor.fail('found a tab character where an indentation space is expected', start);
    }
    if (!isBreak(cursor.code())) break;
    breaks += cursor.takeBreak();
  }
  return {breaks, indent: indent === 0 ? Math.max(deepest, parentIndent + 1, 1) : indent};
};
