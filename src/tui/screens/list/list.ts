// The list of objects of one kind: the screen people spend their day on.
import type {ApiResource, KubeObject} from '../../../kube/types/object.ts';
import {namespacesText} from '../../components/breadcrumb.ts';
import type {Cursor} from '../../components/cursor.ts';
import {move, moveBy, moveTo, settle, startCursor} from '../../components/cursor.ts';
import {filterLine} from '../../components/filter-line.ts';
import {pickFrom} from '../../components/picker.ts';
import {drawTable} from '../../components/table.ts';
import type {App, At, TargetObject} from '../../session/app.ts';
import type {KnownKind} from '../../session/catalogue.ts';
import type {Effect} from '../../session/effect.ts';
import {overlay, send, toast} from '../../session/effect.ts';
import type {ScreenEvent, Step} from '../../session/screen.ts';
import {screen} from '../../session/screen.ts';
import {compileFilter} from '../../../tables/filter/compile.ts';
import {Layout} from '../../../tables/layout.ts';
import {TableModel} from '../../../tables/table-model.ts';
import {cleanLine} from '../../../base/text.ts';
import type {Span} from '../../text/line.ts';
import {drawLine, span} from '../../text/line.ts';
import {emptyLines} from './empty.ts';
import type {Limits} from './limits.ts';
import {limitsOf, limitsText} from './limits.ts';
import {listShape, toneOrder} from './shape.ts';

/** What list to show. Plain data: can stand in history and on the command line. */
export type ListParams = {
  /** Key of the kind, such as `pods` or `deployments.apps`. */
  readonly kind: string;
  readonly namespaces: readonly string[] | 'all';
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Uid of the owner whose objects are shown. */
  readonly owner?: string;
  /** Where the user came from, such as `checkout`: shown in the breadcrumb. */
  readonly of?: string;
  readonly filter?: string;
};

/** State of a list. */
export type ListState = {
  readonly cursor: Cursor;
  readonly marks: ReadonlySet<string>;
  readonly filter: string;
  readonly sort: {readonly column: string; readonly down: boolean} | undefined;
  readonly faults: boolean;
  /** Widths seen so far; a cache, not a state. */
  readonly layout: Layout;
};

const noMarks: ReadonlySet<string> = new Set();

/** Kinds people read in another order than by name: the newest events stand on top. */
const firstSort: Readonly<Record<string, ListState['sort']>> = {
  events: {column: 'last-seen', down: false},
  'jobs.batch': {column: 'age', down: false},
  'replicasets.apps': {column: 'age', down: false},
};

const knownKind = (params: ListParams, app: App): KnownKind | undefined => app.kinds.get(params.kind);

/** What is not shown, when there is something to show beside it: it takes the last line. */
const noticeOf = (at: At): Limits | undefined => {
  const table = at.table('rows');
  const limits = limitsOf(table);
  return limits === undefined || limits.shown.length === 0 || table?.model.count === 0 ? undefined : limits;
};

const rowsOf = (at: At): number => Math.max(1, at.body.rows - 1 - (noticeOf(at) === undefined ? 0 : 1));

const modelOf = (at: At): TableModel | undefined => at.table('rows')?.model;

/** Objects the next action works on: the marked ones that still exist, else the one under the cursor. */
const chosen = (state: ListState, at: At): readonly KubeObject[] => {
  const model = modelOf(at);
  if (model === undefined) return [];
  const marked = [...state.marks].flatMap((uid) => model.get(uid)?.item ?? []);
  if (marked.length > 0) return marked as KubeObject[];
  const under = state.cursor.uid === undefined ? undefined : model.get(state.cursor.uid);
  return under === undefined ? [] : [under.item as KubeObject];
};

const sortBy = (state: ListState, column: string): ListState => {
  const down = state.sort?.column === column ? !state.sort.down : ['cpu', 'memory', 'restarts'].includes(column);
  state.layout.reset();
  return {...state, sort: {column, down}};
};

