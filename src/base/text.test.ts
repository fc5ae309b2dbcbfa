import {beforeAll, expect, test} from 'vitest';
import stringWidth from 'string-width';
import {escapeTerminal, sanitizeLine} from './terminal-escape.ts';
import {cleanLine, cutEnd, cutStart, fitTo, loadWidths, shortenMiddle, widthOf} from './text.ts';

beforeAll(loadWidths);

test('every sign that is drawn unmeasured takes one cell', () => {
  const wrong: string[] = [];
  let asked = 0;
  for (let code = 0x20; code < 0x3000; code += 1) {
    const sign = String.fromCharCode(code);
    // A text whose width does not depend on the library is cut by its length.
    if (cutEnd(`${sign}${sign}`, 1) === sign && widthOf(sign) === 1) asked += 1;
    if (widthOf(sign) !== stringWidth(sign) || widthOf(`a${sign}b`) !== stringWidth(`a${sign}b`)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(1000);
});

const TEXTS = ['', 'checkout', 'checkout-7d9f5c8b6-x2x9p', '日本語のポッド', '👍👍👍', 'é́é́é́é́', 'a日b👍c', '👨‍👩‍👧 family', '🇨🇭 flag'];

test.each(TEXTS)('a cell of %j is always as wide as asked', (text) => {
  expect(widthOf(text)).toBe(stringWidth(text));
  for (let width = 0; width < 20; width += 1) {
    for (const align of ['left', 'right'] as const) expect(stringWidth(fitTo(text, width, '…', align))).toBe(width);
    expect(stringWidth(cutEnd(text, width))).toBeLessThanOrEqual(width);
    expect(text.startsWith(cutEnd(text, width))).toBe(true);
    expect(text.endsWith(cutStart(text, width))).toBe(true);
    expect(stringWidth(shortenMiddle(text, width))).toBeLessThanOrEqual(width);
  }
});

test('cut text carries a mark', () => {
  expect(fitTo('checkout', 6)).toBe('check~');
  expect(fitTo('12', 4, '…', 'right')).toBe('  12');
  expect(shortenMiddle('checkout-7d9f5c8b6-x2x9p', 12, '…')).toBe('checko…x2x9p');
});

test('cluster text never reaches the terminal as a command', () => {
  expect(escapeTerminal('ok\u001b[2J\r')).toBe('ok^[[2J\\r');
  expect(sanitizeLine('a\u001b[2J\u0007\tb\nc\u009b31m\u202ed')).toBe('a^[[2J^G b⏎c31md');
  expect(cleanLine('a\u200db\ufe0fc')).toBe('abc');
});
