// What may differ between two runs of one command: the only things taken out before outputs are compared.

/** Names that differ by side. */
export type Side = {readonly ns: string; readonly other: string; readonly id: string; readonly dir: string};

// A log line of Go's klog: pid, time and source line are in it, and no program reads them.
const KLOG = /^[EWIF]\d{4} \d\d:\d\d:\d\d\.\d+ .*\n?/gm;

/** stderr of a read, where nothing else differs. */
export const withoutKlog = (text: string): string => text.replace(KLOG, '');

/** Replaces what belongs to a side and what a server makes up. */
export const normalizeMutation = (text: string, side: Side): string =>
  withoutKlog(text)
    .replaceAll(side.ns, '<ns>')
    .replaceAll(side.other, '<other>')
    .replaceAll(side.id, '<id>')
    .replaceAll(side.dir, '<dir>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>')
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\b/g, '<time>')
    .replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>')
    .replace(/(resourceVersion"?: )"?\d+"?/g, '$1<version>')
    .replace(/(resourceVersion\\":\\")\d+/g, '$1<version>')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b(?! *\/)/g, '<address>')
    // Pods of ReplicaSets, and of everything that generates names; Kubernetes uses no vowels there.
    .replace(/(-[bcdfghjklmnpqrstvwxz2456789]{8,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '<suffix>')
    .replace(/(?<=[a-z])-[bcdfghjklmnpqrstvwxz2456789]{8,10}\b(?=[^a-z0-9]|$)/gm, '<hash>')
    // Ages move the padding after them.
    .replace(/(?<=\s)(?:\d+[smhdy]){1,2}(?=\s)[ \t]*/g, '<age> ')
    .replace(/(?<=\s)\(?(?:\d+[smhdy]){1,2} ago\)?[ \t]*/g, '<ago> ');
