import {expect, test} from 'vitest';
import {LogBuffer} from './log-buffer.ts';

const lines = (from: number, count: number) =>
  Array.from({length: count}, (_, index) => ({source: 0, time: '', text: `line ${from + index}`}));

test('never holds more than its limit, keeps the newest, and counts what fell off', () => {
  const buffer = new LogBuffer(100);
  for (let from = 0; from < 1000; from += 50) buffer.add(lines(from, 50));
  expect(buffer.all.length).toBeLessThanOrEqual(100);
  expect(buffer.all.at(-1)?.text).toBe('line 999');
  expect(buffer.dropped + buffer.all.length).toBe(1000);
});

test('is empty again for the next container, however often one changes', () => {
  const buffer = new LogBuffer(100);
  for (let container = 0; container < 20; container++) {
    buffer.add(lines(0, 90));
    buffer.clear();
    expect(buffer.all).toEqual([]);
  }
  buffer.add(lines(0, 3));
  expect(buffer.rows.map(({text}) => text)).toEqual(['line 0', 'line 1', 'line 2']);
});

test('a filter shows the lines that match, those of before and those to come, within the limit too', () => {
  const buffer = new LogBuffer(100);
  buffer.add(lines(0, 50));
  buffer.filter(/7$/);
  buffer.add(lines(50, 100));
  expect(buffer.rows.every(({text}) => text.endsWith('7'))).toBe(true);
  expect(buffer.rows.at(-1)?.text).toBe('line 147');
  expect(buffer.rows.length).toBe(buffer.all.filter(({text}) => text.endsWith('7')).length);
  buffer.filter(undefined);
  expect(buffer.rows).toBe(buffer.all);
});
