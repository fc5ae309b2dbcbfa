// Columns that every kind or several kinds have.
import {humanDuration} from '../../base/age.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import type {Container} from '../../kube/types/wire.ts';
import {type Column, column} from '../column.ts';
import {type LabelSelector, labelsText, selectorText} from './selector.ts';

/** Milliseconds since a time; undefined when there is none. */
export const msSince = (timestamp: string | null | undefined, now: Date): number | undefined =>
  timestamp === undefined || timestamp === null || timestamp === '' ? undefined : now.getTime() - Date.parse(timestamp);

/** Text of an age that may be missing. */
export const sinceText = (ms: number | undefined): string => (ms === undefined ? '<unknown>' : humanDuration(ms));

/** Sorts missing values first. */
export const byNumber = (a: number | undefined, b: number | undefined): number => (a ?? -Infinity) - (b ?? -Infinity) || 0;

export const nameColumn = column<KubeObject, string>({
  id: 'name',
  title: 'NAME',
  value: (object) => object.metadata.name ?? '',
  keep: 9,
});

export const ageColumn = column<KubeObject, number | undefined>({
  id: 'age',
  title: 'AGE',
  value: (object, {now}) => msSince(object.metadata.creationTimestamp, now),
  text: sinceText,
  order: byNumber,
  ticks: true,
  align: 'right',
  keep: 6,
});

/** What `--show-labels` prints. */
export const labelsColumn = column<KubeObject, Readonly<Record<string, string>>>({
  id: 'labels',
  title: 'LABELS',
  value: (object) => object.metadata.labels ?? {},
  text: labelsText,
  order: (a, b) => (labelsText(a) < labelsText(b) ? -1 : 1),
  show: 'asked',
  keep: 0,
});

/** The controller that made the object, as `describe` prints it. */
export const ownerColumn = column<KubeObject, string>({
  id: 'owner',
  title: 'CONTROLLED BY',
  value: (object) => controllerText(object) ?? '',
  show: 'asked',
  keep: 1,
});

/** `Kind/name` of the controlling owner. */
export const controllerText = (object: KubeObject): string | undefined => {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller === true);
  return owner === undefined ? undefined : `${owner.kind}/${owner.name}`;
};

/** Columns at the end of every kind, shown when asked for. */
export const metadataColumns: readonly Column<KubeObject>[] = [ownerColumn, labelsColumn];

/** A whole number of the object. */
export const countColumn = <T extends KubeObject>(
  id: string,
  title: string,
  count: (object: T) => number | undefined,
  more: Partial<Column<T, number>> = {},
): Column<T, number> => ({id, title, value: (object) => count(object) ?? 0, align: 'right', ...more});

/** A text of the object, or what stands for none. */
export const textColumn = <T extends KubeObject>(
  id: string,
  title: string,
  read: (object: T) => string | undefined,
  more: Partial<Column<T, string>> & {readonly none?: string} = {},
): Column<T, string> => {
  const {none = '', ...rest} = more;
  return {id, title, value: (object) => read(object) || none, ...rest};
};

/** CONTAINERS, IMAGES and SELECTOR of kinds that have a pod template. */
export const templateColumns = <T extends KubeObject>(
  containers: (object: T) => readonly Container[] | undefined,
  selector?: (object: T) => LabelSelector | null | undefined,
): readonly Column<T>[] => [
  textColumn<T>(
    'containers',
    'CONTAINERS',
    (object) =>
      containers(object)
        ?.map((each) => each.name)
        .join(','),
    {show: 'wide', keep: 1},
  ),
  textColumn<T>(
    'images',
    'IMAGES',
    (object) =>
      containers(object)
        ?.map((each) => each.image ?? '')
        .join(','),
    {show: 'wide', keep: 2},
  ),
  ...(selector === undefined
    ? []
    : [textColumn<T>('selector', 'SELECTOR', (object) => selectorText(selector(object)), {show: 'wide', keep: 0})]),
];

/** Ready of wanted, as `2/3`. */
export type Share = {readonly have: number; readonly want: number};
export const shareText = ({have, want}: Share): string => `${have}/${want}`;
export const byShare = (a: Share, b: Share): number => a.have - b.have || a.want - b.want;
