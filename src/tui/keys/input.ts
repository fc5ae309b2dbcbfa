// What a terminal can tell us, as values: keys, pasted text, mouse, focus, and answers to our questions.

/** One thing the user or the terminal did. */
export type Input =
  /** A key press; `text` when it would write something in a text field. */
  | {readonly type: 'key'; readonly chord: string; readonly text?: string}
  | {readonly type: 'paste'; readonly text: string}
  /** The wheel, three rows a notch; columns and rows count from 0. */
  | {readonly type: 'wheel'; readonly by: -1 | 1; readonly x: number; readonly y: number}
  | {readonly type: 'press'; readonly x: number; readonly y: number}
  | {readonly type: 'focus'; readonly on: boolean}
  /** The terminal's background, as it answered OSC 11; channels from 0 to 1. */
  | {readonly type: 'background'; readonly red: number; readonly green: number; readonly blue: number};
