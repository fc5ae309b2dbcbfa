// Describe blocks that many kinds print: labels, annotations, taints, tolerations, conditions, lists of names.
import {rfc1123z} from '../../../base/age.ts';
import type {KubeObject} from '../../../kube/types/object.ts';
import type {PodSpec} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import {controllerText} from '../columns.ts';
import {selectorText} from '../selector.ts';
import {type PrefixWriter, prefixed} from './prefix.ts';

type StringMap = Readonly<Record<string, string>> | null | undefined;

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const LONGEST_ANNOTATION = 140;

/** One value a line, the first on the title's line; `<none>` for none. */
export const manyLines = (w: PrefixWriter, title: string, values: readonly string[], indent = ''): void => {
  w.write(0, `${indent}${title}:\t`);
  if (values.length === 0) w.end('<none>');
  for (const [index, value] of values.entries()) {
    if (index > 0) {
      w.write(0, indent);
      w.write(0, '\t');
    }
    w.write(0, `${value}\n`);
  }
};

/** `Labels:` block. */
export const labelLines = (out: DescribeWriter | PrefixWriter, title: string, labels: StringMap, indent = ''): void => {
  const w = asPrefixed(out);
  const values = Object.keys(labels ?? {})
    .toSorted()
    .map((key) => `${key}=${labels?.[key]}`);
  manyLines(w, title, values, indent);
};

/** `Annotations:` block: long and many-line values go below their key, each line cut. */
export const annotationLines = (out: DescribeWriter | PrefixWriter, title: string, annotations: StringMap): void => {
  const w = asPrefixed(out);
  w.write(0, `${title}:\t`);
  const keys = Object.keys(annotations ?? {})
    .filter((key) => key !== LAST_APPLIED)
    .toSorted();
  if (keys.length === 0) w.end('<none>');
  for (const [index, key] of keys.entries()) {
    if (index > 0) w.write(0, '\t');
    const value = (annotations?.[key] ?? '').replace(/\n$/, '');
    if (byteLength(value) + byteLength(key) + 2 > LONGEST_ANNOTATION || value.includes('\n')) {
      w.write(0, `${key}:\n`);
      for (const line of value.split('\n')) w.write(0, `\t  ${shorten(line, LONGEST_ANNOTATION - 2)}\n`);
    } else {
      w.write(0, `${key}: ${value}\n`);
    }
  }
};

/** Name, Namespace (when namespaced), Labels and Annotations, as most kinds begin. */
export const startLines = (
  object: KubeObject,
  out: DescribeWriter,
  options: {readonly namespaced: boolean} = {namespaced: true},
): void => {
  out.line(0, 'Name:', object.metadata.name ?? '');
  if (options.namespaced) out.line(0, 'Namespace:', object.metadata.namespace ?? '');
  labelLines(out, 'Labels', object.metadata.labels);
  annotationLines(out, 'Annotations', object.metadata.annotations);
};

/** `Controlled By:`, when something controls it. */
export const controllerLine = (object: KubeObject, out: DescribeWriter): void => {
  const controller = controllerText(object);
  if (controller !== undefined) out.line(0, 'Controlled By:', controller);
};

/** `Status: Terminating (lasts 5m)` or the phase. */
export const tolerationLines = (w: PrefixWriter, title: string, tolerations: PodSpec['tolerations']): void => {
  const sorted = (tolerations ?? []).toSorted((a, b) => compare(a.key ?? '', b.key ?? ''));
  const texts = sorted.map(({key = '', value = '', effect = '', operator = '', tolerationSeconds}) => {
    let text = key + (value === '' ? '' : `=${value}`) + (effect === '' ? '' : `:${effect}`);
    if (operator === 'Exists' && value === '') text += key === '' && effect === '' ? 'op=Exists' : ' op=Exists';
    return tolerationSeconds === undefined ? text : `${text} for ${tolerationSeconds}s`;
  });
  manyLines(w, title, texts);
};

/** `Topology Spread Constraints:`, when there are any. */
export const topologyLines = (w: PrefixWriter, constraints: PodSpec['topologySpreadConstraints'], space: string): void => {
  if (constraints === undefined || constraints.length === 0) return;
  w.write(0, `${space}Topology Spread Constraints:\t`);
  for (const [index, each] of constraints.toSorted((a, b) => compare(a.topologyKey, b.topologyKey)).entries()) {
    if (index > 0) w.write(0, `${space}\t`);
    const selector = each.labelSelector === undefined ? '' : ` for selector ${selectorText(each.labelSelector)}`;
    w.write(0, `${each.topologyKey}:${each.whenUnsatisfiable} when max skew ${each.maxSkew} is exceeded${selector}\n`);
  }
};

/** Type, Status and Reason of a workload's conditions. */
export const conditionLines = (
  out: DescribeWriter,
  conditions: readonly {type: string; status: string; reason?: string}[] | undefined,
): void => {
  if (conditions === undefined || conditions.length === 0) return;
  out.line(0, 'Conditions:');
  out.line(1, 'Type', 'Status', 'Reason');
  out.line(1, '----', '------', '------');
  for (const {type, status, reason} of conditions) out.line(1, `${type} `, status, reason ?? '');
};

/** `CreationTimestamp:`. */
export const creationLine = (object: KubeObject, out: DescribeWriter): void =>
  out.line(0, 'CreationTimestamp:', rfc1123z(object.metadata.creationTimestamp));

/** `True`, `False` or `<unset>`. */
export const boolText = (value: boolean | null | undefined): string =>
  value === undefined || value === null ? '<unset>' : value ? 'True' : 'False';

/** Order of Go strings: by code point, not by locale. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Go counts bytes. */
export const byteLength = (text: string): number => Buffer.byteLength(text);

const shorten = (text: string, longest: number): string =>
  byteLength(text) <= longest ? text : `${Buffer.from(text).subarray(0, longest).toString()}...`;

const asPrefixed = (out: DescribeWriter | PrefixWriter): PrefixWriter => ('write' in out ? out : prefixed(out));
