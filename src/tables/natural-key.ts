// A key that makes plain `<` sort names as people do: `web-9` before `web-10`.

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The text with each run of digits led by its length, so that longer numbers sort after shorter ones. */
export const naturalKey = (text: string): string => {
  let key = '';
  let from = 0;
  for (let index = 0; index < text.length;) {
    if (!isDigit(text.charCodeAt(index))) {
      index += 1;
      continue;
    }
    let start = index;
    while (index < text.length && isDigit(text.charCodeAt(index))) index += 1;
    // Leading zeros say nothing about size; they still count at the very end, through the uid or the whole text.
    while (start < index - 1 && text.charCodeAt(start) === 48) start += 1;
    const length = index - start;
    key +=
      text.slice(from, start) +
      String.fromCharCode(48 + Math.min(length, 9)) +
      (length > 9 ? String.fromCharCode(48 + Math.min(length, 70)) : '');
    from = start;
  }
  return from === 0 ? (key === '' ? text : key + text) : key + text.slice(from);
};
