// What a column is: a value first, text last, so that sorting, filtering and colour never read the screen.

/** How something is doing. Never shown by colour alone: every tone has a glyph too. */
export type Tone = 'ok' | 'busy' | 'warn' | 'bad' | 'idle';

/** One column of a kind. */
export type Column<T, V = any> = {
  /** Stable lower-case id such as `ready`; used by config, `--sort` and tests. */
  readonly id: string;
  /** Title as kubectl prints it, such as `READY`. */
  readonly title: string;
  /** The value; `now` only for columns that say `ticks`. */
  readonly value: (object: T, at: {readonly now: Date}) => V;
  /** Text of the value exactly as the server's Table prints it; `String(value)` when absent. */
  readonly text?: (value: V) => string;
  /** Sort order of two values; `<` on values when absent. Missing values sort first. */
  readonly order?: (a: V, b: V) => number;
  readonly tone?: (value: V) => Tone | undefined;
  /** `always` (default); `wide` as kubectl's `-o wide`; `asked` only when the user names it or there is room. */
  readonly show?: 'always' | 'wide' | 'asked';
  readonly align?: 'left' | 'right';
  /** Who survives on a narrow terminal: 0 goes first, 9 stays. 5 when absent. */
  readonly keep?: number;
  /** False: a filter without a column's name does not look here. For amounts, which nobody types to find an object. */
  readonly search?: false;
  /** The text depends on the clock (AGE, RESTARTS). */
  readonly ticks?: true;
};

/** Writes a column down with its value type inferred. */
export const column = <T, V>(definition: Column<T, V>): Column<T, V> => definition;
