// Compiles what is typed after `/` into a test for rows: words, regexes, fuzzy words, labels, column comparisons, and, or, not.
import type {Column} from '../../resources/column.ts';
import type {Row} from '../row.ts';
import {columnIndex} from '../row.ts';
import {comparison} from './comparison.ts';
import {labelTest} from './labels.ts';
import {parseFilter, type FilterNode} from './parse.ts';

/** Whether a row passes. */
export type RowTest = (row: Row, now: Date) => boolean;

/** A compiled filter, or what is wrong with its text. */
export type Filter =
  | {readonly ok: true; readonly text: string; readonly test: RowTest; readonly says: string}
  | {readonly ok: false; readonly text: string; readonly says: string};

/**
 * Compiles a filter; undefined when nothing that filters was typed. `columns` are those comparisons may name; a word before
 * an operator that is no column is searched as text.
 */
export const compileFilter = (typed: string, columns: readonly Column<any>[] = []): Filter | undefined => {
  const text = typed.trim();
  if (text === '' || text === '!' || text === '~' || text === '/' || text === '-f' || text === '-l') return undefined;
  try {
    const node = parseFilter(text, (word) => columnIndex(columns, word));
    if (node === undefined) return undefined;
    return {ok: true, text, test: compile(node, columns), says: says(node, columns)};
  } catch (error) {
    return {ok: false, text, says: (error as Error).message};
  }
};

const compile = (node: FilterNode, columns: readonly Column<any>[]): RowTest => {
  switch (node.type) {
    case 'and': {
      const tests = node.parts.map((part) => compile(part, columns));
      return (row, now) => tests.every((test) => test(row, now));
    }
    case 'or': {
      const tests = node.parts.map((part) => compile(part, columns));
      return (row, now) => tests.some((test) => test(row, now));
    }
    case 'not': {
      const test = compile(node.part, columns);
      return (row, now) => !test(row, now);
    }
    case 'text': {
      const needle = node.text.toLowerCase();
      return (row, now) => row.searchText(now).includes(needle);
    }
    case 'regex': {
      const {pattern} = node;
      return (row, now) => pattern.test(row.searchText(now));
    }
    case 'fuzzy': {
      const needle = node.text.toLowerCase();
      return (row) =>
        isSubsequence(needle, row.name.toLowerCase()) || isSubsequence(needle, `${row.namespace}/${row.name}`.toLowerCase());
    }
    case 'labels': {
      const test = labelTest(node.selector);
      return (row) => test(row.item.metadata.labels ?? {});
    }
    default:
      return comparison(node, columns);
  }
};

/** Letters in order with anything between: `chkt` is in `checkout`. */
const isSubsequence = (needle: string, text: string): boolean => {
  let at = 0;
  for (const letter of needle) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
};

const says = (node: FilterNode, columns: readonly Column<any>[]): string => {
  const inner = (part: FilterNode): string =>
    part.type === 'and' || part.type === 'or' ? `(${says(part, columns)})` : says(part, columns);
  switch (node.type) {
    case 'and':
      return node.parts.map(inner).join(' and ');
    case 'or':
      return node.parts.map(inner).join(' or ');
    case 'not':
      return `not ${inner(node.part)}`;
    case 'text':
      return node.text;
    case 'regex':
      return `/${node.pattern.source}/`;
    case 'fuzzy':
      return `like ${node.text}`;
    case 'labels':
      return `labels ${node.selector}`;
    default:
      return `${columns[node.column]!.title} ${node.operator} ${node.value}`;
  }
};
