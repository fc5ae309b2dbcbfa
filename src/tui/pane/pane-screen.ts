// The screen of a program in a pane: it takes every key but one, and shows what the program shows, also after its end.
import {cleanLine} from '../../base/text.ts';
import {pickFrom} from '../components/picker.ts';
import type {At} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import {overlay, send} from '../session/effect.ts';
import type {Step} from '../session/screen.ts';
import {screen} from '../session/screen.ts';
import type {Span} from '../text/line.ts';
import {span} from '../text/line.ts';
import type {Pane, PaneEnd} from './pane.ts';

/** What a pane shows. */
export type PaneParams = {
  readonly title: string;
  readonly pane: Pane;
  /** What it wrote stays on screen after its end. */
  readonly stays: boolean;
};

/** State of the screen. */
type State = {
  readonly end: PaneEnd | undefined;
  /** Lines the reader has scrolled up, after the end. */
  readonly up: number;
  /** Counts pictures of the program, so that each change is drawn. */
  readonly pictures: number;
};

// Every picture and the end reach the screen this way; leaving the screen, however, ends the program.
const follow = (pane: Pane): Effect => ({
  label: 'Program',
  background: true,
  run: async (io) => {
    pane.onChange = () => io.reply({picture: true});
    const left = new Promise<undefined>((resolve) => io.signal.addEventListener('abort', () => resolve(undefined), {once: true}));
    const end = await Promise.race([pane.done, left]);
    if (end === undefined) return pane.dispose();
    io.reply({end});
    await left;
    pane.dispose();
  },
});

const ask = ({title, pane}: PaneParams, chord: string, bytes: string): Effect =>
  overlay(
    pickFrom(`${title} is still running`, [
      {title: 'Go on', note: 'Esc', run: () => []},
      {
        title: `End ${title}`,
        note: 'what it has not saved is lost',
        run: () => {
          pane.kill();
          return [];
        },
      },
      {
        title: `Send ${chord} to ${title}`,
        run: () => {
          pane.send(bytes);
          return [];
        },
      },
    ]),
  );

const scroll = (state: State, id: string, {above}: Pane, {body}: At): number | undefined => {
  const to = (up: number): number => Math.max(0, Math.min(above, up));
  switch (id) {
    case 'move.up':
      return to(state.up + 1);
    case 'move.down':
      return to(state.up - 1);
    case 'move.page-up':
      return to(state.up + body.rows);
    case 'move.page-down':
      return to(state.up - body.rows);
    case 'move.half-page-up':
      return to(state.up + (body.rows >> 1));
    case 'move.half-page-down':
      return to(state.up - (body.rows >> 1));
    case 'move.first':
      return above;
    case 'move.last':
      return 0;
    default:
      return undefined;
  }
};

const onOwn = (state: State, event: {readonly end?: PaneEnd}, at: At, {stays}: PaneParams): Step<State> => {
  const {end} = event;
  if (end === undefined) return [{...state, pictures: state.pictures + 1}, []];
  if (!stays) return [{...state, end}, [send({type: 'leave', entry: at.entry})]];
  return [{...state, end}, [overlay(undefined)]];
};

/** A program in a pane. */
export const paneScreen = screen<PaneParams, State>({
  name: 'pane',
  crumb: ({title}) => cleanLine(title),
  start: ({pane}) => [{end: undefined, up: 0, pictures: 0}, [follow(pane)]],
  captures: ({end}) => end === undefined,
  update: (state, event, at, params) => {
    const {pane} = params;
    switch (event.type) {
      case 'settle':
        pane.resize(at.body);
        return [state, []];
      case 'input': {
        const {input, bytes} = event;
        if (input.type === 'key') {
          const meaning = at.app.registry.forKeys([input.chord], at.app.situation());
          if (meaning.is === 'command' && meaning.command.id === 'pane.leave')
            return [state, [ask(params, at.app.registry.keyOf('pane.leave') ?? '', bytes)]];
        }
        pane.input(input, bytes);
        return [state, []];
      }
      case 'command': {
        if (event.id === 'app.back' || event.id === 'pane.leave') return [state, [send({type: 'leave', entry: at.entry})]];
        const up = scroll(state, event.id, pane, at);
        return up === undefined ? [state, []] : [{...state, up}, []];
      }
      case 'wheel':
        return [{...state, up: Math.max(0, Math.min(pane.above, state.up - 3 * event.by))}, []];
      case 'own':
        return onOwn(state, event.event as {readonly end?: PaneEnd}, at, params);
      default:
        return [state, []];
    }
  },
  status: ({end, up}): readonly Span[] => {
    if (end === undefined) return [span('keys go to the program', 'muted')];
    const how = end.ended ? 'ended' : end.signal === undefined ? `exit code ${end.exitCode}` : `signal ${end.signal}`;
    return [
      ...(up === 0 ? [] : [span(`${up} lines up  `, 'muted')]),
      span(how, end.ended ? 'tone.idle' : end.exitCode === 0 && end.signal === undefined ? 'tone.ok' : 'tone.warn'),
    ];
  },
  draw: ({up}, at, {pane}) => pane.draw(at.app.look, up),
});
