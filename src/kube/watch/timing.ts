// Every duration of list and watch in one place, in milliseconds.
import type {BackOffBounds} from './back-off.ts';

/** The durations a reflector lives by. */
export type ReflectorTiming = {
  /** Between tries after trouble. */
  readonly retry: BackOffBounds;
  /** Between tries when the server said no or does not know the type. */
  readonly slowRetry: BackOffBounds;
  /** Between lists of a type that cannot be watched. */
  readonly poll: number;
  /** A watch that lived shorter counts as a failure, whatever way it ended. */
  readonly shortWatch: number;
  /** A list that lost its watch stays live this long while the watch is opened again. */
  readonly grace: number;
  /** A first list that brought nothing for this long is reported as slow. */
  readonly slow: number;
  /** Silence after which a watch counts as dead. The server sends a bookmark about once a minute. */
  readonly watchSilence: number;
  /** Silence in the middle of a list. */
  readonly listSilence: number;
  /** Until a watch's answer must begin. */
  readonly watchAnswer: number;
  /** Until a list's answer must begin: older servers encode all of it first. */
  readonly listAnswer: number;
  /** The server ends a watch after a random time between these, as client-go asks it to; in seconds. */
  readonly watchSeconds: readonly [from: number, to: number];
};

export const TIMING: ReflectorTiming = {
  retry: {first: 800, longest: 30_000},
  slowRetry: {first: 60_000, longest: 300_000},
  poll: 15_000,
  shortWatch: 5000,
  grace: 1000,
  slow: 10_000,
  watchSilence: 150_000,
  listSilence: 30_000,
  watchAnswer: 30_000,
  listAnswer: 120_000,
  watchSeconds: [300, 600],
};
