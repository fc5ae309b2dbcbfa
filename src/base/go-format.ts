// Go's `%v` of JSON-shaped values: `map[a:b c:d]`, `[x y]`, `<nil>`, `1e+06`.
import {formatFloatG, GoFloat, isGoInt} from './go-number.ts';
import {sortedKeys} from './json/order.ts';

/** `fmt.Sprint` of one value as Go holds it after reading JSON into untyped maps. */
export const goSprint = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return isGoInt(value) ? String(value) : formatFloatG(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      break;
    default:
      return '<nil>';
  }
  if (value === null) return '<nil>';
  if (value instanceof GoFloat) return formatFloatG(value.value);
  if (Array.isArray(value)) return `[${value.map(goSprint).join(' ')}]`;
  const object = value as Record<string, unknown>;
  const pairs: string[] = [];
  for (const key of sortedKeys(object)) {
    if (object[key] !== undefined) pairs.push(`${key}:${goSprint(object[key])}`);
  }
  return `map[${pairs.join(' ')}]`;
};
