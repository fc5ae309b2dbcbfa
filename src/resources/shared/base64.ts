// How long a base64 text is when decoded, without decoding it.

/** Number of bytes behind a padded base64 text. */
export const base64Length = (text: string): number =>
  (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
