// `Warning` headers as servers send them.
import {expect, test} from 'vitest';
import {warningTexts} from './warnings.ts';

test.each([
  [undefined, []],
  ['299 - "plain"', ['plain']],
  ['299 - "one", 299 - "two"', ['one', 'two']],
  ['299 - "one", 199 - "not for us", 299 agent "three"', ['one', 'three']],
  ['299 - "with \\"quotes\\" and \\\\ and, comma"', ['with "quotes" and \\ and, comma']],
  ['299 - "dated" "Tue, 15 Nov 1994 08:12:31 GMT", 299 - "next"', ['dated', 'next']],
  ['299 - ""', []],
  ['299 - "good", garbage', ['good']],
  ['garbage', []],
  ['299 - "half', []],
  [
    ['299 - "a"', '299 - "b"'],
    ['a', 'b'],
  ],
  [Buffer.from('299 - "größer"').toString('latin1'), ['größer']],
])('%j', (header, texts) => {
  expect(warningTexts(header)).toEqual(texts);
});
