// The quick way to Go's JSON: JSON.stringify does the work when nothing in the object needs special care.
import {GoFloat} from '../go-number.ts';
import {sortedKeys} from './order.ts';

const INDEX = /^(?:0|[1-9]\d*)$/;
const HTML = /[<>&\u2028\u2029]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** Something JSON.stringify would write differently from Go. */
const SPECIAL = Symbol('special');

/** Sorted JSON text, or undefined when the object holds what JSON.stringify writes differently from Go. */
export const fastJson = (value: unknown, indent: string): string | undefined => {
  const copy = sortedCopy(value);
  if (copy === SPECIAL) return undefined;
  const text = JSON.stringify(copy, undefined, indent);
  // These stand inside strings only, so the text can be searched as a whole.
  return HTML.test(text) ? text.replace(/[<>&\u2028\u2029]/g, (char) => ESCAPES[char]!) : text;
};

const sortedCopy = (value: unknown): unknown => {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : SPECIAL;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : SPECIAL;
    case 'object':
      break;
    default:
      return typeof value === 'boolean' ? value : SPECIAL;
  }
  if (value === null) return null;
  if (value instanceof GoFloat) return SPECIAL;
  if (Array.isArray(value)) {
    const items = new Array<unknown>(value.length);
    for (let index = 0; index < value.length; index += 1) {
      const item = sortedCopy(value[index]);
      if (item === SPECIAL) return SPECIAL;
      items[index] = item;
    }
    return items;
  }
  const fields: Record<string, unknown> = {};
  for (const key of sortedKeys(value)) {
    const field = (value as Record<string, unknown>)[key];
    if (field === undefined) continue;
    // Keys that look like numbers would move to the front.
    if (INDEX.test(key) || key === '__proto__' || !key.isWellFormed()) return SPECIAL;
    const copy = sortedCopy(field);
    if (copy === SPECIAL) return SPECIAL;
    fields[key] = copy;
  }
  return fields;
};
