// What describe, YAML and other texts share: loading, reading again, searching, copying. Each makes its screen from this.
import {messageOf} from '../../../base/errors.ts';
import {filterLine} from '../../components/filter-line.ts';
import type {TextLine, Viewer} from '../../components/viewer.ts';
import {drawViewer, plain, searchFor, startViewer, viewCommand, viewerStatus} from '../../components/viewer.ts';
import type {App, At, TargetObject} from '../../session/app.ts';
import type {Effect, Io} from '../../session/effect.ts';
import {overlay, send} from '../../session/effect.ts';
import type {Screen, Step} from '../../session/screen.ts';
import {cleanLine} from '../../../base/text.ts';
import {wrap} from '../../text/cells.ts';

/** State of a text screen. */
export type TextState<More> = {
  readonly lines: readonly TextLine[] | undefined;
  readonly problem: string | undefined;
  readonly viewer: Viewer;
  /** The object the text is about, as it was read. */
  readonly about: TargetObject | undefined;
  readonly more: More;
};

/** What was loaded. */
export type Loaded<More> = {readonly lines: readonly TextLine[]; readonly about?: TargetObject | undefined; readonly more?: More};

/** How one text screen differs from another. */
export type TextScreenOptions<P, More> = {
  readonly name: string;
  readonly crumb: (params: P, app: App) => string;
  readonly initial: More;
  readonly load: (params: P, more: More, io: Io, app: App) => Promise<Loaded<More>>;
  /** Commands of this screen alone: new `more`; the text is loaded again when it changed. */
  readonly command?: (id: string, more: More) => More | undefined;
  readonly kind?: (params: P) => string | undefined;
};

/** Makes a text screen. */
export const textScreen = <P, More>(options: TextScreenOptions<P, More>): Screen<P, TextState<More>> => {
  const load = (params: P, more: More, app: App): Effect => ({
    label: 'Read',
    run: async (io) => {
      try {
        io.reply({loaded: await options.load(params, more, io, app)});
      } catch (error) {
        if (!io.signal.aborted) io.reply({problem: messageOf(error)});
      }
    },
  });
  const onCommand = (state: TextState<More>, id: string, at: At, params: P): Step<TextState<More>> => {
    const lines = state.lines ?? [];
    if (id === 'app.back')
      return state.viewer.search === ''
        ? [state, [send({type: 'back'})]]
        : [{...state, viewer: {...state.viewer, search: '', match: -1}}, []];
    if (id === 'text.search')
      return [state, [overlay(filterLine({entry: at.entry, before: state.viewer.search, hint: 'text or a regex'}))]];
    if (id === 'text.refresh') return [state, [load(params, state.more, at.app)]];
    if (id === 'text.copy')
      return [
        state,
        [
          {
            label: 'Copy',
            run: async ({services, send: tell}) => {
              const {ok, says} = await services.terminal.copy(`${lines.map(plain).join('\n')}\n`);
              tell({type: 'toast', toast: ok ? {tone: 'ok', text: `Copied ${lines.length} lines`} : {tone: 'warn', text: says}});
            },
          },
        ],
      ];
    const viewer = viewCommand(state.viewer, id, lines, at.body);
    if (viewer !== undefined) return [{...state, viewer}, []];
    const more = options.command?.(id, state.more);
    return more === undefined ? [state, []] : [{...state, more}, [load(params, more, at.app)]];
  };
  return {
    name: options.name,
    crumb: options.crumb,
    start: (params, at) => [
      {lines: undefined, problem: undefined, viewer: startViewer, about: undefined, more: options.initial},
      [load(params, options.initial, at.app)],
    ],
    update: (state, event, at, params) => {
      if (event.type === 'command') return onCommand(state, event.id, at, params);
      if (event.type === 'filter') return [{...state, viewer: searchFor(state.viewer, event.text, state.lines ?? [], at.body)}, []];
      if (event.type === 'wheel')
        return [
          {
            ...state,
            viewer: viewCommand({...state.viewer, top: state.viewer.top + event.by * 3}, '', state.lines ?? [], at.body) ?? {
              ...state.viewer,
              top: Math.max(0, Math.min(state.viewer.top + event.by * 3, (state.lines ?? []).length - at.body.rows)),
            },
          },
          [],
        ];
      if (event.type !== 'own') return [state, []];
      const got = event.event as {readonly loaded?: Loaded<More>; readonly problem?: string};
      if (got.loaded === undefined) return [{...state, problem: got.problem}, []];
      const top = Math.min(state.viewer.top, Math.max(0, got.loaded.lines.length - 1));
      return [
        {
          ...state,
          lines: got.loaded.lines,
          about: got.loaded.about ?? state.about,
          more: got.loaded.more ?? state.more,
          problem: undefined,
          viewer: {...state.viewer, top},
        },
        [],
      ];
    },
    situation: (state, _at, params) => ({kind: options.kind?.(params), selection: state.about === undefined ? 'none' : 'one'}),
    targets: (state) => (state.about === undefined ? [] : [state.about]),
    status: (state, at) => (state.lines === undefined ? [] : viewerStatus(at.app, state.viewer, state.lines, at.body)),
    filter: (state) => state.viewer.search,
    draw: (state, at) => {
      const {look} = at.app;
      if (state.problem !== undefined)
        return ['', ...wrap(cleanLine(state.problem), at.body.columns - 6).map((line) => `   ${look.paint(line, 'tone.bad')}`)];
      if (state.lines === undefined) return ['', `   ${look.paint('Reading ...', 'muted')}`];
      return drawViewer(at, state.lines, state.viewer);
    },
  };
};