const sortColumn = (command: string, model: TableModel): string | undefined => {
  const wanted = /^list[.]sort-by-(.+)$/.exec(command)?.[1];
  if (wanted === undefined) return undefined;
  // Kinds call the column people mean by STATUS or READY by other names.
  const alike: Readonly<Record<string, readonly string[]>> = {
    status: ['status', 'phase', 'type', 'reason'],
    ready: ['ready', 'completions', 'desired'],
    age: ['age', 'last-seen', 'lastseen'],
  };
  return (alike[wanted] ?? [wanted]).find((id) => model.shape.columns.some((column) => column.id === id));
};

/** Marks every row between the nearest mark and the cursor. */
const markRange = (state: ListState, model: TableModel): ReadonlySet<string> => {
  const places = [...state.marks].map((uid) => model.indexOf(uid)).filter((place) => place >= 0);
  const here = state.cursor.index;
  const nearest = places.sort((a, b) => Math.abs(a - here) - Math.abs(b - here))[0] ?? here;
  const rows = model.slice(Math.min(nearest, here), Math.abs(nearest - here) + 1);
  return new Set([...state.marks, ...rows.map(({uid}) => uid)]);
};

const onCommand = (state: ListState, id: string, at: At, params: ListParams): Step<ListState> => {
  const model = modelOf(at);
  if (id === 'app.back') {
    if (state.filter !== '' || state.faults) return [{...state, filter: '', faults: false}, []];
    if (state.marks.size > 0) return [{...state, marks: noMarks}, []];
    return [state, [send({type: 'back'})]];
  }
  if (id === 'list.filter') {
    const check = (text: string): string | undefined => {
      const filter = compileFilter(text, modelOf(at)?.shape.columns);
      return filter?.ok === false ? filter.says : undefined;
    };
    return [
      state,
      [
        overlay(
          filterLine({
            entry: at.entry,
            before: state.filter,
            hint: 'text, /regex/, !not, -f fuzzy, label=value, restarts>3, a or b',
            check,
          }),
        ),
      ],
    ];
  }
  if (model === undefined) return [state, []];
  const moved = move(state.cursor, model, id, rowsOf(at));
  if (moved !== undefined) return [{...state, cursor: moved}, []];
  const column = sortColumn(id, model);
  if (column !== undefined) return [sortBy(state, column), []];
  const under = state.cursor.uid;
  const row = under === undefined ? undefined : model.get(under);
  switch (id) {
    case 'list.faults':
      return [{...state, faults: !state.faults}, []];
    case 'list.mark': {
      if (under === undefined) return [state, []];
      const marks = new Set(state.marks);
      if (!marks.delete(under)) marks.add(under);
      return [{...state, marks, cursor: moveBy(state.cursor, model, 1, rowsOf(at))}, []];
    }
    case 'list.mark-range':
      return [{...state, marks: markRange(state, model)}, []];
    case 'list.mark-all':
      return [{...state, marks: new Set(model.slice(0, model.count).map(({uid}) => uid))}, []];
    case 'list.clear-marks':
      return [{...state, marks: noMarks}, []];
    case 'list.copy-name':
      return [
        state,
        [
          copyLines(
            chosen(state, at).map(({metadata}) => metadata.name ?? ''),
            'name',
          ),
        ],
      ];
    case 'list.copy-namespace':
      return [state, [copyLines([...new Set(chosen(state, at).map(({metadata}) => metadata.namespace ?? ''))], 'namespace')]];
    case 'list.warp':
      return row === undefined || row.namespace === ''
        ? [state, []]
        : [state, [send({type: 'namespaces', namespaces: [row.namespace]})]];
    case 'list.sort':
      return [state, [overlay(sortPicker(at, model, state))]];
    case 'list.open': {
      const command = knownKind(params, at.app)?.kind?.onEnter ?? 'object.describe';
      return row === undefined ? [state, []] : [state, [send({type: 'command', id: command})]];
    }
    default:
      return [state, []];
  }
};

const sortPicker = (at: At, model: TableModel, state: ListState) =>
  pickFrom(
    'Sort by',
    model.shape.columns.map((column) => ({
      title: column.title,
      ...(state.sort?.column === column.id ? {note: state.sort.down ? 'descending' : 'ascending', current: true} : {}),
      run: (): readonly Effect[] => [send({type: 'screen', entry: at.entry, event: {type: 'sort', column: column.id}})],
    })),
  );

