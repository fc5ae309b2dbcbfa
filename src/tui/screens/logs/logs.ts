// Logs of containers: followed, searched, filtered, wrapped, with times or without. A paused view never moves by itself.
import {messageOf} from '../../../base/errors.ts';
import {filterLine} from '../../components/filter-line.ts';
import {searchPattern} from '../../components/viewer.ts';
import type {At} from '../../session/app.ts';
import type {Effect} from '../../session/effect.ts';
import {overlay, send} from '../../session/effect.ts';
import type {Screen, Step} from '../../session/screen.ts';
import {screen} from '../../session/screen.ts';
import {cleanLine, cutEnd, widthOf} from '../../../base/text.ts';
import {chop, wrap} from '../../text/cells.ts';
import {span} from '../../text/line.ts';
import type {Token} from '../../theme/tokens.ts';
import {LogBuffer} from './log-buffer.ts';
import type {LogRow} from './log-buffer.ts';
import type {LogNews, SourceState} from './log-reader.ts';
import {readLogs} from './log-reader.ts';
import type {LogSource, LogsParams} from './log-sources.ts';
import {findSources, newSources} from './log-sources.ts';

/** State of the screen. The buffer is shared between states; `revision` tells that it changed. */
type LogsState = {
  readonly buffer: LogBuffer;
  readonly revision: number;
  readonly sources: readonly LogSource[] | undefined;
  readonly states: ReadonlyMap<number, SourceState>;
  readonly problem: string | undefined;
  readonly top: number;
  readonly left: number;
  readonly follow: boolean;
  readonly wrap: boolean;
  readonly times: boolean;
  readonly previous: boolean;
  readonly search: string;
  /** Only lines that match the search. */
  readonly only: boolean;
  /** Row of the current match. */
  readonly match: number;
  /** Counts openings, so that answers of an earlier one are not taken. */
  readonly reading: number;
  /** Lines to load from before. */
  readonly tail: number;
};

type News = {
  readonly reading: number;
  readonly sources?: readonly LogSource[];
  readonly fresh?: readonly LogSource[];
  readonly news?: LogNews;
  readonly problem?: string;
};

async function* tellingOf<T>(from: AsyncIterable<T>, tell: (one: T) => void): AsyncGenerator<T> {
  for await (const one of from) {
    tell(one);
    yield one;
  }
}

const read = (params: LogsParams, state: LogsState, stop: {at: AbortController | undefined}): Effect => ({
  label: 'Follow logs',
  background: true,
  run: async (io) => {
    stop.at?.abort();
    const mine = new AbortController();
    stop.at = mine;
    const signal = AbortSignal.any([io.signal, mine.signal]);
    const {reading, previous} = state;
    try {
      const connection = io.services.connection();
      if (connection === undefined) throw new Error('there is no connection to the cluster');
      const {hooks} = io.services;
      const sources = await findSources(params, connection, signal);
      io.reply({reading, sources} satisfies News);
      await readLogs(connection, sources, {
        namespace: params.namespace,
        previous,
        tail: state.tail,
        signal,
        more: tellingOf(newSources({...params, previous}, connection, sources, signal), (fresh) => {
          io.reply({reading, fresh} satisfies News);
        }),
        show: hooks?.listens('logLine') === true ? (line) => hooks.logLine(line) : undefined,
        tell: (news) => io.reply({reading, news} satisfies News),
      });
    } catch (error) {
      if (!signal.aborted) io.reply({reading, problem: messageOf(error)} satisfies News);
    }
  },
});

/** The reader of each screen's buffer, to stop it when another one starts. */
const stops = new WeakMap<LogBuffer, {at: AbortController | undefined}>();
const stopOf = (buffer: LogBuffer): {at: AbortController | undefined} => {
  const known = stops.get(buffer) ?? {at: undefined};
  stops.set(buffer, known);
  return known;
};

const lastTop = (state: LogsState, rows: number): number => Math.max(0, state.buffer.rows.length - rows);

