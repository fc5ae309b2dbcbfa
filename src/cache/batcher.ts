// Collects changes and releases them in batches: the first at once, then at most ten times a second.
import type {Change} from './live-list.ts';

/** Milliseconds between two releases. */
export const RELEASE_EVERY = 100;

type Listener = (change: Change) => void;

/** Listeners and the rhythm in which they are told. `fill` is called at each release and gives what changed. */
export class Batcher {
  readonly #fill: () => Change;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #soon = false;
  #releasedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(fill: () => Change) {
    this.#fill = fill;
  }

  subscribe(listener: Listener): Disposable {
    // Wrapped, so that one function may listen twice.
    const own: Listener = (change) => listener(change);
    this.#listeners.add(own);
    return {[Symbol.dispose]: () => void this.#listeners.delete(own)};
  }

  /** Something changed: it will be released when it is time. */
  touch(): void {
    if (this.#timer !== undefined || this.#soon || this.#closed) return;
    const wait = this.#releasedAt + RELEASE_EVERY - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.release(), wait);
      return;
    }
    // Not inside the caller: what it still does in this turn belongs to the same batch.
    this.#soon = true;
    setImmediate(() => {
      if (this.#soon) this.release();
    });
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#soon = false;
    if (this.#closed) return;
    this.#releasedAt = performance.now();
    const change = this.#fill();
    for (const listener of this.#listeners) listener(change);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}
