// Describes an object of a kind nobody wrote a describer for: its fields by name, as kubectl does for custom resources.
import type {AnyObject} from '../../../kube/types/object.ts';
import type {DescribeWriter} from '../../../resources/describe-writer.ts';
import type {ClusterView} from '../../../resources/kind.ts';
import {ageText} from '../../../base/age.ts';

/** `lastTransitionTime` reads `Last Transition Time`. */
const words = (name: string): string =>
  name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').replace(/^./, (letter) => letter.toUpperCase());

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const write = (out: DescribeWriter, level: number, map: Record<string, unknown>, skip: ReadonlySet<string>): void => {
  for (const key of Object.keys(map).sort()) {
    if (level === 0 && skip.has(key)) continue;
    const value = map[key];
    const label = `${words(key)}:`;
    if (isMap(value)) {
      out.line(level, label);
      write(out, level + 1, value, skip);
    } else if (Array.isArray(value)) {
      out.line(level, label);
      for (const item of value) {
        if (isMap(item)) write(out, level + 1, item, skip);
        else out.line(level + 1, String(item));
      }
    } else out.line(level, label, value === null ? '<nil>' : String(value));
  }
};

/** Writes the description, its events last. */
export const describeAnything = async (object: AnyObject, view: ClusterView, out: DescribeWriter): Promise<void> => {
  const {metadata, apiVersion, kind} = object;
  out.line(0, 'Name:', metadata.name ?? '');
  if (metadata.namespace !== undefined) out.line(0, 'Namespace:', metadata.namespace);
  const list = (title: string, map: Readonly<Record<string, string>> | undefined, separator: string): void => {
    const entries = Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    if (entries.length === 0) out.line(0, title, '<none>');
    for (const [index, [key, value]] of entries.entries()) out.line(0, index === 0 ? title : '', `${key}${separator}${value}`);
  };
  list('Labels:', metadata.labels, '=');
  list('Annotations:', metadata.annotations, ': ');
  out.line(0, 'API Version:', apiVersion ?? '');
  out.line(0, 'Kind:', kind ?? '');
  const {managedFields: _managed, labels: _labels, annotations: _annotations, name: _name, namespace: _namespace, ...rest} = metadata;
  out.line(0, 'Metadata:');
  write(out, 1, rest, new Set());
  write(out, 0, object, new Set(['metadata', 'apiVersion', 'kind']));
  const events = await view.eventsOf(object).catch(() => []);
  if (events.length === 0) {
    out.line(0, 'Events:', '<none>');
    return;
  }
  out.flush();
  out.line(0, 'Events:');
  out.line(1, 'Type', 'Reason', 'Age', 'Message');
  for (const event of events) out.line(1, event.type ?? '', event.reason ?? '', ageText(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp, view.now()), event.message ?? '');
};
