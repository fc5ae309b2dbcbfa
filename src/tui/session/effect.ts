// Side effects are values: update returns them, the session runs them, and nothing else reaches outside.
import type {Tone} from '../../resources/column.ts';
import type {Overlay} from './overlay.ts';
import type {Services} from './services.ts';

/** A short message at the bottom of the screen. */
export type Toast = {
  readonly tone: Tone;
  readonly text: string;
  /** What can be done about it, at the right end: never cut off by a long text. */
  readonly note?: string;
};

/** What can happen in the session besides input. */
export type AppEvent =
  /** `argument` is what stood behind the command in the prompt. */
  | {readonly type: 'command'; readonly id: string; readonly argument?: string}
  /** `push` goes deeper and Esc comes back; `root` starts a new walk; `replace` takes the place of the screen on top. */
  | {readonly type: 'open'; readonly screen: string; readonly params: unknown; readonly how?: 'push' | 'root' | 'replace'}
  | {readonly type: 'back'}
  /** Takes one screen away, wherever it stands in the stack. */
  | {readonly type: 'leave'; readonly entry: number}
  | {readonly type: 'overlay'; readonly overlay: Overlay | undefined}
  | {readonly type: 'toast'; readonly toast: Toast}
  /** Something for one screen, wherever it stands in the stack now; ignored when it is gone. */
  | {readonly type: 'screen'; readonly entry: number; readonly event: unknown}
  | {readonly type: 'namespaces'; readonly namespaces: readonly string[] | 'all'}
  | {readonly type: 'context'; readonly name: string}
  | {readonly type: 'theme'; readonly name: string}
  /** A line the user typed and may want again. */
  | {readonly type: 'typed'; readonly where: 'prompt' | 'filter'; readonly text: string}
  | {readonly type: 'quit'};

/** What running effects may use. */
export type Io = {
  readonly services: Services;
  /** Aborted when the screen that started the effect is left, the context changes, or kdeck ends. */
  readonly signal: AbortSignal;
  readonly send: (event: AppEvent) => void;
  /** Sends to the screen that started the effect. */
  readonly reply: (event: unknown) => void;
};

/** Something to do after an update. */
export type Effect =
  /** Happens in the same turn, before anything is drawn. */
  | {readonly send: AppEvent}
  | {
      /** What is going on, for people and for the journal. */
      readonly label: string;
      readonly run: (io: Io) => Promise<void>;
      /** Streams and timers: they do not keep the session busy. */
      readonly background?: true;
      /** Goes on when the screen is left. */
      readonly outlives?: true;
    };

/** Sends an event in the same turn. */
export const send = (event: AppEvent): Effect => ({send: event});

/** Shows a message. */
export const toast = (tone: Tone, text: string): Effect => send({type: 'toast', toast: {tone, text}});

/** Opens a screen on top. */
export const open = (screen: string, params: unknown, how: 'push' | 'root' | 'replace' = 'push'): Effect =>
  send({type: 'open', screen, params, how});

/** Opens or closes what lies over the screen. */
export const overlay = (value: Overlay | undefined): Effect => send({type: 'overlay', overlay: value});
