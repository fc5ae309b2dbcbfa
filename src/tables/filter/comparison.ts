// Compares the value of a column with what was typed: as an age, a quantity, a number or text, whichever both sides are.
import {parseAge} from '../../base/duration.ts';
import {parseQuantity, type Quantity} from '../../base/quantity.ts';
import type {Column} from '../../resources/column.ts';
import {columnText, type Row} from '../row.ts';
import type {ComparisonNode, Operator} from './parse.ts';

/** The number a text starts with, such as the 5 of `5 (3m ago)` and of `5/7`. */
const LEADING = /^[-+]?[\d.]+(?:[numkMGTPE]|[KMGTPE]i)?(?=$|[\s/%(])/;

/** A test for `restarts>=5`, `age<10m`, `cpu>100m`, `status=Running`, `node=~^worker`. */
export const comparison = (node: ComparisonNode, columns: readonly Column<any>[]): ((row: Row, now: Date) => boolean) => {
  const column = columns[node.column]!;
  const {operator, value} = node;
  if (operator === '=~' || operator === '!~') {
    const pattern = patternOf(value);
    return (row, now) => pattern.test(row.text(node.column, now)) === (operator === '=~');
  }
  const wanted = wantedOf(value, column);
  return (row, now) => {
    const actual = row.value(node.column, now);
    const order = wanted(actual);
    // What cannot be compared differs, and is neither smaller nor greater.
    return order === undefined ? operator === '!=' : holds(operator, order);
  };
};

const patternOf = (source: string): RegExp => {
  try {
    return new RegExp(source, 'i');
  } catch (error) {
    throw new Error((error as Error).message.replace(/^Invalid regular expression: /, 'not a regular expression: '), {
      cause: error,
    });
  }
};

const holds = (operator: Operator, order: number): boolean => {
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
};

/** Compares an actual value with what was typed; undefined when they have nothing in common. */
const wantedOf = (typed: string, column: Column<any>): ((actual: unknown) => number | undefined) => {
  const age = parseAge(typed);
  const quantity = parseQuantity(typed);
  const lower = typed.toLowerCase();
  const units = quantity === undefined ? undefined : Number(quantity.nanos) / 1e9;
  const byText = (text: string): number | undefined => {
    if (column.ticks === true && age !== undefined) {
      // Such as LAST SEEN of a server's table.
      const shown = parseAge(text);
      if (shown !== undefined) return shown - age;
    }
    const leading = units === undefined ? undefined : LEADING.exec(text)?.[0];
    const shown = leading === undefined ? undefined : parseQuantity(leading);
    if (quantity !== undefined && shown !== undefined) return Number(shown.nanos - quantity.nanos);
    const shownAge = age === undefined ? undefined : parseAge(text);
    if (age !== undefined && shownAge !== undefined) return shownAge - age;
    if (text === '' && lower !== '') return undefined;
    const lowerText = text.toLowerCase();
    return lowerText < lower ? -1 : lowerText > lower ? 1 : 0;
  };
  // The same few texts come again and again.
  const known = new Map<string, number | undefined>();
  return (actual) => {
    if (typeof actual === 'number' || typeof actual === 'bigint') {
      // A number that ticks is a length of time in milliseconds.
      const limit = column.ticks === true ? (age ?? units) : (units ?? age);
      return limit === undefined ? undefined : Number(actual) - limit;
    }
    if (isQuantity(actual)) return quantity === undefined ? undefined : Number(actual.nanos - quantity.nanos);
    const text = actual === undefined || actual === null ? '' : columnText(column, actual);
    if (known.has(text)) return known.get(text);
    const order = byText(text);
    if (known.size < 1000) known.set(text, order);
    return order;
  };
};

const isQuantity = (value: unknown): value is Quantity =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Quantity>).nanos === 'bigint';