/** Copies lines and says so. */
export const copyLines = (lines: readonly string[], what: string): Effect => ({
  label: 'Copy',
  run: async ({services, send: tell}) => {
    const {ok, says} = await services.terminal.copy(lines.join('\n'));
    const copied = lines.length === 1 ? `the ${what} ${lines[0] ?? ''}` : `${lines.length} ${what}s`;
    tell({type: 'toast', toast: ok ? {tone: 'ok', text: `Copied ${copied}`} : {tone: 'warn', text: says}});
  },
});

const onEvent = (state: ListState, event: ScreenEvent, at: At, params: ListParams): Step<ListState> => {
  const model = modelOf(at);
  switch (event.type) {
    case 'command':
      return onCommand(state, event.id, at, params);
    case 'filter': {
      state.layout.reset();
      const filter = compileFilter(event.text, model?.shape.columns);
      const effects = event.done && filter?.ok === false ? [toast('warn', filter.says)] : [];
      return [{...state, filter: event.text}, effects];
    }
    case 'own':
      return typeof event.event === 'object' && event.event !== null && 'column' in event.event
        ? [sortBy(state, String(event.event.column)), []]
        : [state, []];
    case 'settle': {
      if (model === undefined) return [state, []];
      const cursor = settle(state.cursor, model, rowsOf(at));
      const gone = [...state.marks].some((uid) => model.get(uid) === undefined);
      const marks = gone ? new Set([...state.marks].filter((uid) => model.get(uid) !== undefined)) : state.marks;
      const same =
        cursor.uid === state.cursor.uid &&
        cursor.index === state.cursor.index &&
        cursor.top === state.cursor.top &&
        cursor.chosen === state.cursor.chosen;
      return [same && marks === state.marks ? state : {...state, cursor, marks}, []];
    }
    case 'wheel':
      return model === undefined ? [state, []] : [{...state, cursor: moveBy(state.cursor, model, event.by * 3, rowsOf(at))}, []];
    case 'press': {
      const index = state.cursor.top + event.y - 1;
      if (model === undefined || event.y === 0 || index >= model.count) return [state, []];
      if (index === state.cursor.index && state.cursor.chosen) return onCommand(state, 'list.open', at, params);
      return [{...state, cursor: moveTo(state.cursor, model, index, rowsOf(at))}, []];
    }
    default:
      return [state, []];
  }
};

const status = (state: ListState, at: At, params: ListParams): readonly Span[] => {
  const table = at.table('rows');
  if (table === undefined) return [];
  const {model} = table;
  const {glyphs} = at.app.look;
  const spans: Span[] = [];
  const chip = (text: string): void => void spans.push(span(` ${cleanLine(text)} `, 'chip'), span('  '));
  if (state.filter !== '') chip(`/${state.filter}`);
  if (state.faults) chip('faults');
  if (state.marks.size > 0) spans.push(span(`${glyphs.mark} ${state.marks.size} marked  `, 'row.marked'));
  const tones = model.tones();
  for (const tone of toneOrder.slice(0, 3)) {
    const count = tones.get(tone) ?? 0;
    if (count > 0) spans.push(span(`${glyphs.tone[tone]} ${count}  `, `tone.${tone}`));
  }
  const shown = model.count === model.total ? String(model.total) : `${model.count} of ${model.total}`;
  const plural = knownKind(params, at.app)?.resource.plural ?? 'objects';
  spans.push(span(`${shown} ${model.total === 1 ? knownKind(params, at.app)?.resource.singular || plural : plural}`, 'muted'));
  return spans;
};

/** `ReplicaSets`, `NetworkPolicies`: the plural with the capitals of the kind. */
const pluralTitle = ({kind, plural}: ApiResource): string => {
  let same = 0;
  while (same < kind.length && kind[same]?.toLowerCase() === plural[same]) same++;
  return kind.slice(0, same) + plural.slice(same);
};

const crumb = (params: ListParams, app: App, table: At['table']): string => {
  const known = app.kinds.get(params.kind);
  const word = known === undefined ? params.kind : pluralTitle(known.resource);
  if (params.of !== undefined) return `${cleanLine(params.of)} ${app.look.glyphs.crumb} ${word}`;
  if (known?.resource.namespaced === false) return word;
  // Where single namespaces stand in for all of them, those are where one is.
  const limits = limitsOf(table('rows'));
  const shown = limits?.denied === 'all' && limits.shown.length > 0 ? limits.shown : params.namespaces;
  return `${word} in ${namespacesText(shown)}`;
};

