// The js-yaml schema that reads YAML 1.1 as Kubernetes does: the result is what the JSON of the document would hold.
// Loads js-yaml: import this lazily.
import {defineMappingTag, defineScalarTag, NOT_RESOLVED, Schema, seqTag, strTag} from 'js-yaml';
import {formatFloatG, formatFloatJson, GoFloat} from '../go-number.ts';
import {goSyntax} from '../go-syntax.ts';
import {goNumber} from '../json/read.ts';
import {resolvePlain, type Resolved} from './resolve.ts';

// yaml.v2 refuses maps and lists as keys, sigs.k8s.io/yaml a null.
const ODD_KEY = 'yaml: invalid map key:';
const NULL_KEY = 'unsupported map key of type: %!s(<nil>), key: <nil>, value:';

const never = (): boolean => false;
const FIRST = [...'-+0123456789.'];

const asNumber = (resolved: Resolved): unknown => {
  const {value} = resolved;
  if (typeof value === 'bigint') return goNumber(value.toString());
  // The number goes through JSON text, where 1.0 is written 1 and so becomes an int.
  if (resolved.tag === 'float') return goNumber(formatFloatJson(Number(value)));
  return value;
};

const resolver = (tags: readonly Resolved['tag'][]) => (source: string): unknown => {
  const resolved = resolvePlain(source);
  return tags.includes(resolved.tag) ? asNumber(resolved) : NOT_RESOLVED;
};

const scalar = (name: string, tags: readonly Resolved['tag'][], first: readonly string[]) =>
  defineScalarTag(`tag:yaml.org,2002:${name}`, {implicit: true, implicitFirstChars: first, resolve: resolver(tags), identify: never});

const keyText = (key: unknown): string | undefined => {
  switch (typeof key) {
    case 'string':
      return key;
    case 'number':
      return Number.isSafeInteger(key) ? String(key) : formatFloatG(Math.fround(key));
    case 'bigint':
    case 'boolean':
      return String(key);
    default:
      return key instanceof GoFloat ? formatFloatG(key.value) : undefined;
  }
};

type Fields = Record<string, unknown>;

const set = (fields: Fields, key: string, value: unknown): void => {
  if (key === '__proto__') Object.defineProperty(fields, key, {value, enumerable: true, configurable: true, writable: true});
  else fields[key] = value;
};

const map = defineMappingTag<Fields>('tag:yaml.org,2002:map', {
  create: () => ({}),
  addPair: (fields, key, value) => {
    const text = keyText(key);
    if (text === undefined) return key === null ? `${NULL_KEY} ${goSyntax(value)}` : `${ODD_KEY} ${goSyntax(key).replaceAll('map[string]', 'map[interface {}]')}`;
    set(fields, text, value);
    return '';
  },
  has: (fields, key) => Object.hasOwn(fields, keyText(key) ?? ''),
  keys: (fields) => Object.keys(fields),
  get: (fields, key) => fields[key as string],
  identify: never,
});

const merge = defineScalarTag('tag:yaml.org,2002:merge', {
  implicit: true,
  implicitFirstChars: ['<'],
  resolve: (source) => (source === '<<' ? '<<' : NOT_RESOLVED),
  identify: never,
});

const binary = defineScalarTag('tag:yaml.org,2002:binary', {
  resolve: (source) => Buffer.from(source, 'base64').toString(),
  identify: never,
});

const timestamp = defineScalarTag('tag:yaml.org,2002:timestamp', {resolve: (source) => source, identify: never});

// Tags of other programs say nothing to Kubernetes: the text stays text.
const local = defineScalarTag('!', {matchByTagPrefix: true, resolve: (source) => source, identify: never});

/** kubectl's reading of YAML. */
export const KUBERNETES_SCHEMA = new Schema([
  strTag,
  seqTag,
  map,
  scalar('null', ['null'], ['', '~', 'n', 'N']),
  scalar('bool', ['bool'], [...'yYnNtTfFoO']),
  scalar('int', ['int'], FIRST),
  scalar('float', ['float', 'int'], FIRST),
  merge,
  binary,
  timestamp,
  local,
]);
