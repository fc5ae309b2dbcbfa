// Holds back the first rows of a list until there are enough of them to look at.

// Rows of a large terminal, and how long a slow link may take to bring them before fewer are shown.
const SCREENFUL = 100;
const SCREENFUL_WITHIN = 200;

/** Collects the first rows until they fill a screen, so that the first paint is not a table of one row. */
export class FirstScreen<T> {
  readonly #deliver: (items: readonly T[]) => void;
  readonly #since = performance.now();
  #waiting: T[] = [];
  #full = false;

  constructor(deliver: (items: readonly T[]) => void) {
    this.#deliver = deliver;
  }

  add(items: readonly T[]): void {
    this.#waiting.push(...items);
    this.#full ||= this.#waiting.length >= SCREENFUL || performance.now() - this.#since > SCREENFUL_WITHIN;
    if (this.#full) this.flush();
  }

  flush(): void {
    if (this.#waiting.length > 0) this.#deliver(this.#waiting);
    this.#waiting = [];
  }
}