/** The list screen. */
export const listScreen = screen<ListParams, ListState>({
  name: 'list',
  crumb,
  start: (params) => [
    {
      cursor: startCursor,
      marks: noMarks,
      filter: params.filter ?? '',
      sort: firstSort[params.kind],
      faults: false,
      layout: new Layout(),
    },
    [],
  ],
  update: onEvent,
  tables: (params, state, app) => {
    const known = knownKind(params, app);
    if (known === undefined) return {};
    const scope = {
      namespaces: known.resource.namespaced ? params.namespaces : ('all' as const),
      ...(params.labelSelector === undefined ? {} : {labelSelector: params.labelSelector}),
      ...(params.fieldSelector === undefined ? {} : {fieldSelector: params.fieldSelector}),
    };
    const view = {sort: state.sort, faults: state.faults, owner: params.owner};
    const rows =
      known.kind === undefined
        ? {from: {resource: known.resource, scope}}
        : {from: {kind: known.kind, scope}, shape: listShape(known.kind, app.usage)};
    return {rows: {...rows, view, filter: state.filter}};
  },
  situation: (state, at, params) => {
    const objects = chosen(state, at);
    return {kind: params.kind, selection: objects.length === 0 ? 'none' : objects.length === 1 ? 'one' : 'some'};
  },
  targets: (state, at, params) => {
    const known = knownKind(params, at.app);
    return known === undefined
      ? []
      : chosen(state, at).map((object): TargetObject => ({object, resource: known.resource, kind: known.kind}));
  },
  status,
  filter: (state) => state.filter,
  draw: (state, at, params) => {
    const table = at.table('rows');
    const known = knownKind(params, at.app);
    if (table === undefined) {
      const titles = known?.kind === undefined ? '' : drawTitles(at, known, params, state);
      return [titles, ...emptyLines(at, params, table, known)];
    }
    const lines = drawTable(at.app, {
      model: table.model,
      layout: state.layout,
      wish: {
        wide: at.app.wide,
        fill: true,
        namespace: params.namespaces === 'all' || params.namespaces.length > 1,
        sorted: state.sort?.column,
      },
      top: state.cursor.top,
      rows: rowsOf(at),
      cursor: state.cursor.uid,
      marks: state.marks,
    });
    if (table.model.count === 0) return [lines[0] ?? '', ...emptyLines(at, params, table, known)];
    const limits = noticeOf(at);
    return limits === undefined ? lines : [...lines, ...below(lines.length, at), notice(limits, known, at)];
  },
});

const below = (lines: number, at: At): readonly string[] => Array.from({length: at.body.rows - 1 - lines}, () => '');

const notice = (limits: Limits, known: KnownKind | undefined, {app, body}: At): string => {
  const text = cleanLine(limitsText(known?.resource.plural ?? 'objects', limits));
  const more = `${app.registry.keyOf('namespace.choose') ?? ':ns'} shows others `;
  const right = text.length + more.length + 6 > body.columns ? [] : [span(more, 'muted')];
  return drawLine(app.look, body.columns, [span(` ${app.look.glyphs.tone.warn} ${text}`, 'tone.warn')], right);
};

/** Column titles before anything came from the cluster: the first frame says what it will show. */
const emptyModel = (at: At, known: KnownKind): TableModel =>
  new TableModel(known.kind === undefined ? {columns: []} : listShape(known.kind, at.app.usage), () => at.app.now);

const drawTitles = (at: At, known: KnownKind, params: ListParams, state: ListState): string => {
  if (known.kind === undefined) return '';
  const model = emptyModel(at, known);
  return (
    drawTable(at.app, {
      model,
      layout: state.layout,
      wish: {
        wide: at.app.wide,
        fill: true,
        namespace: params.namespaces === 'all' || params.namespaces.length > 1,
        sorted: undefined,
      },
      top: 0,
      rows: 0,
      cursor: undefined,
      marks: noMarks,
    })[0] ?? ''
  );
};
