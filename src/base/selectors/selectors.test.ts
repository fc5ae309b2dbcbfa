import {expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../../test/support/go-oracle/stored.ts';
import {escapeFieldValue, fieldSelectorText, matchesFields, parseFieldSelector} from './field.ts';
import {formatLabelSelector, labelSelectorText, matchesLabels, parseLabelSelector, requirementsOf} from './label.ts';
import type {LabelSelectorObject} from './label.ts';

type Texts = Readonly<Record<string, string>>;

test.each(storedCases(new URL('selectors.cases.json', import.meta.url)).cases)('$op $text $data', (one) => {
  sameAsGo(one, (write) => {
    if (one.op === 'selector') {
      const requirements = parseLabelSelector(one.text);
      write(`${labelSelectorText(requirements)}|${matchesLabels(requirements, one.data as Texts)}`);
    } else if (one.op === 'fieldsel') {
      const requirements = parseFieldSelector(one.text);
      write(`${fieldSelectorText(requirements)}|${matchesFields(requirements, one.data as Texts)}`);
    } else {
      const selector = one.data as LabelSelectorObject;
      write(`${labelSelectorText(requirementsOf(selector)!)}|${formatLabelSelector(selector)}`);
    }
  });
});

test('no selector matches nothing, an empty one everything', () => {
  expect(requirementsOf(null)).toBeUndefined();
  expect(matchesLabels(requirementsOf({})!, {a: 'b'})).toBe(true);
  expect(formatLabelSelector({})).toBe('<none>');
});

test('a name with commas can be asked for', () => {
  expect(parseFieldSelector(`metadata.name=${escapeFieldValue('a,b=c\\d')}`)[0]).toEqual({
    field: 'metadata.name',
    operator: '=',
    value: 'a,b=c\\d',
  });
});
