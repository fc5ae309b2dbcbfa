// The generic describer: any object, field by field, for kinds nothing more is known about.
import {goSprint} from '../../base/go-format.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import type {DescribeWriter} from '../describe-writer.ts';
import type {ClusterView} from '../kind.ts';
import {startLines} from '../shared/describe/blocks.ts';
import {eventLines} from '../shared/describe/events.ts';
import {fieldTitle} from './field-title.ts';

type Fields = Readonly<Record<string, unknown>>;

const TOLD = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
]);

/** Describes an object of a kind without a describer of its own, as kubectl does. */
export const describeGeneric = async (
  object: KubeObject,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  startLines(object, out);
  fieldLines(object, 0, '', out);
  await eventLines(object, view, out, options);
};

const fieldLines = (fields: Fields, level: number, path: string, out: DescribeWriter): void => {
  for (const field of Object.keys(fields).toSorted()) {
    const here = `${path}.${field}`;
    if (TOLD.has(here)) continue;
    const value = fields[field];
    const title = fieldTitle(field);
    if (Array.isArray(value)) {
      out.line(level, `${title}:`);
      for (const item of value as readonly unknown[]) {
        if (isFields(item)) fieldLines(item, level + 1, here, out);
        else out.line(level + 1, goSprint(item));
      }
    } else if (isFields(value)) {
      out.line(level, `${title}:`);
      fieldLines(value, level + 1, here, out);
    } else {
      out.line(level, `${title}:`, goSprint(value));
    }
  }
};

// A number that kept its digits is an object of its own class, not a map.
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
