// The journal on screen: when, what, to which object, what came of it, and whether it can be taken back. Newest first.
import type {KubeObject} from '../../kube/types/object.ts';
import {send, toast} from '../session/effect.ts';
import {screen} from '../session/screen.ts';
import {itemsScreen} from '../screens/items/items.ts';
import type {JournalLine} from './journal.ts';
import {clockText, titleOf} from './undo.ts';

type Entry = KubeObject & {readonly line: JournalLine; readonly title: string};

const undoText = {none: '', open: 'possible', running: 'under way', undone: 'taken back', gone: 'cluster left'} as const;

const objectOf = ({target}: JournalLine): string => {
  const {resource, object} = target;
  return `${resource.singular || resource.plural}/${object.metadata.name ?? ''}`;
};

/** The object stands in its own column, so the sentence begins after it. */
const resultOf = ({target, said = 'done', error}: JournalLine): string => {
  const about = `${target.resource.kind} ${target.object.metadata.name ?? ''}`;
  if (error !== undefined) return error;
  if (said.startsWith(`${about} `)) return said.slice(about.length + 1);
  const [, after] = said.split(`${about}: `);
  return after ?? said;
};

const made = new WeakMap<ReadonlyMap<string, Entry>, readonly JournalLine[]>();

const list = itemsScreen<Record<string, never>, Entry>({
  name: 'journal',
  word: 'line',
  crumb: () => 'Journal',
  shape: {
    columns: [
      // Lines of one operation stand together, in their order.
      {
        id: 'time',
        title: 'TIME',
        value: ({line}) => line.at,
        text: (at: Date) => clockText(at),
        order: (a: Date, b: Date) => a.getTime() - b.getTime(),
        keep: 8,
      },
      {id: 'what', title: 'WHAT', value: ({title}) => title, keep: 7},
      {id: 'name', title: 'OBJECT', value: ({line}) => objectOf(line), keep: 9},
      {id: 'space', title: 'NAMESPACE', value: ({line}) => line.target.object.metadata.namespace ?? '', keep: 2, show: 'wide'},
      {id: 'result', title: 'RESULT', value: ({line}) => resultOf(line), keep: 6},
      {
        id: 'undo',
        title: 'UNDO',
        value: ({line}) => undoText[line.undoState],
        tone: (value) => (value === undoText.open ? 'busy' : undefined),
        keep: 5,
      },
      {id: 'context', title: 'CONTEXT', value: ({line}) => line.context, keep: 1, show: 'wide'},
    ],
    tone: ({line}) => (line.error !== undefined ? 'bad' : line.undoState === 'undone' || line.isUndo ? 'idle' : 'ok'),
  },
  items: (_params, {app}, before) => {
    if (made.get(before) === app.journal) return before;
    const items = new Map(
      app.journal.map((line): [string, Entry] => {
        const known = before.get(line.id);
        if (known?.line === line) return [line.id, known];
        return [line.id, {metadata: {name: objectOf(line), uid: line.id}, line, title: titleOf(line, app)}];
      }),
    );
    made.set(items, app.journal);
    return items;
  },
  enter: ({line}, _params, {app}) =>
    line.undoState === 'open' && !app.place.readonly
      ? [send({type: 'command', id: 'journal.undo'})]
      : [toast(line.error === undefined ? 'idle' : 'bad', line.error ?? line.said ?? 'done')],
  targets: (entry) => (entry === undefined ? [] : [entry.line.target]),
  empty: (_params, {app}) =>
    app.place.readonly ? 'Nothing was done: kdeck is read-only here.' : 'Nothing was done in this session yet.',
});

export const journalScreen = screen<Record<string, never>, ReturnType<typeof list.start>[0]>({
  ...list,
  start: (params, at) => {
    const [state, effects] = list.start(params, at);
    return [{...state, sort: {column: 'time', down: true}}, effects];
  },
});
