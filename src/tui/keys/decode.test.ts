import {expect, test} from 'vitest';
import {InputDecoder} from './decode.ts';
import type {Input} from './input.ts';

const decode = (...chunks: (string | Buffer)[]): readonly Input[] => {
  const decoder = new InputDecoder();
  const inputs = chunks.flatMap((chunk) => decoder.push(chunk));
  return [...inputs, ...decoder.flush()];
};
const chords = (...chunks: (string | Buffer)[]): string[] =>
  decode(...chunks).map((input) => (input.type === 'key' ? input.chord : input.type));

test.each([
  ['jjjj', ['j', 'j', 'j', 'j']],
  ['\x1b', ['esc']],
  ['\x1b\x1b', ['esc', 'esc']],
  ['\x1b[A\x1b[B', ['up', 'down']],
  ['\x1bOP\x1b[15~\x1b[24~', ['f1', 'f5', 'f12']],
  ['\x1b[[A', ['f1']],
  ['\x1b[1;5C\x1b[1;2D\x1b[3;3~', ['ctrl+right', 'shift+left', 'alt+delete']],
  ['\x1b[Z\t', ['shift+tab', 'tab']],
  ['\x04\x00\x1c\x7f\r', ['ctrl+d', 'ctrl+space', 'ctrl+\\', 'backspace', 'enter']],
  ['\x1bx\x1bX', ['alt+x', 'alt+shift+x']],
  ['GÄ:?/', ['shift+g', 'shift+ä', ':', '?', '/']],
  ['\x1b[106;5u\x1b[97;2u\x1b[27u\x1b[106;5:3u', ['ctrl+j', 'shift+a', 'esc']],
  ['\x1b[27;6;107~', ['ctrl+shift+k']],
  ['\x1b[?62;c\x1b[12;40R\x1b[?2026;2$yj', ['j']],
  ['\x1b[I\x1b[O', ['focus', 'focus']],
])('%j is read as %j', (bytes, expected) => {
  expect(chords(bytes)).toEqual(expected);
});

test('every sequence gives the same inputs wherever the chunks are cut', () => {
  const bytes = Buffer.from('jé\x1b[1;5Ck\x1b[<64;10;5M\x1b[200~a\nb\x1b[201~\x1bOQ日\x1b]11;rgb:ffff/ffff/ffff\x1b\\x');
  const whole = decode(bytes);
  expect(whole.map((input) => input.type)).toEqual([
    'key',
    'key',
    'key',
    'key',
    'wheel',
    'paste',
    'key',
    'key',
    'background',
    'key',
  ]);
  for (let cut = 1; cut < bytes.length; cut++) expect(decode(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(whole);
  expect(decode(...[...bytes].map((byte) => Buffer.from([byte])))).toEqual(whole);
});

test('a paste is one input, whatever it contains', () => {
  expect(decode('\x1b[200~rm -rf\r\n\x1b[A:q\x1b[201~j')).toEqual([
    {type: 'paste', text: 'rm -rf\r\n\x1b[A:q'},
    {type: 'key', chord: 'j', text: 'j'},
  ]);
});

test('mouse reports carry the cell, releases and other buttons are swallowed', () => {
  expect(decode('\x1b[<0;3;7M\x1b[<0;3;7m\x1b[<2;1;1M\x1b[<65;1;1M\x1b[M !!')).toEqual([
    {type: 'press', x: 2, y: 6},
    {type: 'wheel', by: 1, x: 0, y: 0},
  ]);
});

test('the background answer is never typed text', () => {
  expect(decode('\x1b]11;rgb:ff/80/0\x07')).toEqual([{type: 'background', red: 1, green: 128 / 255, blue: 0}]);
});

test('typed characters carry their text, keys that write nothing carry none', () => {
  expect(decode('a A\x1b[A')).toEqual([
    {type: 'key', chord: 'a', text: 'a'},
    {type: 'key', chord: 'space', text: ' '},
    {type: 'key', chord: 'shift+a', text: 'A'},
    {type: 'key', chord: 'up'},
  ]);
});
