// Field selectors such as `metadata.name=x,status.phase!=Running`.
import {compareBytes} from '../json/order.ts';

/** One condition on a field. */
export type FieldRequirement = {readonly field: string; readonly operator: '=' | '!='; readonly value: string};

/** Conditions of a field selector, sorted by text as apimachinery sorts them. Throws its message. */
export const parseFieldSelector = (selector: string): FieldRequirement[] => {
  const requirements: FieldRequirement[] = [];
  for (const term of splitTerms(selector).sort(compareBytes)) {
    if (term === '') continue;
    const match = /^([^=!]*(?:!(?!=)[^=!]*)*)(!=|==|=)([^]*)$/.exec(term);
    if (match === null) throw new Error(`invalid selector: '${selector}'; can't understand '${term}'`);
    const requirement: FieldRequirement = {
      field: match[1]!,
      operator: match[2] === '!=' ? '!=' : '=',
      value: unescapeValue(match[3]!),
    };
    // Neither field nor value: no condition.
    if (requirement.field !== '' || requirement.value !== '') requirements.push(requirement);
  }
  return requirements;
};

const splitTerms = (selector: string): string[] => {
  const terms: string[] = [''];
  for (let index = 0; index < selector.length; index += 1) {
    const char = selector[index]!;
    if (char === ',') terms.push('');
    else terms[terms.length - 1] += char;
    if (char === '\\' && index + 1 < selector.length) {
      index += 1;
      terms[terms.length - 1] += selector[index]!;
    }
  }
  return terms;
};

const unescapeValue = (text: string): string => {
  let value = '';
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    if (char === ',' || char === '=')
      throw new Error(`invalid field selector: unescaped character in value: ${char.charCodeAt(0)}`);
    if (char !== '\\') {
      value += char;
      continue;
    }
    index += 1;
    const escaped = text[index];
    if (escaped === undefined || !'\\,='.includes(escaped))
      throw new Error(`invalid field selector: invalid escape sequence: \\${escaped ?? ''}`);
    value += escaped;
  }
  return value;
};

/** A value with the characters escaped that mean something in a field selector. */
export const escapeFieldValue = (value: string): string => value.replace(/[\\,=]/g, String.raw`\$&`);

/** Conditions as text. */
export const fieldSelectorText = (requirements: readonly FieldRequirement[]): string =>
  requirements.map(({field, operator, value}) => `${field}${operator}${escapeFieldValue(value)}`).join(',');

/** Whether fields meet all conditions; a field that is not there counts as empty. */
export const matchesFields = (requirements: readonly FieldRequirement[], fields: Readonly<Record<string, string>>): boolean =>
  requirements.every(({field, operator, value}) => ((fields[field] ?? '') === value) === (operator === '='));
