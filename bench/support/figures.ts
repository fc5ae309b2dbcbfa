// Figures of a benchmark: how many runs become one number, and the table that holds them against their targets.

/** One line of the result: what was measured, and how much it may be. */
export type Figure = {
  readonly part: string;
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'x' | 'MiB' | '%' | 'bytes' | '';
  /** The value must not be above it. */
  readonly target?: number;
  /** Numbers behind the value, such as what a ratio was made of. */
  readonly of?: string;
  /** False: missed. Absent without a target; a second way to meet a target is told by the part itself. */
  readonly met?: boolean;
};

export const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The value below which a share of all lies, between neighbours. */
export const percentile = (values: readonly number[], share: number): number => {
  const all = sorted(values);
  if (all.length === 0) return Number.NaN;
  const at = (all.length - 1) * share;
  const below = all[Math.floor(at)]!;
  return below + (all[Math.ceil(at)]! - below) * (at - Math.floor(at));
};

/** A figure that is held against its target here. */
export const figure = (
  part: string,
  what: string,
  value: number,
  unit: Figure['unit'],
  more: {target?: number; of?: string; met?: boolean} = {},
): Figure => ({
  part,
  what,
  value: round(value),
  unit,
  ...(more.target === undefined ? {} : {target: more.target, met: more.met ?? value <= more.target}),
  ...(more.of === undefined ? {} : {of: more.of}),
});

/** Three digits that say something. */
export const round = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** A figure as people read it, in full digits. */
export const numberOf = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) >= 1000 ? value.toLocaleString('en-US') : String(value);

/** The table for people, a line a figure. */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = figures.map(({part, what, value, unit, target, met, of}) => [
    part,
    what,
    `${numberOf(value)}${unit === '' ? '' : ` ${unit}`}`,
    target === undefined ? '' : `<= ${numberOf(target)}${unit === '' ? '' : ` ${unit}`}`,
    met === undefined ? '' : met ? 'met' : 'MISSED',
    of ?? '',
  ]);
  const all = [['part', 'figure', 'value', 'target', '', 'of'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === 2 || column === 3 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
