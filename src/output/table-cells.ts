// Turns the cells of a server Table into text as kubectl does: cut at line breaks, terminal escapes made harmless.
import {goSprint} from '../base/go-format.ts';
import {compareBytes} from '../base/json/order.ts';
import {escapeTerminal} from '../base/terminal-escape.ts';

const BREAK = /[\f\n\r]/;
const UNUSUAL = /[\u0009-\u000d\u001b]/;

/** Text of one cell. A null prints nothing. */
export const cellText = (cell: unknown): string => {
  if (typeof cell === 'string') {
    if (!UNUSUAL.test(cell)) return cell;
    const end = cell.search(BREAK);
    return end < 0 ? escapeTerminal(cell) : `${escapeTerminal(cell.slice(0, end))}...`;
  }
  if (cell === null || cell === undefined) return '';
  return escapeTerminal(goSprint(cell));
};

/** `a=b,c=d` sorted by key, or `<none>`. */
export const labelsText = (labels: Readonly<Record<string, string>> | undefined | null): string => {
  const keys = Object.keys(labels ?? {}).sort(compareBytes);
  return keys.length === 0 ? '<none>' : keys.map((key) => `${key}=${labels![key]}`).join(',');
};

/** Column titles of `-L` keys: the last part of each, upper-cased. */
export const labelTitles = (keys: readonly string[]): string[] =>
  keys.map((key) => key.slice(key.lastIndexOf('/') + 1).toUpperCase());

const EVENT_TYPES: Readonly<Record<string, string>> = {
  ADDED: 'ADDED   ',
  MODIFIED: 'MODIFIED',
  DELETED: 'DELETED ',
  ERROR: 'ERROR   ',
};

/** A watch event type padded to one width, so that rows of a watch stay aligned. */
export const eventText = (type: string): string => EVENT_TYPES[type] ?? type;
