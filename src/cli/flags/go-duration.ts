// Go's duration texts: `1h2m3.5s`, `300ms`, with the errors `time.ParseDuration` gives.
import {quoteGo} from './quote-go.ts';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a duration text, or Go's complaint about it. */
export const parseGoDuration = (text: string): number | {readonly error: string} => {
  const invalid = {error: `time: invalid duration ${quoteGo(text)}`};
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0;
  if (rest === '') return invalid;
  let total = 0;
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return invalid;
    rest = rest.slice(number.length);
    const unit = /^[^.\d]+/.exec(rest)?.[0];
    if (unit === undefined) return {error: `time: missing unit in duration ${quoteGo(text)}`};
    const factor = UNITS[unit];
    if (factor === undefined) return {error: `time: unknown unit ${quoteGo(unit)} in duration ${quoteGo(text)}`};
    total += Number(number) * factor;
    rest = rest.slice(unit.length);
  }
  return sign * total;
};

/** Go's text of a duration given in milliseconds: `1m30s`, `1.5s`, `0s`. */
export const goDurationText = (milliseconds: number): string => {
  if (milliseconds === 0) return '0s';
  const sign = milliseconds < 0 ? '-' : '';
  const value = Math.abs(milliseconds);
  if (value < 1) return `${sign}${Number((value * 1000).toFixed(3))}µs`;
  if (value < 1000) return `${sign}${value}ms`;
  const hours = Math.floor(value / 3_600_000);
  const minutes = Math.floor((value % 3_600_000) / 60_000);
  const seconds = Number(((value % 60_000) / 1000).toFixed(9));
  const tail = `${seconds}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${tail}`;
  return minutes > 0 ? `${sign}${minutes}m${tail}` : `${sign}${tail}`;
};
