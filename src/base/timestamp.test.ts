import {expect, test} from 'vitest';
import {nanosecondsOf} from './timestamp.ts';

test('two times less than a millisecond apart are told apart', () => {
  const first = nanosecondsOf('2026-01-02T03:04:05.123456Z')!;
  expect(nanosecondsOf('2026-01-02T03:04:05.123457Z')! - first).toBe(1000n);
  expect(first).toBe(BigInt(Date.parse('2026-01-02T03:04:05Z')) * 1_000_000n + 123_456_000n);
});

test('whole seconds, short fractions and zones are read; what is no time is none', () => {
  expect(nanosecondsOf('1970-01-01T00:00:01Z')).toBe(1_000_000_000n);
  expect(nanosecondsOf('1970-01-01T00:00:01.5Z')).toBe(1_500_000_000n);
  expect(nanosecondsOf('1970-01-01T01:00:01.000002+01:00')).toBe(1_000_002_000n);
  expect(nanosecondsOf('')).toBeUndefined();
  expect(nanosecondsOf('yesterday')).toBeUndefined();
});
