// How long to wait before the next try: doubling, with jitter, so that a returning server is not met by everybody at once.

/** Bounds of the wait, in milliseconds. */
export type BackOffBounds = {readonly first: number; readonly longest: number};

/** Counts failures in a row. */
export class BackOff {
  readonly #bounds: BackOffBounds;
  readonly #random: () => number;
  #failures = 0;

  constructor(bounds: BackOffBounds, random: () => number = Math.random) {
    this.#bounds = bounds;
    this.#random = random;
  }

  get failures(): number {
    return this.#failures;
  }

  /** The next wait: between once and twice the doubled step, never above the longest. */
  next(): number {
    const step = Math.min(this.#bounds.first * 2 ** this.#failures, this.#bounds.longest);
    this.#failures++;
    return Math.min(step * (1 + this.#random()), this.#bounds.longest);
  }

  reset(): void {
    this.#failures = 0;
  }
}
