// What lies over a screen and takes the keys first: prompt, filter line, pickers, forms, confirmations.
import type {Input} from '../keys/input.ts';
import type {App} from './app.ts';
import type {Effect} from './effect.ts';

/** Lines at a place, each exactly `width` cells. */
export type Panel = {readonly x: number; readonly y: number; readonly width: number; readonly lines: readonly string[]};

/** What an overlay draws: panels over the screen, or the bottom line. */
export type Drawn = {
  readonly panels?: readonly Panel[];
  readonly bottom?: string;
  readonly cursor?: {readonly x: number; readonly y: number};
};

/** After an input: the overlay as it is now, gone when undefined, and what to do. */
export type OverlayStep = readonly [Overlay | undefined, readonly Effect[]];

/** One overlay. A value: `input` gives a new one. */
export type Overlay = {
  /** For tests and help: `prompt`, `filter`, `picker`, `dialog`. */
  readonly name: string;
  readonly input: (input: Input, app: App) => OverlayStep;
  readonly draw: (app: App) => Drawn;
};
