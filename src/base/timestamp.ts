// Points in time to the nanosecond: Date would lose what tells two log lines, or two events of one controller, apart.

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** Nanoseconds since 1970, or undefined for text that is no timestamp. */
export const nanosecondsOf = (text: string): bigint | undefined => {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, whole, fraction = '', zone] = match;
  const milliseconds = Date.parse(`${whole}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
};
