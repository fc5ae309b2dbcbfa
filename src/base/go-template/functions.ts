// The functions a kubectl template may call: Go's builtins, `exists` and `base64decode`.
import {goSprint} from '../go-format.ts';
import {GoFloat} from '../go-number.ts';
import {isGoPrintable} from '../go-syntax.ts';
import {compareBytes} from '../json/order.ts';
import {goPrintf} from './printf.ts';
import {basicKind, Boxed, GoByte, GoInt, goType, intOf, isTrue, NOTHING, unbox} from './values.ts';

/** What a function takes: any value (nil included), a raw template value, or a string only. */
export type Parameter = 'any' | 'value' | 'string';

/** Fixed parameters, and the one that repeats. */
export type Signature = {readonly fixed: readonly Parameter[]; readonly variadic?: Parameter};

const SIGNATURES: Readonly<Record<string, Signature>> = {
  and: {fixed: ['value'], variadic: 'value'},
  or: {fixed: ['value'], variadic: 'value'},
  not: {fixed: ['value']},
  call: {fixed: ['value'], variadic: 'value'},
  html: {fixed: [], variadic: 'any'},
  js: {fixed: [], variadic: 'any'},
  urlquery: {fixed: [], variadic: 'any'},
  print: {fixed: [], variadic: 'any'},
  println: {fixed: [], variadic: 'any'},
  printf: {fixed: ['string'], variadic: 'any'},
  index: {fixed: ['value'], variadic: 'value'},
  slice: {fixed: ['value'], variadic: 'value'},
  len: {fixed: ['value']},
  eq: {fixed: ['value'], variadic: 'value'},
  ne: {fixed: ['value', 'value']},
  lt: {fixed: ['value', 'value']},
  le: {fixed: ['value', 'value']},
  gt: {fixed: ['value', 'value']},
  ge: {fixed: ['value', 'value']},
  exists: {fixed: ['any'], variadic: 'any'},
  base64decode: {fixed: ['string']},
};

/** Names a template may call. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(Object.keys(SIGNATURES));

export const signatureOf = (name: string): Signature => SIGNATURES[name]!;

export const parameterOf = (signature: Signature, index: number): Parameter =>
  signature.fixed[index] ?? signature.variadic ?? 'any';

const plain = (value: unknown): unknown => {
  const inner = value instanceof Boxed ? value.value : value;
  return inner instanceof GoInt ? inner.value : inner;
};

/** `fmt.Sprint`: blanks only between operands when neither is a string. */
export const sprint = (values: readonly unknown[]): string => {
  let text = '';
  values.forEach((value, index) => {
    const item = plain(value);
    if (index > 0 && typeof item !== 'string' && typeof plain(values[index - 1]) !== 'string') text += ' ';
    text += goSprint(item);
  });
  return text;
};

const bytesOf = (text: string): Buffer => Buffer.from(text);

