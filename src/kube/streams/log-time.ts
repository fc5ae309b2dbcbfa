// Compares the timestamps in front of log lines to the nanosecond; Date would lose the last six digits.

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** Nanoseconds since 1970, or undefined for text that is no timestamp. */
export const nanosecondsOf = (text: string): bigint | undefined => {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, whole, fraction = '', zone] = match;
  const milliseconds = Date.parse(`${whole}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
};

/** The timestamp and the rest of a line read with `timestamps=true`. */
export const splitTimestamp = (line: string): {time: string; text: string} => {
  const space = line.indexOf(' ');
  const end = space < 0 ? line.length : space;
  // The kubelet's own messages ("unable to retrieve container logs ...") carry no timestamp.
  if (line.charCodeAt(4) !== 45 || line.charCodeAt(10) !== 84 || end < 20) return {time: '', text: line};
  return {time: line.slice(0, end), text: line.slice(end + 1)};
};
