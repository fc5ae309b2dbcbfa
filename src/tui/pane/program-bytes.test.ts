import {expect, test} from 'vitest';
import {InputDecoder} from '../keys/decode.ts';
import {bytesForProgram} from './program-bytes.ts';

const modes = {applicationCursor: false, bracketedPaste: false, alternate: false};
const sent = (typed: string, change: Partial<typeof modes> = {}): string => {
  const decoder = new InputDecoder();
  return [...decoder.take(typed), ...decoder.takeRest()]
    .map(({input, bytes}) => bytesForProgram(input, bytes, {...modes, ...change}) ?? '')
    .join('');
};

test.each(['a', 'Ä', '\r', '\x03', '\x1a', '\x1bx', '\x1b[A', '\x1b[1;5C', '\x1b[15~', '\x7f', '\t', '\x1b', '日'])(
  'the key %j reaches the program as it was typed',
  (typed) => expect(sent(typed)).toBe(typed),
);

test('arrows take the form a program asked for; others are left alone', () => {
  expect(sent('\x1b[A\x1b[D\x1b[H\x1b[1;5A\x1b[5~x', {applicationCursor: true})).toBe('\x1bOA\x1bOD\x1bOH\x1b[1;5A\x1b[5~x');
});

test('a paste wears brackets only for a program that asked, and cannot leave them', () => {
  expect(sent('\x1b[200~one\ntwo\x1b[201~')).toBe('one\rtwo');
  expect(sent('\x1b[200~one\ntwo\x1b[201~', {bracketedPaste: true})).toBe('\x1b[200~one\rtwo\x1b[201~');
  expect(bytesForProgram({type: 'paste', text: 'a\x1b[201~b'}, '', {...modes, bracketedPaste: true})).toBe('\x1b[200~ab\x1b[201~');
});

test('the wheel moves by lines where the whole screen is the program’s; clicks, focus and answers of the terminal are not for it', () => {
  expect(sent('\x1b[<65;3;3M')).toBe('');
  expect(sent('\x1b[<65;3;3M', {alternate: true})).toBe('\x1b[B\x1b[B\x1b[B');
  expect(sent('\x1b[<0;3;3M\x1b[I\x1b]11;rgb:0000/0000/0000\x1b\\', {alternate: true})).toBe('');
});
