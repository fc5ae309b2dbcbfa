// Evaluates a parsed JSONPath on an object and prints the results, as client-go's util/jsonpath does.
import {goSprint} from '../go-format.ts';
import {GoFloat, isGoInt} from '../go-number.ts';
import {sortedKeys} from '../json/order.ts';
import {writeJson, writeJsonIndented} from '../json/write.ts';
import {compareValues} from './compare.ts';
import type {PathList, PathNode} from './nodes.ts';
import {parseJsonPath} from './parse.ts';

type Node<T extends PathNode['type']> = Extract<PathNode, {type: T}>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof GoFloat);

const goTypeName = (value: unknown): string => {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (isObject(value)) return 'map[string]interface {}';
  return isGoInt(value) ? 'int64' : 'float64';
};

/** Bytes of a text as Go's wildcard walks them: one small int each. */
const bytesOf = (text: string): number[] => [...Buffer.from(text)];

/** A parsed template that can be run on many objects. */
export class JsonPath {
  readonly #root: PathList;
  readonly #allowMissing: boolean;
  #begin = 0;
  #inside = 0;
  #end = 0;
  #lastEnd = -1;

  constructor(template: string, options: {readonly allowMissingKeys: boolean}) {
    this.#root = parseJsonPath(template);
    this.#allowMissing = options.allowMissingKeys;
  }

  /** Results per action of the template. Throws an Error with client-go's message. */
  find(data: unknown): unknown[][] {
    this.#begin = this.#inside = this.#end = 0;
    this.#lastEnd = -1;
    return this.#results(data, 0);
  }

  /** The printed text. */
  print(data: unknown, options: {readonly asJson?: boolean} = {}): string {
    return this.find(data)
      .map((results) => (options.asJson === true ? `${writeJsonIndented(results)}\n` : results.map(resultText).join(' ')))
      .join('');
  }

  /** Runs the nodes from `from` on; a range calls it again for every item up to its `{end}`. */
  #results(data: unknown, from: number): unknown[][] {
    const nodes = this.#root.nodes;
    const all: unknown[][] = [];
    for (let index = from; index < nodes.length; index += 1) {
      const results = this.#walk([data], nodes[index]!);
      if (this.#end > 0 && this.#end <= this.#inside) {
        this.#end -= 1;
        this.#lastEnd = index;
        break;
      }
      if (this.#begin === 0) {
        all.push(results);
        continue;
      }
      this.#begin -= 1;
      this.#inside += 1;
      if (results.length > 0) for (const item of results) all.push(...this.#results(item, index + 1));
      // Nothing to go through: still walk the body, to learn where it ends.
      else this.#results(undefined, index + 1);
      this.#inside -= 1;
      if (this.#lastEnd > index) index = this.#lastEnd;
    }
    return all;
  }

  #walk(values: unknown[], node: PathNode): unknown[] {
    switch (node.type) {
      case 'list':
        return this.#list(values, node);
      case 'text':
        return [node.text];
      case 'number':
      case 'bool':
        return values.map(() => node.value);
      case 'field':
        return this.#field(values, node);
      case 'array':
        return values.flatMap((value) => (value === null || value === undefined ? [] : sliceOf(value, node.parts)));
      case 'wildcard':
        return values.flatMap(childrenOf);
      case 'recursive':
        return values.flatMap(descendantsOf);
      case 'union':
        return node.paths.flatMap((path) => this.#list(values, path));
      case 'filter':
        return this.#filter(values, node);
      default:
        return this.#identifier(values, node);
    }
  }

  #list(values: unknown[], list: PathList): unknown[] {
    let current = values;
    for (const node of list.nodes) current = this.#walk(current, node);
    return current;
  }

  #identifier(values: unknown[], node: Node<'identifier'>): unknown[] {
    if (node.name === 'range') {
      this.#begin += 1;
      return values;
    }
    if (node.name !== 'end') throw new Error(`unrecognized identifier ${node.name}`);
    if (this.#inside === 0) throw new Error('not in range, nothing to end');
    this.#end += 1;
    return [];
  }

  #field(values: unknown[], node: Node<'field'>): unknown[] {
    if (values.length === 0) return [];
    const found: unknown[] = [];
    for (const value of values) {
      if (isObject(value) && Object.hasOwn(value, node.name) && value[node.name] !== undefined) found.push(value[node.name]);
    }
    if (found.length === 0 && !this.#allowMissing) throw new Error(`${node.name} is not found`);
    return found;
  }

  #filter(values: unknown[], node: Node<'filter'>): unknown[] {
    const passed: unknown[] = [];
    for (const value of values) {
      if (!Array.isArray(value)) {
        const shown = value === undefined ? '<invalid reflect.Value>' : goSprint(value);
        throw new Error(`${shown} is not array or slice and cannot be filtered`);
      }
      for (const item of value as unknown[]) if (this.#passes(item, node)) passed.push(item);
    }
    return passed;
  }

  #passes(item: unknown, node: Node<'filter'>): boolean {
    if (node.operator === 'exists') {
      try {
        return this.#list([item], node.left).length > 0;
      } catch {
        return false;
      }
    }
    const left = one(this.#list([item], node.left));
    if (left === undefined) return false;
    const right = one(this.#list([item], node.right));
    return right !== undefined && compareValues(node.operator, left.value, right.value);
  }
}

const one = (values: unknown[]): {readonly value: unknown} | undefined => {
  if (values.length > 1) throw new Error('can only compare one element at a time');
  return values.length === 0 ? undefined : {value: values[0]};
};

const childrenOf = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value === 'string') return bytesOf(value);
  // Go walks maps in random order; sorted keys are one of its answers, and always the same.
  return isObject(value)
    ? sortedKeys(value)
        .filter((key) => value[key] !== undefined)
        .map((key) => value[key])
    : [];
};

const descendantsOf = (value: unknown): unknown[] => {
  const children = childrenOf(value);
  return children.length === 0 ? [] : [value, ...children.flatMap(descendantsOf)];
};

const sliceOf = (value: unknown, parts: Node<'array'>['parts']): unknown[] => {
  if (!Array.isArray(value)) throw new Error(`${goTypeName(value)} is not array or slice`);
  const length = value.length;
  const [first, last, stepPart] = parts;
  let start = first.known ? first.value : 0;
  if (start < 0) start += length;
  let end = last.known ? last.value : length;
  if (end < 0 || (end === 0 && last.derived)) end += length;
  if (start === end) return [];
  if (start >= length || start < 0) throw new Error(`array index out of bounds: index ${start}, length ${length}`);
  if (end > length || end < 0) throw new Error(`array index out of bounds: index ${end - 1}, length ${length}`);
  if (start > end) throw new Error(`starting index ${start} is greater than ending index ${end}`);
  if (stepPart.known && stepPart.value <= 0) throw new Error('step must be > 0');
  const step = stepPart.known ? stepPart.value : 1;
  const taken: unknown[] = [];
  for (let index = start; index < end; index += step) taken.push(value[index]);
  return taken;
};

const resultText = (value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'object' && !(value instanceof GoFloat)) return writeJson(value);
  return goSprint(value);
};
