import {expect, test} from 'vitest';
import {goDurationText, parseGoDuration} from './go-duration.ts';

test.each([
  ['0', 0],
  ['1h2m3.5s', 3_723_500],
  ['300ms', 300],
  ['-1s', -1000],
  ['.5s', 500],
])('%s', (text, milliseconds) => {
  expect(parseGoDuration(text)).toBe(milliseconds);
});

test.each(['', '1', 's', '1x', '--1s'])('%j is no duration', (text) => {
  expect(parseGoDuration(text)).toHaveProperty('error');
});

test.each([
  [0, '0s'],
  [1500, '1.5s'],
  [90_000, '1m30s'],
  [3_600_000, '1h0m0s'],
  [250, '250ms'],
])('%d ms is written %s', (milliseconds, text) => {
  expect(goDurationText(milliseconds)).toBe(text);
});
