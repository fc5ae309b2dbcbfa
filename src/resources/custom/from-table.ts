// Columns made at run time from those the server prints: custom resources and every kind kdeck has no folder for.
import {durationMs} from '../../base/age.ts';
import {goSprint} from '../../base/go-format.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import type {Column} from '../column.ts';
import {ageColumn, byNumber, nameColumn} from '../shared/columns.ts';

/** What a list through the server's Table gives: metadata and the cells of the row. */
type TableObject = KubeObject & {readonly cells: readonly unknown[]};

/** A column as the server describes it. */
export type ServerColumn = {
  readonly name: string;
  /** `string`, `integer`, `number`, `boolean` or `date`. */
  readonly type: string;
  readonly format?: string | undefined;
  readonly description?: string | undefined;
  readonly wide: boolean;
};

/** The columns in their order. Cells are the server's; only the object's own age is worked out here, so that it goes on. */
export const columnsFromTable = (definitions: readonly ServerColumn[]): readonly Column<TableObject>[] => {
  // Whatever it is called, sorting by age means this one.
  const ageAt = definitions.findIndex(isOwnAge);
  const used = new Set<string>(ageAt < 0 ? [] : ['age']);
  return definitions.map((definition, index) => {
    const title = definition.name.toUpperCase();
    const show = definition.wide ? ({show: 'wide'} as const) : {};
    if (index === ageAt) return {...ageColumn, title, ...show};
    const wanted =
      definition.name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '') || `column-${index}`;
    const id = used.has(wanted) ? `${wanted}-${index}` : wanted;
    used.add(id);
    if (index === 0 && id === 'name') return {...nameColumn, title, ...show};
    return cellColumn(id, title, index, definition, show);
  });
};

const cellColumn = (
  id: string,
  title: string,
  index: number,
  {type}: ServerColumn,
  show: {readonly show?: 'wide'},
): Column<TableObject> => {
  const isNumber = type === 'integer' || type === 'number';
  return {
    id,
    title,
    value: ({cells}) => cells[index],
    text: (cell) => (cell === null || cell === undefined ? '' : goSprint(cell)),
    order: (a: unknown, b: unknown) => {
      if (type === 'date') return byNumber(ageOfCell(a), ageOfCell(b));
      if (typeof a === 'number' && typeof b === 'number') return a - b;
      if (isNumber) return byNumber(asNumber(a), asNumber(b));
      const [one, other] = [goSprint(a ?? ''), goSprint(b ?? '')];
      return one < other ? -1 : one > other ? 1 : 0;
    },
    ...(isNumber || type === 'date' ? {align: 'right' as const} : {}),
    ...show,
    keep: index === 0 ? 9 : Math.max(1, 7 - index),
  };
};

const asNumber = (cell: unknown): number | undefined => {
  const number = Number(cell ?? Number.NaN);
  return Number.isNaN(number) ? undefined : number;
};

/** The server prints times as lengths (`3d4h`), some servers as moments; the younger one is less. */
const ageOfCell = (cell: unknown): number | undefined => {
  if (typeof cell !== 'string') return undefined;
  const moment = /^\d{4}-\d\d-\d\dT/.test(cell) ? Date.parse(cell) : Number.NaN;
  return Number.isNaN(moment) ? durationMs(cell) : -moment;
};

/** How the API server describes `metadata.creationTimestamp`, in built-in kinds and custom ones alike. */
const CREATED = /^CreationTimestamp is a timestamp representing the server time when this object was created\b/;
/** How it describes a column of a custom resource that has no description of its own. */
const JSON_PATH = /^Custom resource definition column \(in JSONPath format\): (\S+)/;

/** Whether a column tells the object's own age: others may tell the age of something else. */
const isOwnAge = ({name, type, format, description = ''}: ServerColumn): boolean => {
  if (CREATED.test(description)) return true;
  const path = JSON_PATH.exec(description)?.[1];
  if (path !== undefined) return type === 'date' && path === '.metadata.creationTimestamp';
  // A description in somebody's own words, or none: the name and the type have to do.
  return name.toLowerCase() === 'age' && (type === 'date' || format === 'date' || description === '');
};
