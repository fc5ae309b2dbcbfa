// Order of strings and keys as Go compares them: by UTF-8 bytes, which is by code point.

const HAS_SURROGATE = /[\ud800-\udfff]/;

/** Go's `<` on strings as a comparison; JavaScript's differs only where a surrogate meets U+E000 to U+FFFF. */
export const compareBytes = (a: string, b: string): number => {
  if (a === b) return 0;
  if (HAS_SURROGATE.test(a) || HAS_SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
};

/** Keys of an object in Go's map order. */
export const sortedKeys = (value: object): string[] => {
  const keys = Object.keys(value);
  // Server objects come with sorted keys already; looking costs less than sorting.
  for (let index = 1; index < keys.length; index += 1) {
    if (keys[index - 1]! > keys[index]!) return keys.sort(compareBytes);
  }
  return keys.some((key) => HAS_SURROGATE.test(key)) ? keys.sort(compareBytes) : keys;
};
