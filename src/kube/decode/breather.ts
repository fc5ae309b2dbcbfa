// Long work in short turns: after a slice of time the event loop gets its turn, so that a keystroke never waits.
import {setImmediate} from 'node:timers/promises';

/** Milliseconds of work in one turn. */
export const SLICE_MS = 8;

/** Counts the time since the last pause. `if (breather.due()) await breather.pause();` */
export class Breather {
  readonly #slice: number;
  #since = performance.now();

  constructor(sliceMs = SLICE_MS) {
    this.#slice = sliceMs;
  }

  due(): boolean {
    return performance.now() - this.#since > this.#slice;
  }

  async pause(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}
