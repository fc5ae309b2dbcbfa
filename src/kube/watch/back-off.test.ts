import {describe, expect, it} from 'vitest';
import {BackOff} from './back-off.ts';

const BOUNDS = {first: 800, longest: 30_000};

describe('backing off', () => {
  it('doubles up to the longest wait and starts again after a success', () => {
    const backOff = new BackOff(BOUNDS, () => 0);
    expect(Array.from({length: 8}, () => backOff.next())).toStrictEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
    expect(backOff.failures).toBe(8);
    backOff.reset();
    expect(backOff.next()).toBe(800);
  });

  it('spreads clients over as much again, and never beyond the longest wait', () => {
    const backOff = new BackOff(BOUNDS, () => 0.5);
    expect(Array.from({length: 7}, () => backOff.next())).toStrictEqual([1200, 2400, 4800, 9600, 19_200, 30_000, 30_000]);
  });
});