/** Calls a function; `callee` is the text of its first argument, for messages. Throws the function's error. */
export const callFunction = (name: string, args: readonly unknown[], callee: string): unknown => {
  switch (name) {
    case 'not':
      return !isTrue(args[0]);
    case 'print':
      return sprint(args);
    case 'println':
      return `${args.map((arg) => goSprint(plain(arg))).join(' ')}\n`;
    case 'printf':
      return goPrintf(args[0] as string, args.slice(1));
    case 'html':
      return sprint(args).replace(/[\0"'&<>]/g, (char) => HTML[char]!);
    case 'js':
      return escapeJs(sprint(args));
    case 'urlquery':
      return encodeURIComponent(sprint(args))
        .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%20', '+');
    case 'len':
      return length(args[0]);
    case 'index':
      return index(args[0], args.slice(1));
    case 'slice':
      return slice(args[0], args.slice(1));
    case 'eq':
      return equal(args[0], args.slice(1));
    case 'ne':
      return !equal(args[0], args.slice(1));
    case 'lt':
      return less(args[0], args[1]);
    case 'le':
      return less(args[0], args[1]) || equal(args[0], [args[1]]);
    case 'gt':
      return !(less(args[0], args[1]) || equal(args[0], [args[1]]));
    case 'ge':
      return !less(args[0], args[1]);
    case 'exists':
      return exists(args[0], args.slice(1));
    case 'base64decode':
      return decodeBase64(args[0] as string);
    default:
      // Nothing in a Kubernetes object is a function.
      if (unbox(args[0]) === NOTHING) throw new Error('call of nil');
      throw new Error(`non-function ${callee} of type ${goType(unbox(args[0]))}`);
  }
};

const HTML: Readonly<Record<string, string>> = {'\0': '\ufffd', '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;'};
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

const escapeJs = (text: string): string =>
  Array.from(text, (char) => {
    const code = char.codePointAt(0)!;
    if (JS[char] !== undefined) return JS[char];
    if (code < 0x20) return `\\u00${code.toString(16).toUpperCase().padStart(2, '0')}`;
    return code < 0x80 || isGoPrintable(char) ? char : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }).join('');

const length = (boxed: unknown): GoInt => {
  if (boxed instanceof Boxed && boxed.value === null) throw new Error('len of nil pointer');
  const value = unbox(boxed);
  if (typeof value === 'string') return new GoInt(bytesOf(value).length);
  if (Array.isArray(value)) return new GoInt(value.length);
  if (value === NOTHING) throw new Error('reflect: call of reflect.Value.Type on zero Value');
  if (basicKind(value) === 'other') return new GoInt(Object.keys(value as object).length);
  throw new Error(`len of type ${goType(value)}`);
};

const indexArgument = (boxed: unknown, limit: number): number => {
  const value = unbox(boxed);
  if (value === NOTHING) throw new Error('cannot index slice/array with nil');
  const kind = basicKind(value);
  if (kind !== 'int' && kind !== 'uint') throw new Error(`cannot index slice/array with type ${goType(value)}`);
  const at = intOf(value);
  if (at < 0n || at > BigInt(limit)) throw new Error(`index out of range: ${at}`);
  return Number(at);
};

const index = (start: unknown, indexes: readonly unknown[]): unknown => {
  let item: unknown = start instanceof Boxed ? start.value : start;
  if (item === null || item === NOTHING) throw new Error('index of untyped nil');
  let result: unknown = start;
  for (const boxed of indexes) {
    if (item === null || item === NOTHING) throw new Error('index of nil pointer');
    if (typeof item === 'string') {
      const bytes = bytesOf(item);
      const at = indexArgument(boxed, bytes.length);
      if (at >= bytes.length) throw new Error('reflect: string index out of range');
      result = new GoByte(bytes[at]!);
    } else if (Array.isArray(item)) {
      const at = indexArgument(boxed, item.length);
      if (at >= item.length) throw new Error('reflect: slice index out of range');
      result = new Boxed(item[at]);
    } else if (basicKind(item) === 'other') {
      const key = unbox(boxed);
      if (key === NOTHING) throw new Error('value is nil; should be of type string');
      if (typeof key !== 'string') throw new Error(`value has type ${goType(key)}; should be string`);
      const map = item as Record<string, unknown>;
      result = new Boxed(Object.hasOwn(map, key) ? (map[key] ?? null) : null);
    } else throw new Error(`can't index item of type ${goType(item)}`);
    item = result instanceof Boxed ? result.value : result;
  }
  return result;
};

const slice = (start: unknown, indexes: readonly unknown[]): unknown => {
  const item = unbox(start);
  if (item === NOTHING) throw new Error('slice of untyped nil');
  if (indexes.length > 3) throw new Error(`too many slice indexes: ${indexes.length}`);
  const isText = typeof item === 'string';
  if (isText && indexes.length === 3) throw new Error('cannot 3-index slice a string');
  if (!isText && !Array.isArray(item)) throw new Error(`can't slice item of type ${goType(item)}`);
  const sequence = isText ? bytesOf(item) : (item as unknown[]);
  const at = [0, sequence.length, sequence.length];
  indexes.forEach((boxed, position) => (at[position] = indexArgument(boxed, sequence.length)));
  if (at[0]! > at[1]!) throw new Error(`invalid slice index: ${at[0]} > ${at[1]}`);
  if (indexes.length === 3 && at[1]! > at[2]!) throw new Error(`invalid slice index: ${at[1]} > ${at[2]}`);
  const part = sequence.slice(at[0], at[1]);
  return isText ? (part as Buffer).toString('utf8') : part;
};

const equal = (boxed: unknown, others: readonly unknown[]): boolean => {
  const left = unbox(boxed);
  if (others.length === 0) throw new Error('missing argument for comparison');
  return others.some((other) => equalPair(left, unbox(other)));
};

const equalPair = (left: unknown, right: unknown): boolean => {
  const kind = basicKind(left);
  const other = basicKind(right);
  const ints = ['int', 'uint'];
  if (ints.includes(kind) && ints.includes(other)) return intOf(left) === intOf(right);
  if (kind !== other) {
    if (left === NOTHING || right === NOTHING) return false;
    throw new Error(`incompatible types for comparison: ${goType(left)} and ${goType(right)}`);
  }
  if (kind === 'float') return Number(left) === Number(right);
  if (kind !== 'other') return left === right;
  if (left === NOTHING || right === NOTHING) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) {
    throw new Error(`non-comparable types ${goPrintf('%s', [left])}: ${goType(left)}, ${goType(right)}: ${goSprint(right)}`);
  }
  throw new Error(`non-comparable type ${goPrintf('%s', [right])}: ${goType(right)}`);
};

const less = (first: unknown, second: unknown): boolean => {
  const left = unbox(first);
  const right = unbox(second);
  const kind = basicKind(left);
  const other = basicKind(right);
  if (kind === 'other' || other === 'other') throw new Error('invalid type for comparison');
  const ints = ['int', 'uint'];
  if (ints.includes(kind) && ints.includes(other)) return intOf(left) < intOf(right);
  if (kind !== other) throw new Error(`incompatible types for comparison: ${goType(left)} and ${goType(right)}`);
  if (kind === 'bool') throw new Error('invalid type for comparison');
  return kind === 'float' ? Number(left) < Number(right) : compareBytes(left as string, right as string) < 0;
};

const exists = (start: unknown, indexes: readonly unknown[]): boolean => {
  let item: unknown = start instanceof Boxed ? start.value : start;
  // Odd but so: nothing at all exists, as long as nothing is looked up in it.
  if (indexes.length === 0 && (item === null || item === NOTHING)) return true;
  for (const boxed of indexes) {
    if (item === null || item === NOTHING) return false;
    const key = unbox(boxed);
    if (typeof item === 'string' || Array.isArray(item)) {
      const kind = basicKind(key);
      if (kind !== 'int' && kind !== 'uint') return false;
      const sequence = typeof item === 'string' ? bytesOf(item) : (item as unknown[]);
      const at = intOf(key);
      if (at < 0n || at >= BigInt(sequence.length)) return false;
      item = sequence[Number(at)];
    } else if (basicKind(item) === 'other' && !(item instanceof GoFloat)) {
      if (typeof key !== 'string') return false;
      const map = item as Record<string, unknown>;
      item = Object.hasOwn(map, key) ? map[key] : null;
    } else return false;
  }
  return item !== null && item !== NOTHING;
};

const decodeBase64 = (text: string): string => {
  const compact = text.replace(/[\r\n]/g, '');
  const bad = /[^A-Za-z0-9+/]/.exec(compact.replace(/={1,2}$/, ''));
  const wrong = (at: number): Error => new Error(`base64 decode failed: illegal base64 data at input byte ${at}`);
  if (bad !== null) throw wrong(text.indexOf(bad[0]));
  if (compact.length % 4 !== 0) throw wrong(compact.length - (compact.length % 4));
  return Buffer.from(compact, 'base64').toString('utf8');
};