const levelToken = (text: string): Token | undefined => {
  const head = text.slice(0, 200);
  if (/\b(?:FATAL|PANIC|ERROR|ERR|SEVERE|CRITICAL)\b|"level":\s*"(?:error|fatal|panic)"|level=(?:error|fatal)|^E\d{4} /i.test(head))
    return 'log.error';
  if (/\bWARN(?:ING)?\b|"level":\s*"warn|level=warn|^W\d{4} /i.test(head)) return 'log.warn';
  if (/\b(?:DEBUG|TRACE)\b|"level":\s*"(?:debug|trace)"|level=(?:debug|trace)/i.test(head)) return 'log.debug';
  return undefined;
};

const SOURCE_TOKENS: readonly Token[] = [
  'log.source.1',
  'log.source.2',
  'log.source.3',
  'log.source.4',
  'log.source.5',
  'log.source.6',
];

/** A short tag for a source: what tells it from the others. */
const tagsOf = (sources: readonly LogSource[]): readonly string[] => {
  const pods = new Set(sources.map(({pod}) => pod));
  const containers = new Set(sources.map(({container}) => container));
  return sources.map(({pod, container}) => {
    const short = pod.split('-').slice(-2).join('-');
    return pods.size === 1 ? container : containers.size === 1 ? short : `${short}/${container}`;
  });
};

const marked = (at: At, text: string, pattern: RegExp | undefined, base: readonly Token[], current: boolean): string => {
  const {look} = at.app;
  if (pattern === undefined) return look.paint(text, ...base);
  let out = '';
  let from = 0;
  pattern.lastIndex = 0;
  for (const found of text.matchAll(pattern)) {
    if (found[0] === '') continue;
    out += look.paint(text.slice(from, found.index), ...base) + look.paint(found[0], ...base, current ? 'match.current' : 'match');
    from = found.index + found[0].length;
  }
  return out + look.paint(text.slice(from), ...base);
};

const drawRow = (
  at: At,
  state: LogsState,
  row: LogRow,
  index: number,
  tags: readonly string[],
  tagWidth: number,
  pattern: RegExp | undefined,
): readonly string[] => {
  const {look} = at.app;
  const width = at.body.columns - 2;
  if (row.mark !== undefined) {
    const sign = `${look.glyphs.line}${look.glyphs.line} `;
    return [
      ` ${look.paint(cutEnd(`${sign}${cleanLine(row.text)} ${look.glyphs.line.repeat(width)}`, width), row.mark === 'gap' ? 'tone.warn' : 'muted')}`,
    ];
  }
  const time = state.times && row.time !== '' ? `${row.time.slice(11, 23).padEnd(12)} ` : '';
  const tag = tags.length > 1 ? `${(tags[row.source] ?? '').padEnd(tagWidth)} ` : '';
  const head = look.paint(time, 'muted') + look.paint(tag, SOURCE_TOKENS[row.source % SOURCE_TOKENS.length]!);
  const room = Math.max(8, width - widthOf(time) - widthOf(tag));
  const level = levelToken(row.text);
  const base: readonly Token[] = level === undefined ? [] : [level];
  const paint = (text: string): string => marked(at, text, pattern, base, index === state.match);
  if (!state.wrap) return [` ${head}${paint(cutEnd(row.text.slice(state.left), room))}`];
  const pieces = chop(row.text, room);
  const indent = ' '.repeat(widthOf(time) + widthOf(tag));
  return (pieces.length === 0 ? [''] : pieces).map((piece, part) => ` ${part === 0 ? head : indent}${paint(piece)}`);
};

const toMatch = (state: LogsState, by: 1 | -1, rows: number): LogsState => {
  const pattern = searchPattern(state.search);
  if (pattern === undefined) return state;
  const {rows: all} = state.buffer;
  const from = state.match >= 0 ? state.match : by === 1 ? state.top - 1 : Math.min(all.length, state.top + rows);
  for (let step = 1; step <= all.length; step++) {
    const at = (((from + by * step) % all.length) + all.length) % all.length;
    pattern.lastIndex = 0;
    if (all[at]?.mark !== undefined || !pattern.test(all[at]?.text ?? '')) continue;
    const seen = at >= state.top && at < state.top + rows;
    return {
      ...state,
      match: at,
      follow: false,
      top: seen ? state.top : Math.max(0, Math.min(at - (rows >> 1), lastTop(state, rows))),
    };
  }
  return {...state, match: -1};
};

/** Searches while one types; once that is done, the screen stands where the nearest match is. */
const searched = (state: LogsState, text: string, done: boolean, rows: number): LogsState => {
  const next = {...state, search: text, match: -1};
  if (state.only) {
    next.buffer.filter(searchPattern(text));
    return {...next, top: next.follow ? lastTop(next, rows) : Math.min(next.top, lastTop(next, rows))};
  }
  if (text === '') return next;
  const found = toMatch(next, -1, rows);
  // A match that is in sight, or none, is no reason to stop following.
  return done && found.match >= 0 && found.top !== next.top ? found : {...found, follow: next.follow};
};

const clearedSearch = (state: LogsState, rows: number): LogsState => {
  state.buffer.filter(undefined);
  const next = {...state, search: '', only: false, match: -1};
  return {...next, top: next.follow ? lastTop(next, rows) : Math.min(next.top, lastTop(next, rows))};
};

const scroll = (state: LogsState, top: number, rows: number): LogsState => {
  const last = lastTop(state, rows);
  const next = Math.max(0, Math.min(top, last));
  // Going up stops following; reaching the end takes it up again only when asked.
  return {...state, top: next, follow: state.follow && next >= last};
};

const onCommand = (state: LogsState, id: string, at: At, params: LogsParams): Step<LogsState> => {
  const {rows} = at.body;
  switch (id) {
    case 'app.back':
      if (state.search !== '') return [clearedSearch(state, rows), []];
      return [state, [send({type: 'back'})]];
    case 'logs.search':
      return [state, [overlay(filterLine({entry: at.entry, before: state.search, hint: 'text or a regex'}))]];
    case 'logs.only-matches': {
      const only = !state.only;
      state.buffer.filter(only ? searchPattern(state.search) : undefined);
      return [{...state, only, match: -1, top: lastTop(state, rows), follow: state.follow}, []];
    }
    case 'logs.next-match':
      return [toMatch(state, 1, rows), []];
    case 'logs.previous-match':
      return [toMatch(state, -1, rows), []];
    case 'logs.follow':
      return [{...state, follow: !state.follow, top: state.follow ? state.top : lastTop(state, rows)}, []];
    case 'logs.wrap':
      return [{...state, wrap: !state.wrap, left: 0}, []];
    case 'logs.timestamps':
      return [{...state, times: !state.times}, []];
    case 'logs.previous': {
      const next = {
        ...state,
        previous: !state.previous,
        reading: state.reading + 1,
        states: new Map(),
        problem: undefined,
        sources: undefined,
        top: 0,
        follow: true,
      };
      state.buffer.clear();
      return [next, [read(params, next, stopOf(state.buffer))]];
    }
    case 'logs.mark':
      state.buffer.add([{source: -1, time: '', text: at.app.now.toISOString(), mark: 'user'}]);
      return [{...state, revision: state.buffer.revision, top: state.follow ? lastTop(state, rows) : state.top}, []];
    case 'logs.clear':
      state.buffer.clear();
      return [{...state, revision: state.buffer.revision, top: 0, match: -1}, []];
    case 'logs.copy':
      return [
        state,
        [
          {
            label: 'Copy',
            run: async ({services, send: tell}) => {
              const lines = state.buffer.rows.filter(({mark}) => mark === undefined);
              const {ok, says} = await services.terminal.copy(`${lines.map(({text}) => text).join('\n')}\n`);
              tell({type: 'toast', toast: ok ? {tone: 'ok', text: `Copied ${lines.length} lines`} : {tone: 'warn', text: says}});
            },
          },
        ],
      ];
    case 'move.down':
      return [scroll(state, state.top + 1, rows), []];
    case 'move.up':
      return [scroll({...state, follow: false}, state.top - 1, rows), []];
    case 'move.page-down':
      return [scroll(state, state.top + rows, rows), []];
    case 'move.page-up':
      return [scroll({...state, follow: false}, state.top - rows, rows), []];
    case 'move.half-page-down':
      return [scroll(state, state.top + (rows >> 1), rows), []];
    case 'move.half-page-up':
      return [scroll({...state, follow: false}, state.top - (rows >> 1), rows), []];
    case 'move.first':
      return [{...state, top: 0, follow: false}, []];
    case 'move.last':
      return [{...state, top: lastTop(state, rows), follow: true}, []];
    case 'move.left':
      return [{...state, left: Math.max(0, state.left - 16)}, []];
    case 'move.right':
      return [state.wrap ? state : {...state, left: state.left + 16}, []];
    default:
      return [state, []];
  }
};

const onNews = (state: LogsState, got: News, at: At): LogsState => {
  if (got.reading !== state.reading) return state;
  if (got.problem !== undefined) return {...state, problem: got.problem};
  if (got.sources !== undefined) return {...state, sources: got.sources, problem: undefined};
  if (got.fresh !== undefined) return {...state, sources: [...(state.sources ?? []), ...got.fresh]};
  const off = state.buffer.add(got.news?.rows ?? []);
  const states = new Map([...state.states, ...(got.news?.states ?? [])]);
  const next = {...state, states, revision: state.buffer.revision};
  if (state.follow) return {...next, top: lastTop(next, at.body.rows), match: state.match - off};
  // Lines that fell off above the reader take the reader's place along.
  return {...next, top: Math.max(0, state.top - off), match: state.match < off ? -1 : state.match - off};
};

export const logsScreen: Screen<LogsParams, LogsState> = screen<LogsParams, LogsState>({
  name: 'logs',
  crumb: (params, app) => `${cleanLine(params.of)} ${app.look.glyphs.crumb} Logs`,
  start: (params, {app: {logs}}) => {
    const state: LogsState = {
      buffer: new LogBuffer(logs.keep),
      revision: 0,
      sources: undefined,
      states: new Map(),
      problem: undefined,
      top: 0,
      left: 0,
      follow: true,
      wrap: logs.wrap,
      times: logs.timestamps,
      previous: params.previous === true,
      search: '',
      only: false,
      match: -1,
      reading: 0,
      tail: logs.tail,
    };
    return [state, [read(params, state, stopOf(state.buffer))]];
  },
  update: (state, event, at, params) => {
    if (event.type === 'command') return onCommand(state, event.id, at, params);
    if (event.type === 'filter') return [searched(state, event.text, event.done, at.body.rows), []];
    if (event.type === 'wheel')
      return [scroll({...state, follow: event.by > 0 && state.follow}, state.top + event.by * 3, at.body.rows), []];
    if (event.type === 'settle') return [state.follow ? {...state, top: lastTop(state, at.body.rows)} : state, []];
    if (event.type === 'own') return [onNews(state, event.event as News, at), []];
    return [state, []];
  },
  filter: (state) => state.search,
  status: (state, at) => {
    const chips = [
      ...(state.search === '' ? [] : [span(` ${state.only ? 'only ' : ''}/${state.search} `, 'chip'), span('  ')]),
      ...(state.previous ? [span('previous', 'tone.warn'), span(` ${at.app.look.glyphs.dot} `, 'muted')] : []),
    ];
    const waiting = [...state.states.values()].filter(({is}) => is === 'waiting').length;
    const ended = [...state.states.values()].filter(({is}) => is === 'ended').length;
    const total = state.sources?.length ?? 0;
    const streams = total > 1 ? [span(`${total - ended} of ${total} streams ${at.app.look.glyphs.dot} `, 'muted')] : [];
    const held = waiting > 0 ? [span(`waiting ${at.app.look.glyphs.dot} `, 'tone.busy')] : [];
    const dropped =
      state.buffer.dropped > 0 ? [span(`${state.buffer.dropped} older lines dropped ${at.app.look.glyphs.dot} `, 'tone.warn')] : [];
    return [
      ...chips,
      ...dropped,
      ...streams,
      ...held,
      span(`${state.buffer.rows.length} lines ${at.app.look.glyphs.dot} `, 'muted'),
      state.follow ? span('following', 'tone.ok') : span('paused', 'tone.warn'),
    ];
  },
  situation: () => ({selection: 'none'}),
  draw: (state, at) => {
    const {look} = at.app;
    const says = (text: string, token: Token): readonly string[] => [
      '',
      ...wrap(cleanLine(text), at.body.columns - 6).map((line) => `   ${look.paint(line, token)}`),
    ];
    const {rows} = state.buffer;
    if (state.problem !== undefined && rows.length === 0) return says(state.problem, 'tone.bad');
    if (state.sources === undefined) return says('Opening the log ...', 'muted');
    if (state.sources.length === 0) return says('There is no container to read from: no pod runs here yet.', 'muted');
    if (rows.length === 0)
      return says(state.search !== '' && state.only ? 'No line matches.' : 'Nothing was written yet.', 'muted');
    const tags = tagsOf(state.sources);
    const tagWidth = Math.min(24, Math.max(...tags.map(widthOf)));
    const shown = tags.map((tag) => cutEnd(tag, tagWidth));
    const pattern = searchPattern(state.search);
    const lines: string[] = [];
    for (let index = state.top; index < rows.length && lines.length < at.body.rows; index++)
      lines.push(...drawRow(at, state, rows[index]!, index, shown, tagWidth, pattern));
    // Wrapped lines may need more room than there is: the newest ones count while following.
    return state.follow && lines.length > at.body.rows ? lines.slice(-at.body.rows) : lines.slice(0, at.body.rows);
  },
});
