// The columns of a list as the TUI shows them: the kind's own, and what pods and nodes use of CPU and memory.
import type {Column, Tone} from '../../../resources/column.ts';
import type {ResourceKind} from '../../../resources/kind.ts';
import {kindKey} from '../../../resources/kind.ts';
import type {KubeObject} from '../../../kube/types/object.ts';
import type {UsageMaps} from '../../session/app.ts';
import {shapeOf} from '../../session/tables.ts';
import type {Usage} from '../../session/services.ts';
import type {RowShape} from '../../../tables/row.ts';

/** `250m`, `1.5`: millicores as people write them. */
export const cpuText = (millicores: number): string =>
  millicores < 10_000 ? `${Math.round(millicores)}m` : (millicores / 1000).toFixed(1);

/** `128Mi`, `1.5Gi`. */
export const memoryText = (bytes: number): string => {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 10_240 ? `${Math.round(mebibytes)}Mi` : `${(mebibytes / 1024).toFixed(1)}Gi`;
};

const usageColumn = (
  id: 'cpu' | 'memory',
  title: string,
  read: (object: KubeObject) => Usage | undefined,
  text: (amount: number) => string,
): Column<KubeObject, number | undefined> => ({
  id,
  title,
  value: (object) => read(object)?.[id],
  text: (amount) => (amount === undefined ? '-' : text(amount)),
  order: (a, b) => (a ?? -1) - (b ?? -1),
  align: 'right',
  keep: 4,
  // Measured apart from the object: never kept with the row.
  ticks: true,
});

const shapes = new WeakMap<UsageMaps, Map<ResourceKind, RowShape>>();

/** The shape of a kind's list; the same value each time, so that rows and widths are kept. */
export const listShape = (kind: ResourceKind, usage: UsageMaps): RowShape => {
  const made = shapes.get(usage) ?? new Map<ResourceKind, RowShape>();
  shapes.set(usage, made);
  const known = made.get(kind);
  if (known !== undefined) return known;
  const plain = shapeOf(kind);
  const key = kindKey(kind.ref);
  const read =
    key === 'pods'
      ? (object: KubeObject) => usage.pods?.get(`${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`)
      : key === 'nodes'
        ? (object: KubeObject) => usage.nodes?.get(object.metadata.name ?? '')
        : undefined;
  let shape = plain;
  if (read !== undefined) {
    const age = plain.columns.findIndex(({id}) => id === 'age');
    const at = age < 0 ? plain.columns.length : age;
    const extra = [usageColumn('cpu', 'CPU', read, cpuText), usageColumn('memory', 'MEM', read, memoryText)];
    shape = {...plain, columns: [...plain.columns.slice(0, at), ...extra, ...plain.columns.slice(at)]};
  }
  made.set(kind, shape);
  return shape;
};

/** Tones from worst to best. */
export const toneOrder: readonly Tone[] = ['bad', 'warn', 'busy', 'ok', 'idle'];
