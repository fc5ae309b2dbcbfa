import {expect, test} from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  parseQuantity,
  quantityMilli,
  quantityText,
  quantityValue,
} from './quantity.ts';

test.each([
  ['1500m', '1500m'],
  ['0.5', '500m'],
  ['1000Mi', '1000Mi'],
  ['1024Mi', '1Gi'],
  ['0', '0'],
  ['1e3', '1e3'],
  ['1000', '1k'],
  ['12e6', '12e6'],
  ['0.5Gi', '512Mi'],
  ['512', '512'],
  ['1Ki', '1Ki'],
  ['0.5Ki', '512'],
  ['100000000', '100M'],
  ['-1.5', '-1500m'],
  ['1.5Ki', '1536'],
  ['7926468Ki', '7926468Ki'],
  ['0.0000000001', '1n'],
])('%s is written %s', (text, canonical) => {
  expect(canonicalQuantity(text)).toBe(canonical);
});

test('text that is no quantity is none', () => {
  expect(parseQuantity('lots')).toBeUndefined();
  expect(parseQuantity('')).toBeUndefined();
  expect(canonicalQuantity(undefined)).toBe('0');
});

test('sums take the format of the first part that is not zero', () => {
  const sum = (a: string, b: string): string => quantityText(addQuantities(parseQuantity(a)!, parseQuantity(b)!));
  expect(sum('0', '1Gi')).toBe('1Gi');
  expect(sum('1Gi', '1G')).toBe('2073741824');
  expect(sum('1M', '1Mi')).toBe('2048576');
  expect(sum('100m', '900m')).toBe('1');
});

test('values round up', () => {
  expect(quantityMilli(parseQuantity('1u')!)).toBe(1);
  expect(quantityValue(parseQuantity('100m')!)).toBe(1);
  expect(quantityValue(parseQuantity('1Gi')!)).toBe(1073741824);
  expect(compareQuantities(parseQuantity('1Gi')!, parseQuantity('1G')!)).toBeGreaterThan(0);
});
