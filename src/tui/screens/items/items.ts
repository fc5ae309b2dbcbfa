// A table of things that are not a live list themselves: containers of a pod, contexts, kinds. Each makes its screen from this.
import type {Cursor} from '../../components/cursor.ts';
import {move, moveBy, moveTo, settle, startCursor} from '../../components/cursor.ts';
import {filterLine} from '../../components/filter-line.ts';
import {drawTable} from '../../components/table.ts';
import type {App, At, TargetObject} from '../../session/app.ts';
import type {Effect} from '../../session/effect.ts';
import {overlay, send} from '../../session/effect.ts';
import type {Screen, Step, TableWish} from '../../session/screen.ts';
import {Layout} from '../../../tables/layout.ts';
import type {Item, Row, RowShape} from '../../../tables/row.ts';
import {span} from '../../text/line.ts';
import {copyLines} from '../list/list.ts';

/** State of such a screen. */
export type ItemsState<T extends Item> = {
  readonly cursor: Cursor;
  readonly filter: string;
  readonly sort: {readonly column: string; readonly down: boolean} | undefined;
  readonly items: ReadonlyMap<string, T>;
  readonly layout: Layout;
};

/** How one such screen differs from another. */
export type ItemsOptions<P, T extends Item> = {
  readonly name: string;
  readonly crumb: (params: P, app: App) => string;
  readonly shape: RowShape<T>;
  /** Items for what is known now; the same map while nothing changed. */
  readonly items: (params: P, at: At, before: ReadonlyMap<string, T>) => ReadonlyMap<string, T>;
  /** Live lists the items are made from. */
  readonly sources?: (params: P, app: App) => Readonly<Record<string, TableWish>>;
  readonly enter: (item: T, params: P, at: At) => readonly Effect[];
  readonly targets?: (item: T | undefined, params: P, at: At) => readonly TargetObject[];
  readonly kind?: string;
  readonly word: string;
  readonly empty: (params: P, at: At) => string;
};

/** Makes the screen. */
export const itemsScreen = <P, T extends Item>(options: ItemsOptions<P, T>): Screen<P, ItemsState<T>> => {
  const rowsOf = (at: At): number => Math.max(1, at.body.rows - 1);
  const under = (state: ItemsState<T>, at: At): Row<T> | undefined =>
    state.cursor.uid === undefined ? undefined : at.table('rows')?.model.get(state.cursor.uid);

  const onCommand = (state: ItemsState<T>, id: string, at: At, params: P): Step<ItemsState<T>> => {
    const model = at.table('rows')?.model;
    const row = under(state, at);
    if (id === 'app.back') return state.filter === '' ? [state, [send({type: 'back'})]] : [{...state, filter: ''}, []];
    if (id === 'list.filter')
      return [state, [overlay(filterLine({entry: at.entry, before: state.filter, hint: 'text or a regex'}))]];
    if (id === 'list.open') return [state, row === undefined ? [] : options.enter(row.item, params, at)];
    if (id === 'list.copy-name') return [state, row === undefined ? [] : [copyLines([row.name], 'name')]];
    if (model === undefined) return [state, []];
    const moved = move(state.cursor, model, id, rowsOf(at));
    if (moved !== undefined) return [{...state, cursor: moved}, []];
    const column = /^list[.]sort-by-(.+)$/.exec(id)?.[1];
    if (column !== undefined && options.shape.columns.some((one) => one.id === column))
      return [{...state, sort: {column, down: state.sort?.column === column && !state.sort.down}}, []];
    return [state, []];
  };

  return {
    name: options.name,
    crumb: options.crumb,
    start: (params, at) => [
      {cursor: startCursor, filter: '', sort: undefined, items: options.items(params, at, new Map()), layout: new Layout()},
      [],
    ],
    update: (state, event, at, params) => {
      const model = at.table('rows')?.model;
      switch (event.type) {
        case 'command':
          return onCommand(state, event.id, at, params);
        case 'filter':
          return [{...state, filter: event.text}, []];
        case 'settle':
          return [
            {
              ...state,
              items: options.items(params, at, state.items),
              cursor: model === undefined ? state.cursor : settle(state.cursor, model, rowsOf(at)),
            },
            [],
          ];
        case 'wheel':
          return model === undefined
            ? [state, []]
            : [{...state, cursor: moveBy(state.cursor, model, event.by * 3, rowsOf(at))}, []];
        case 'press': {
          const index = state.cursor.top + event.y - 1;
          if (model === undefined || event.y === 0 || index >= model.count) return [state, []];
          if (index === state.cursor.index) return onCommand(state, 'list.open', at, params);
          return [{...state, cursor: moveTo(state.cursor, model, index, rowsOf(at))}, []];
        }
        default:
          return [state, []];
      }
    },
    tables: (params, state, app) => ({
      ...options.sources?.(params, app),
      rows: {shape: options.shape, from: {items: state.items}, view: {sort: state.sort}, filter: state.filter},
    }),
    situation: (state, at) => ({kind: options.kind, selection: under(state, at) === undefined ? 'none' : 'one'}),
    ...(options.targets === undefined
      ? {}
      : {targets: (state, at, params) => options.targets?.(under(state, at)?.item, params, at) ?? []}),
    status: (state, at) => {
      const model = at.table('rows')?.model;
      if (model === undefined) return [];
      const shown = model.count === model.total ? String(model.total) : `${model.count} of ${model.total}`;
      return [
        ...(state.filter === '' ? [] : [span(` /${state.filter} `, 'chip'), span('  ')]),
        span(`${shown} ${options.word}${model.total === 1 ? '' : 's'}`, 'muted'),
      ];
    },
    filter: (state) => state.filter,
    draw: (state, at, params) => {
      const model = at.table('rows')?.model;
      if (model === undefined) return [];
      const lines = drawTable(at.app, {
        model,
        layout: state.layout,
        wish: {wide: at.app.wide, fill: true, namespace: false, sorted: state.sort?.column},
        top: state.cursor.top,
        rows: rowsOf(at),
        cursor: state.cursor.uid,
        marks: new Set(),
      });
      if (model.count > 0) return lines;
      const says = model.total > 0 ? `None of ${model.total} matches.` : options.empty(params, at);
      return [lines[0] ?? '', '', `   ${at.app.look.paint(says, 'muted')}`];
    },
  };
};
