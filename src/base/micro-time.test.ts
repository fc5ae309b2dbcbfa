import {expect, test} from 'vitest';
import {microseconds} from './micro-time.ts';

test('two times less than a millisecond apart are told apart', () => {
  const first = microseconds('2026-01-02T03:04:05.123456Z');
  expect(microseconds('2026-01-02T03:04:05.123457Z') - first).toBe(1);
  expect(first).toBe(Date.parse('2026-01-02T03:04:05Z') * 1000 + 123_456);
});

test('whole seconds, short fractions, zones and nothing at all are read', () => {
  expect(microseconds('1970-01-01T00:00:01Z')).toBe(1_000_000);
  expect(microseconds('1970-01-01T00:00:01.5Z')).toBe(1_500_000);
  expect(microseconds('1970-01-01T01:00:01.000002+01:00')).toBe(1_000_002);
  expect(microseconds(undefined)).toBe(0);
  expect(microseconds(null)).toBe(0);
});
