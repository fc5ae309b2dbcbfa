// What may be typed after `/`: text, a regex, `!` for all but, `-f` fuzzy, labels. Compiled once, applied to every row.
import {messageOf} from '../../base/errors.ts';
import type {Row} from './row.ts';

/** A compiled filter, or what is wrong with its text. */
export type Filter =
  | {readonly ok: true; readonly text: string; readonly test: (row: Row, now: Date) => boolean; readonly says: string}
  | {readonly ok: false; readonly text: string; readonly says: string};

const looksLikeRegex = /[\\^$*+?()[\]{}|]/;
const requirement = /^(!)?([\w./-]+)(?:\s*(==|=|!=)\s*([\w.-]*))?$/;
const setRequirement = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/;

type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

const labelTest = (text: string): LabelTest | undefined => {
  const trimmed = text.trim();
  const set = setRequirement.exec(trimmed);
  if (set !== null) {
    const [, name = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return (labels) => values.includes(labels[name] ?? '\0') === (operator === 'in');
  }
  const match = requirement.exec(trimmed);
  if (match === null) return undefined;
  const [, not, name = '', operator, value = ''] = match;
  if (operator === undefined) return (labels) => Object.hasOwn(labels, name) !== (not === '!');
  if (not === '!') return undefined;
  return operator === '!=' ? (labels) => labels[name] !== value : (labels) => labels[name] === value;
};

/** A label selector such as `app=web,tier in (a,b),!old`; undefined when it is none. */
export const compileLabels = (text: string): LabelTest | undefined => {
  const tests = text.split(/,(?![^(]*\))/).map(labelTest);
  return tests.every((test) => test !== undefined) ? (labels) => tests.every((test) => test?.(labels) === true) : undefined;
};

/** Letters in order with anything between; good enough to find `chkt` in `checkout`. */
const fuzzy = (needle: string): RegExp =>
  new RegExp([...needle].map((letter) => letter.replace(/[.*+?^${}()|[\]\\]/, String.raw`\$&`)).join('[^]*?'), 'i');

/** Compiles what was typed; undefined for nothing typed. A broken regex is told and changes nothing. */
export const compileFilter = (typed: string): Filter | undefined => {
  const text = typed.trim();
  if (text === '' || text === '!' || text === '-f' || text === '-l') return undefined;
  const labels = /^-l\s*(.+)$/.exec(text)?.[1] ?? (/^[\w./-]+(==|!=|=)/.test(text) ? text : undefined);
  if (labels !== undefined) {
    const test = compileLabels(labels);
    if (test === undefined) return {ok: false, text, says: `\`${labels}\` is not a label selector`};
    return {ok: true, text, says: `labels ${labels}`, test: (row) => test(row.item.metadata.labels ?? {})};
  }
  const letters = /^-f\s*(.+)$/.exec(text)?.[1];
  if (letters !== undefined) {
    const pattern = fuzzy(letters);
    return {ok: true, text, says: `like ${letters}`, test: (row) => pattern.test(`${row.namespace}/${row.name}`)};
  }
  const not = text.startsWith('!');
  const needle = (not ? text.slice(1) : text).trim();
  if (!looksLikeRegex.test(needle)) {
    const lower = needle.toLowerCase();
    return {ok: true, text, says: needle, test: (row, now) => row.searchText(now).includes(lower) !== not};
  }
  try {
    const pattern = new RegExp(needle, 'i');
    return {ok: true, text, says: needle, test: (row, now) => pattern.test(row.searchText(now)) !== not};
  } catch (error) {
    return {ok: false, text, says: messageOf(error).replace(/^Invalid regular expression: /, 'not a regular expression: ')};
  }
};
