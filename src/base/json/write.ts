// Writes JSON the way Go's encoding/json does: sorted keys, HTML-safe escapes, Go's float format.
import {formatFloatJson, GoFloat} from '../go-number.ts';
import {fastJson} from './fast.ts';
import {sortedKeys} from './order.ts';

// JSON.stringify differs from Go only in these characters.
const GO_ESCAPES = /[<>&\u2028\u2029\b\f\ud800-\udfff]/;
const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};
const NEEDS_QUOTING = /[\u0000-\u001f"\\<>&\u2028\u2029\ud800-\udfff]/;

/** A JSON string with Go's escapes. A lone surrogate, which Go's strings cannot hold, becomes U+FFFD. */
export const quoteJson = (text: string): string => {
  if (!NEEDS_QUOTING.test(text)) return `"${text}"`;
  const quoted = JSON.stringify(text.toWellFormed());
  return GO_ESCAPES.test(quoted) ? quoted.replace(/[<>&\u2028\u2029]/g, (char) => ESCAPED[char]!) : quoted;
};

/** How the keys of an object are ordered. */
export type KeyOrder =
  /** Bytewise, as Go maps are written: everything that came from a server. */
  | 'sorted'
  /** As the object was built, which stands for Go struct order; known maps such as labels and data are still sorted. */
  | 'struct';

// Fields of built-in types whose Go type is a map; inside them keys are sorted even in struct order.
const MAP_FIELDS = new Set([
  'labels',
  'annotations',
  'data',
  'stringData',
  'binaryData',
  'matchLabels',
  'nodeSelector',
  'limits',
  'requests',
  'hard',
  'used',
  'selector',
  'options',
  'parameters',
  'extra',
  'capacity',
  'allocatable',
  'overhead',
  'volumeAttributes',
]);

const keysOf = (value: object, order: KeyOrder, field: string): readonly string[] =>
  order === 'sorted' || (MAP_FIELDS.has(field) && Object.values(value).every((item) => typeof item === 'string'))
    ? sortedKeys(value)
    : Object.keys(value);

const scalar = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return quoteJson(value);
    case 'number':
      return formatFloatJson(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return value instanceof GoFloat ? formatFloatJson(value.value) : 'null';
  }
};

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object' || value instanceof GoFloat;

/** One line without blanks, `json.Marshal`. */
export const writeJson = (value: unknown, order: KeyOrder = 'sorted'): string =>
  (order === 'sorted' ? fastJson(value, '') : undefined) ?? compact(value, order, '');

const compact = (value: unknown, order: KeyOrder, field: string): string => {
  if (isScalar(value)) return scalar(value);
  if (Array.isArray(value)) {
    let text = '[';
    for (let index = 0; index < value.length; index += 1) text += (index === 0 ? '' : ',') + compact(value[index], order, '');
    return `${text}]`;
  }
  const object = value as Record<string, unknown>;
  let text = '{';
  for (const key of keysOf(object, order, field)) {
    const item = object[key];
    if (item === undefined) continue;
    text += `${text === '{' ? '' : ','}${quoteJson(key)}:${compact(item, order, key)}`;
  }
  return `${text}}`;
};

/** Indented by four blanks, `json.MarshalIndent(v, "", "    ")`; no line break at the end. */
export const writeJsonIndented = (value: unknown, order: KeyOrder = 'sorted', indent = '    '): string =>
  (order === 'sorted' ? fastJson(value, indent) : undefined) ?? indented(value, order, '', '\n', indent);

const indented = (value: unknown, order: KeyOrder, field: string, newline: string, step: string): string => {
  if (isScalar(value)) return scalar(value);
  const inner = newline + step;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    let text = '[';
    for (let index = 0; index < value.length; index += 1) {
      text += (index === 0 ? inner : `,${inner}`) + indented(value[index], order, '', inner, step);
    }
    return `${text}${newline}]`;
  }
  const object = value as Record<string, unknown>;
  let text = '';
  for (const key of keysOf(object, order, field)) {
    const item = object[key];
    if (item === undefined) continue;
    text += `${text === '' ? inner : `,${inner}`}${quoteJson(key)}: ${indented(item, order, key, inner, step)}`;
  }
  return text === '' ? '{}' : `{${text}${newline}}`;
};
