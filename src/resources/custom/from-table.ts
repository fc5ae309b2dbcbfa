// A kind made at run time from the columns the server prints for it: custom resources and every kind kdeck has no folder for.
import {goSprint} from '../../base/go-format.ts';
import type {ApiResource, KubeObject, TableColumn} from '../../kube/types/object.ts';
import type {Column} from '../column.ts';
import {kind, type ResourceKind} from '../kind.ts';
import {ageColumn, byNumber, labelsColumn, nameColumn, ownerColumn} from '../shared/columns.ts';
import {ownedBy} from '../shared/relations.ts';
import {describeGeneric} from './describe.ts';

/** What a list through the server's Table gives: metadata and the cells of the row. */
export type TableObject = KubeObject & {readonly cells: readonly unknown[]};

/** Makes the kind. Cells are the server's, only NAME and AGE are worked out here, so that ages go on. */
export const kindFromTable = (resource: ApiResource, definitions: readonly TableColumn[]): ResourceKind<TableObject> =>
  kind<TableObject>({
    ref: {group: resource.group, version: resource.version, plural: resource.plural},
    kind: resource.kind,
    singular: resource.singular || resource.kind.toLowerCase(),
    shortNames: resource.shortNames,
    categories: resource.categories,
    namespaced: resource.namespaced,
    family: 'custom',
    columns: [...columnsOf(definitions), ownerColumn, labelsColumn],
    keep: [],
    describe: describeGeneric,
    relations: [ownedBy],
  });

const columnsOf = (definitions: readonly TableColumn[]): readonly Column<TableObject>[] => {
  const used = new Set<string>();
  return definitions.map((definition, index) => {
    const title = definition.name.toUpperCase();
    const wanted =
      definition.name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '') || `column-${index}`;
    const id = used.has(wanted) ? `${wanted}-${index}` : wanted;
    used.add(id);
    const show = (definition.priority ?? 0) > 0 ? ({show: 'wide'} as const) : {};
    if (definition.format === 'name' && index === 0) return {...nameColumn, title, ...show};
    // Only the column that tells the object's own age may be worked out here; others may tell the age of something else.
    if (title === 'AGE' && definition.description === AGE_DESCRIPTION) return {...ageColumn, ...show};
    return cellColumn(id, title, index, definition, show);
  });
};

const cellColumn = (
  id: string,
  title: string,
  index: number,
  definition: TableColumn,
  show: {readonly show?: 'wide'},
): Column<TableObject> => {
  const isNumber = definition.type === 'integer' || definition.type === 'number';
  return {
    id,
    title,
    value: ({cells}) => cells[index],
    text: (cell) => (cell === null || cell === undefined ? '' : goSprint(cell)),
    order: (a: unknown, b: unknown) => {
      if (typeof a === 'number' && typeof b === 'number') return a - b;
      if (isNumber) return byNumber(asNumber(a), asNumber(b));
      const [one, other] = [goSprint(a ?? ''), goSprint(b ?? '')];
      return one < other ? -1 : one > other ? 1 : 0;
    },
    ...(isNumber ? {align: 'right' as const} : {}),
    ...show,
    keep: index === 0 ? 9 : Math.max(1, 7 - index),
  };
};

const asNumber = (cell: unknown): number | undefined => {
  const number = Number(cell ?? Number.NaN);
  return Number.isNaN(number) ? undefined : number;
};

/** How the server describes `metadata.creationTimestamp`, in built-in kinds and custom ones alike. */
const AGE_DESCRIPTION =
  'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata';
