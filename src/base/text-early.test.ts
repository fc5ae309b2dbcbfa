// Widths before the library that knows them is loaded: those of the first frame.
import {expect, test} from 'vitest';
import stringWidth from 'string-width';
import {cutEnd, widthOf} from './text.ts';

test('the library is not needed to come near: wide characters take two cells', () => {
  for (const text of ['東京', 'prod-東京', '한국', 'é', 'Ω ok', '👍'])
    expect([text, widthOf(text)]).toEqual([text, stringWidth(text)]);
  expect(cutEnd('prod-東京', 8)).toBe('prod-東');
});
