import {expect, test} from 'vitest';
import {chop, wrap} from './cells.ts';

test('wrapping breaks at blanks and keeps every word', () => {
  expect(wrap('the image does not exist', 10)).toEqual(['the image', 'does not', 'exist']);
  expect(wrap('registry.example.com/shop/checkout:v42', 12)).toEqual(['registry.exa', 'mple.com/sho', 'p/checkout:v', '42']);
  expect(chop('abcdef', 4)).toEqual(['abcd', 'ef']);
});
