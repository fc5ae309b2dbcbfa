// Text in quotes as Go's `%q` writes it.

const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

const escapeRune = (char: string): string => {
  const short = SHORT[char];
  if (short !== undefined) return short;
  const code = char.codePointAt(0)!;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
};

/** `%q` of a string: printable Unicode as it is, the rest escaped. */
export const quoteGo = (text: string): string => `"${text.replace(/["\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, escapeRune)}"`;
