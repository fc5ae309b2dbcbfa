// Reads a quoted string with Go's escapes, in single or double quotes.

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Content of a quoted text, or undefined when Go's `strconv` would call it invalid syntax. */
export const unquote = (quoted: string): string | undefined => {
  const quote = quoted[0];
  if (quoted.length < 2 || quote !== quoted.at(-1) || (quote !== '"' && quote !== "'")) return undefined;
  const text = quoted.slice(1, -1);
  if (!text.includes('\\') && !text.includes(quote)) return text;
  const bytes: Buffer[] = [];
  for (let at = 0; at < text.length;) {
    const char = String.fromCodePoint(text.codePointAt(at)!);
    if (char === quote) return undefined;
    if (char !== '\\') {
      bytes.push(Buffer.from(char));
      at += char.length;
      continue;
    }
    const escape = escapeAt(text, at + 1, quote);
    if (escape === undefined) return undefined;
    bytes.push(escape.bytes);
    at = escape.end;
  }
  return Buffer.concat(bytes).toString('utf8');
};

const escapeAt = (text: string, at: number, quote: string): {bytes: Buffer; end: number} | undefined => {
  const kind = text[at];
  if (kind === undefined) return undefined;
  const simple = SIMPLE[kind] ?? (kind === quote ? quote : undefined);
  if (simple !== undefined) return {bytes: Buffer.from(simple), end: at + 1};
  const hex = {x: 2, u: 4, U: 8}[kind];
  if (hex !== undefined) {
    const digits = text.slice(at + 1, at + 1 + hex);
    if (digits.length !== hex || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
    const code = Number.parseInt(digits, 16);
    // `\x` is a byte, not a code point.
    if (kind === 'x') return {bytes: Buffer.from([code]), end: at + 3};
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
    return {bytes: Buffer.from(String.fromCodePoint(code)), end: at + 1 + hex};
  }
  const octal = /^[0-7]{3}/.exec(text.slice(at, at + 3))?.[0];
  if (octal === undefined || Number.parseInt(octal, 8) > 255) return undefined;
  return {bytes: Buffer.from([Number.parseInt(octal, 8)]), end: at + 3};
};
