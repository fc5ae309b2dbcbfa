// Points in time as Kubernetes writes them, to the microsecond: events of one controller are often less than a millisecond apart.

/** Microseconds since 1970 of an RFC 3339 time (`Time` or `MicroTime`); 0 when there is none, NaN when it is no time. */
export const microseconds = (text: string | null | undefined): number => {
  if (text === null || text === undefined) return 0;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  return Math.floor(Date.parse(text.replace(/\.\d+/, '')) / 1000) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
};
