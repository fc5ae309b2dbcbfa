import {expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../test/support/go-oracle/stored.ts';
import {
  addQuantities,
  compareQuantities,
  parseQuantity,
  quantityFloat,
  quantityMilli,
  quantityText,
  quantityValue,
  subtractQuantities,
} from './quantity.ts';

const {cases} = storedCases(new URL('quantity.cases.json', import.meta.url));

test.each(cases.filter(({op}) => op === 'quantity'))('quantity $text', ({text, want}) => {
  const quantity = parseQuantity(text);
  if (want.err !== undefined) {
    expect(quantity).toBeUndefined();
    return;
  }
  const [canonical, value, milli] = want.out.split('|');
  expect(quantityText(quantity!)).toBe(canonical);
  expect(quantityValue(quantity!)).toBe(Number(value));
  // Beyond an int64 Go's thousandths wrap around; ours do not.
  if (quantityValue(quantity!) < 9e15) expect(quantityMilli(quantity!)).toBe(Number(milli));
});

test.each(cases.filter(({op}) => op === 'qadd'))('$text and $text2', (one) => {
  sameAsGo(one, (write) => {
    const a = parseQuantity(one.text)!;
    const b = parseQuantity(one.text2!)!;
    write(`${quantityText(addQuantities(a, b))}|${quantityText(subtractQuantities(a, b))}|${Math.sign(compareQuantities(a, b))}`);
  });
});

test('an amount as a float', () => {
  expect(quantityFloat(parseQuantity('1500m')!)).toBe(1.5);
  expect(quantityFloat(parseQuantity('1Gi')!)).toBe(1073741824);
});
