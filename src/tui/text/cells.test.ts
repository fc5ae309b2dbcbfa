import {expect, test} from 'vitest';
import stringWidth from 'string-width';
import {chop, clean, cut, fit, shorten, widthOf, wrap} from './cells.ts';

test('cluster text cannot reach the terminal as a command', () => {
  expect(clean('ok\x1b[2Jgone\r\n\x07')).toBe('ok^[[2Jgone^M⏎^G');
  expect(clean('a\u200db\ufe0fc\u202ed')).toBe('abcd');
});

test('a cell is always as wide as asked', () => {
  for (const text of ['', 'checkout', 'checkout-7d9f5c', '日本語のポッド', '👍👍👍👍👍👍', 'é́é́é́é́é́é́é́é́é́'])
    for (let width = 0; width < 14; width++)
      for (const align of ['left', 'right'] as const) expect(stringWidth(fit(text, width, '…', align)), `${text} in ${width}`).toBe(width);
  expect(fit('checkout', 6, '…')).toBe('check…');
  expect(fit('12', 4, '…', 'right')).toBe('  12');
});

test('cutting never splits a wide character', () => {
  expect(cut('日本語', 3)).toBe('日');
  expect(cut('日本語', 4)).toBe('日本');
});

test('long names lose their middle', () => {
  expect(shorten('checkout-7d9f5c8b6-x2x9p', 12, '…')).toBe('checko…x2x9p');
  expect(widthOf(shorten('日本語の長い名前です', 9, '…'))).toBeLessThanOrEqual(9);
});

test('wrapping breaks at blanks and keeps every word', () => {
  expect(wrap('the image does not exist', 10)).toEqual(['the image', 'does not', 'exist']);
  expect(wrap('registry.example.com/shop/checkout:v42', 12)).toEqual(['registry.exa', 'mple.com/sho', 'p/checkout:v', '42']);
  expect(chop('abcdef', 4)).toEqual(['abcd', 'ef']);
});
