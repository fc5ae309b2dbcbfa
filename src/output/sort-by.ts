// `--sort-by`: a JSONPath, Go's comparisons and Go's unstable sort.
import {isGoFloat, isGoInt} from '../base/go-number.ts';
import {goSort} from '../base/go-sort.ts';
import {compareBytes} from '../base/json/order.ts';
import {JsonPath} from '../base/jsonpath/evaluate.ts';
import {relaxedJsonPath} from '../base/jsonpath/relaxed.ts';
import {compareQuantities, parseQuantity, zeroQuantity} from '../base/quantity.ts';
import type {Table} from '../kube/types/object.ts';

/** Values of one kind of field cannot be compared; kubectl ends at once with this text, exit code 1. */
export class UnsortableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnsortableError';
  }
}

type Key = {readonly found: boolean; readonly value: unknown};

// Go's parser takes a suffix or sign without a number for zero, so pods named `k` and `m` are equal to kubectl.
const quantityOf = (text: string): ReturnType<typeof parseQuantity> =>
  /^[+-]?(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+|\.)?$/.test(text) && text !== '' ? zeroQuantity : parseQuantity(text);

const less = (a: unknown, b: unknown): boolean => {
  const aNone = a === null || a === undefined;
  const bNone = b === null || b === undefined;
  if (aNone || bNone) return aNone && !bNone;
  if (isGoInt(a) && isGoInt(b)) return a < b;
  if (isGoFloat(a) && isGoFloat(b)) return Number(a) < Number(b);
  if (typeof a === 'string' && typeof b === 'string') {
    const left = quantityOf(a);
    const right = left === undefined ? undefined : quantityOf(b);
    return left === undefined || right === undefined ? compareBytes(a, b) < 0 : compareQuantities(left, right) < 0;
  }
  if (typeof a === 'string' || isGoInt(a) || isGoFloat(a)) throw new Error('unsortable interface: interface');
  throw new Error(
    `unsortable type: ${typeof a === 'boolean' ? 'bool' : Array.isArray(a) ? '[]interface {}' : 'map[string]interface {}'}`,
  );
};

const fieldOf = (path: string): string => {
  try {
    return relaxedJsonPath(path);
  } catch {
    return path;
  }
};

/** New order of the objects as indexes into the old one. Throws kubectl's message when no object has the field. */
const orderBy = (objects: readonly unknown[], field: string, what: string): number[] => {
  const path = new JsonPath(field, {allowMissingKeys: true});
  const keys: Key[] = objects.map((object) => {
    const first = path.find(object)[0];
    return first === undefined || first.length === 0 ? {found: false, value: undefined} : {found: true, value: first[0]};
  });
  if (!keys.some((key) => key.found)) throw new Error(`couldn't find any field with path "${field}" in the list of objects`);
  return goSort(keys.length, (i, j) => {
    const a = keys[i]!;
    const b = keys[j]!;
    // Not an order at all when both are missing, but it is what kubectl asks of its sort.
    if (!a.found) return true;
    if (!b.found) return false;
    try {
      return less(a.value, b.value);
    } catch (error) {
      throw new UnsortableError(`Field ${field} in ${what} is an unsortable type: interface, err: ${(error as Error).message}`);
    }
  });
};

/** Objects sorted as `get -o json --sort-by` sorts them. */
export const sortObjects = <T extends object>(objects: readonly T[], path: string): T[] => {
  if (objects.length === 0) return [];
  return orderBy(objects, relaxedJsonPath(path), '*unstructured.Unstructured').map((index) => objects[index]!);
};

/** A Table with its rows sorted by a field of their objects; a single row is left alone. */
export const sortTable = (table: Table, path: string): Table => {
  const rows = table.rows ?? [];
  if (rows.length <= 1) return table;
  const field = fieldOf(path);
  try {
    return {
      ...table,
      rows: orderBy(
        rows.map((row) => row.object),
        field,
        '[][][]reflect.Value',
      ).map((index) => rows[index]!),
    };
  } catch (error) {
    if (error instanceof UnsortableError || (error as Error).message.startsWith("couldn't find")) throw error;
    throw new Error(`sorting error: ${(error as Error).message}`, {cause: error});
  }
};
