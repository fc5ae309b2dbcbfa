import {expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../test/support/go-oracle/stored.ts';
import {humanDuration, shortHumanDuration} from './age.ts';
import {goDurationText, parseAge, parseGoDuration} from './duration.ts';

test.each(storedCases(new URL('duration.cases.json', import.meta.url)).cases)('$op $text $num', (one) => {
  sameAsGo(one, (write) => {
    if (one.op === 'godur') write(goDurationText(BigInt(one.num!)));
    else if (one.op === 'human') write(`${humanDuration(one.num! / 1e6)}|${shortHumanDuration(one.num! / 1e6)}`);
    else write(String(parseGoDuration(one.text)));
  });
});

test('ages as people type them', () => {
  expect(parseAge('10m')).toBe(600_000);
  expect(parseAge('2d5h')).toBe(2 * 86_400_000 + 5 * 3_600_000);
  expect(parseAge('1.5h')).toBe(5_400_000);
  expect(parseAge('ten')).toBeUndefined();
  expect(parseAge('10')).toBeUndefined();
});
