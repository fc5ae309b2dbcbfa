// Turns YAML nodes into what the JSON of the document would hold, with yaml.v2's limits on aliases.
import {formatFloatG, formatFloatJson, GoFloat} from '../go-number.ts';
import {goSyntax} from '../go-syntax.ts';
import {goNumber} from '../json/read.ts';
import type {YamlNode} from './nodes.ts';
import {resolvePlain, type Resolved} from './resolve.ts';

/** The value of a document. Throws an Error with yaml.v2's text, without the leading `yaml: `. */
export const decodeNode = (node: YamlNode): unknown => {
  const decoder = new Decoder();
  const value = decoder.value(node);
  decoder.finish();
  return value;
};

/** A null as the key of a map: sigs.k8s.io/yaml refuses it, but only after everything else was read. */
export class KeyTypeError extends Error {}

type Fields = Record<string, unknown>;

const STANDARD = 'tag:yaml.org,2002:';
const RESOLVABLE: readonly string[] = ['str', 'bool', 'int', 'float', 'null', 'timestamp'];

class Decoder {
  readonly #open = new Set<YamlNode>();
  #decoded = 0;
  #aliased = 0;
  #depth = 0;
  #refused: KeyTypeError | undefined;

  finish(): void {
    if (this.#refused !== undefined) throw this.#refused;
  }

  value(node: YamlNode): unknown {
    this.#count();
    switch (node.type) {
      case 'scalar':
        return scalarValue(node);
      case 'sequence':
        return node.items.map((item) => this.value(item));
      case 'alias':
        return this.#follow(node, (target) => this.value(target));
      default: {
        const fields: Fields = {};
        this.#fill(fields, node);
        return fields;
      }
    }
  }

  /** Keeps documents from growing without end: a few lines of aliases can stand for gigabytes. */
  #count(): void {
    this.#decoded += 1;
    if (this.#depth > 0) this.#aliased += 1;
    if (this.#aliased > 100 && this.#decoded > 1000 && this.#aliased / this.#decoded > allowedShare(this.#decoded)) {
      throw new Error('document contains excessive aliasing');
    }
  }

  #follow<R>(alias: Extract<YamlNode, {type: 'alias'}>, use: (target: YamlNode) => R): R {
    if (this.#open.has(alias)) throw new Error(`anchor '${alias.name}' value contains itself`);
    this.#open.add(alias);
    this.#depth += 1;
    const result = use(alias.target);
    this.#depth -= 1;
    this.#open.delete(alias);
    return result;
  }

  #fill(fields: Fields, node: Extract<YamlNode, {type: 'mapping'}>): void {
    for (const [keyNode, valueNode] of node.pairs) {
      if (isMerge(keyNode)) {
        this.#merge(fields, valueNode);
        continue;
      }
      const key = this.value(keyNode);
      if (typeof key === 'object' && key !== null && !(key instanceof GoFloat))
        throw new Error(`invalid map key: ${yamlSyntax(key)}`);
      const value = this.value(valueNode);
      if (key === null) {
        this.#refused ??= new KeyTypeError(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${yamlSyntax(value)}`);
        continue;
      }
      const name = keyText(key);
      // Assigning to this name would change the object's prototype instead.
      if (name === '__proto__') Object.defineProperty(fields, name, {value, enumerable: true, configurable: true, writable: true});
      else fields[name] = value;
    }
  }

  /** Of several maps the first has the last word. */
  #merge(fields: Fields, node: YamlNode): void {
    if (node.type === 'sequence') for (const item of [...node.items].reverse()) this.#mergeOne(fields, item);
    else this.#mergeOne(fields, node);
  }

  #mergeOne(fields: Fields, node: YamlNode): void {
    const target = node.type === 'alias' ? node.target : node;
    if (target.type !== 'mapping') throw new Error('map merge requires map or sequence of maps as the value');
    this.#count();
    if (node.type !== 'alias') this.#fill(fields, target);
    else {
      this.#follow(node, () => {
        this.#count();
        this.#fill(fields, target);
      });
    }
  }
}

const allowedShare = (decoded: number): number => {
  if (decoded <= 400_000) return 0.99;
  return decoded >= 4_000_000 ? 0.1 : 0.99 - 0.89 * ((decoded - 400_000) / 3_600_000);
};

const isMerge = (node: YamlNode): boolean =>
  node.type === 'scalar' && node.text === '<<' && (node.plain || node.tag === `${STANDARD}merge`);

const scalarValue = ({text, tag, plain}: Extract<YamlNode, {type: 'scalar'}>): unknown => {
  if (tag === '') return plain ? resolvedValue(resolvePlain(text)) : text;
  const name = tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : undefined;
  if (name === 'binary') return binaryText(text);
  // Tags of other programs say nothing here: the text stays text.
  if (name === undefined || name === 'str' || !RESOLVABLE.includes(name)) return text;
  const resolved = resolvePlain(text);
  if (resolved.tag === name || (name === 'float' && resolved.tag === 'int')) return resolvedValue(resolved);
  throw new Error(`cannot decode !!${resolved.tag === 'merge' ? 'str' : resolved.tag} \`${text}\` as a !!${name}`);
};

const resolvedValue = ({tag, value}: Resolved): unknown => {
  if (typeof value === 'bigint') return goNumber(value.toString());
  // The number goes through JSON text, where 1.0 is written 1 and so becomes an int.
  return tag === 'float' ? goNumber(formatFloatJson(Number(value))) : value;
};

const binaryText = (text: string): string => {
  const compact = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
    throw new Error('!!binary value contains invalid base64 data');
  return Buffer.from(compact, 'base64').toString();
};

/** Keys of JSON objects are texts; floats lose digits because sigs.k8s.io/yaml writes them as 32 bit ones. */
const keyText = (key: unknown): string => {
  if (typeof key === 'number' && !Number.isInteger(key)) return formatFloatG(Number(Math.fround(key).toPrecision(9)));
  return key instanceof GoFloat ? formatFloatG(key.value) : String(key);
};

const yamlSyntax = (value: unknown): string => goSyntax(value).replaceAll('map[string]', 'map[interface {}]');
