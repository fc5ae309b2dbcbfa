import {expect, test} from 'vitest';
import {ageText, humanDuration, rfc1123z} from './age.ts';

const s = 1000,
  m = 60 * s,
  h = 60 * m,
  d = 24 * h;

test.each([
  [-3 * s, '<invalid>'],
  [-1.5 * s, '0s'],
  [-0.2 * s, '0s'],
  [0, '0s'],
  [119.9 * s, '119s'],
  [2 * m, '2m'],
  [2 * m + s, '2m1s'],
  [10 * m + 59 * s, '10m'],
  [179 * m, '179m'],
  [3 * h, '3h'],
  [3 * h + m, '3h1m'],
  [8 * h + 59 * m, '8h'],
  [47 * h, '47h'],
  [48 * h, '2d'],
  [49 * h, '2d1h'],
  [8 * d + 5 * h, '8d'],
  [729 * d, '729d'],
  [730 * d, '2y'],
  [731 * d, '2y1d'],
  [9 * 365 * d, '9y'],
])('%d ms is %s', (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});

test('a missing time has an unknown age', () => {
  expect(ageText(undefined, new Date())).toBe('<unknown>');
  expect(ageText('2026-01-01T00:00:00Z', new Date('2026-01-01T00:00:07Z'))).toBe('7s');
});

test('moments are written as describe writes them', () => {
  expect(rfc1123z('2026-01-02T03:04:05Z')).toBe('Fri, 02 Jan 2026 03:04:05 +0000');
  expect(rfc1123z(undefined)).toBe('Mon, 01 Jan 0001 00:00:00 +0000');
});
