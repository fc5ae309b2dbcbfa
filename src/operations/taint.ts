// Taints of nodes: reading kubectl's specs, and working out the list that comes of them.
import {KdeckError} from '../base/errors.ts';
import type {Node} from '../kube/types/wire.ts';

/** A taint as the node's spec holds it. */
export type Taint = {
  readonly key: string;
  readonly value?: string | undefined;
  readonly effect: string;
  readonly timeAdded?: string | undefined;
};

/** What the specs ask for. An empty effect in `remove` means every effect. */
export type TaintChanges = {
  readonly add: readonly Taint[];
  readonly remove: readonly {readonly key: string; readonly effect: string}[];
};

const EFFECTS = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

const wrong = (message: string): KdeckError => new KdeckError('KD-TAINT-SPEC', message);

const parseOne = (text: string): Taint => {
  const parts = text.split(':');
  if (parts.length > 2) throw wrong(`invalid taint spec: ${text}`);
  const [left = '', effect] = parts;
  if (effect === undefined) {
    checkKey(text, left);
    return {key: left, effect: ''};
  }
  if (!EFFECTS.has(effect)) throw wrong(`invalid taint effect: ${effect}, unsupported taint effect`);
  const pair = left.split('=');
  if (pair.length > 2) throw wrong(`invalid taint spec: ${text}`);
  const [key = '', value] = pair;
  if (value !== undefined) {
    const problem = labelValueProblem(value);
    if (problem !== undefined) throw wrong(`invalid taint spec: ${text}, ${problem}`);
  }
  checkKey(text, key);
  return {key, effect, ...(value === undefined || value === '' ? {} : {value})};
};

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const checkKey = (text: string, key: string): void => {
  const problems = qualifiedNameProblems(key);
  if (problems.length > 0) throw wrong(`invalid taint spec: ${text}, ${problems.join('; ')}`);
};

/** apimachinery's IsQualifiedName, in its own sentences. */
export const qualifiedNameProblems = (key: string): readonly string[] => {
  const problems: string[] = [];
  const parts = key.split('/');
  if (parts.length > 2) {
    return [
      "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ];
  }
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  if (prefix !== undefined) {
    if (prefix === '') problems.push('prefix part must be non-empty');
    else if (prefix.length > 253) problems.push('prefix part must be no more than 253 bytes');
    else if (!SUBDOMAIN.test(prefix)) {
      problems.push(
        "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      );
    }
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > 63) problems.push('name part must be no more than 63 bytes');
  if (!NAME.test(name)) {
    problems.push(
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    );
  }
  return problems;
};

/** apimachinery's IsValidLabelValue, in its own sentence; undefined when it is one. */
export const labelValueProblem = (value: string): string | undefined => {
  const problems: string[] = [];
  if (value.length > 63) problems.push('must be no more than 63 bytes');
  if (value !== '' && !NAME.test(value)) {
    problems.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    );
  }
  return problems.length === 0 ? undefined : problems.join('; ');
};

/** Reads `k=v:Effect`, `k:Effect`, `k:Effect-` and `k-`. */
export const parseTaints = (specs: readonly string[]): TaintChanges => {
  const add: Taint[] = [];
  const remove: {key: string; effect: string}[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const {key, effect} = parseOne(spec.slice(0, -1));
      remove.push({key, effect});
      continue;
    }
    const taint = parseOne(spec);
    if (taint.effect === '') throw wrong(`invalid taint spec: ${spec}`);
    if (add.some(({key, effect}) => key === taint.key && effect === taint.effect)) {
      throw wrong(`duplicated taints with the same key and effect: {${taint.key} ${taint.value ?? ''} ${taint.effect} <nil>}`);
    }
    add.push(taint);
  }
  return {add, remove};
};

/** Taints that are asked for and forbidden in the same breath, in kubectl's form. */
export const conflictsOf = ({add, remove}: TaintChanges): readonly string[] =>
  add.flatMap((one) =>
    remove
      .filter((other) => one.key === other.key && (other.effect === '' || one.effect === other.effect))
      .map(({key, effect}) => `${key}=${effect}`),
  );

const matches = (a: {key: string; effect: string}, b: {key: string; effect: string}): boolean =>
  a.key === b.key && a.effect === b.effect;

const taintText = ({key, effect}: {key: string; effect: string}): string => (effect === '' ? key : `${key}:${effect}`);

/** The list that comes of the changes: new taints first, then the old ones that stay. */
export const planTaints = (
  node: Node,
  changes: TaintChanges,
  overwrite: boolean,
): {readonly taints: readonly Taint[]; readonly operation: 'tainted' | 'untainted' | 'modified'} => {
  const old = (node.spec?.taints ?? []) as readonly Taint[];
  if (!overwrite) {
    const existing = changes.add.filter((taint) => old.some((one) => matches(one, taint))).map(({key}) => key);
    if (existing.length > 0) {
      throw new KdeckError(
        'KD-TAINT-OVERWRITE',
        `node ${node.metadata.name ?? ''} already has ${existing.join(',')} taint(s) with same effect(s) and --overwrite is false`,
      );
    }
  }
  let taints: readonly Taint[] = [...changes.add, ...old.filter((one) => !changes.add.some((taint) => matches(one, taint)))];
  const added = taints.length !== old.length;
  let removed = false;
  const missing: string[] = [];
  for (const target of changes.remove) {
    const left = taints.filter((taint) => (target.effect === '' ? taint.key !== target.key : !matches(taint, target)));
    removed = left.length !== taints.length;
    if (!removed) missing.push(`taint "${taintText(target)}" not found`);
    taints = left;
  }
  if (missing.length > 0)
    throw new KdeckError('KD-TAINT-MISSING', missing.length === 1 ? (missing[0] ?? '') : `[${missing.join(', ')}]`);
  return {taints, operation: (added && removed) || overwrite ? 'modified' : added ? 'tainted' : 'untainted'};
};
