// Go's sort.Sort order: the same places for equal elements as pattern-defeating quicksort gives them, so that output with
// ties (ten pods with no restarts) stands in the order kubectl prints.

type Less = (a: number, b: number) => boolean;

/** Indexes 0..count-1 in the order Go's `sort.Sort` leaves them; `less` compares two of the original indexes. */
export const goSort = (count: number, less: Less): number[] => {
  const sorter = new PatternDefeatingSort(count, less);
  return sorter.run();
};

const INSERTION_LIMIT = 12;

type Pivot = {readonly index: number; readonly hint: 'unknown' | 'rising' | 'falling'};

class PatternDefeatingSort {
  readonly #order: number[];
  readonly #less: Less;

  constructor(count: number, less: Less) {
    this.#order = Array.from({length: count}, (_, index) => index);
    this.#less = less;
  }

  run(): number[] {
    const count = this.#order.length;
    this.#sort(0, count, 32 - Math.clz32(count));
    return this.#order;
  }

  #before(a: number, b: number): boolean {
    return this.#less(this.#order[a]!, this.#order[b]!);
  }

  #swap(a: number, b: number): void {
    const kept = this.#order[a]!;
    this.#order[a] = this.#order[b]!;
    this.#order[b] = kept;
  }

  #sort(from: number, to: number, badAllowed: number): void {
    let wasBalanced = true;
    let wasPartitioned = true;
    for (;;) {
      const length = to - from;
      if (length <= INSERTION_LIMIT) {
        this.#insertion(from, to);
        return;
      }
      if (badAllowed === 0) {
        this.#heap(from, to);
        return;
      }
      if (!wasBalanced) {
        this.#breakPatterns(from, to);
        badAllowed -= 1;
      }
      let {index: pivot, hint} = this.#choosePivot(from, to);
      if (hint === 'falling') {
        this.#reverse(from, to);
        pivot = to - 1 - (pivot - from);
        hint = 'rising';
      }
      if (wasBalanced && wasPartitioned && hint === 'rising' && this.#nearlySorted(from, to)) return;
      // Everything here is at least the element before: when it equals the pivot, split off the equal ones.
      if (from > 0 && !this.#before(from - 1, pivot)) {
        from = this.#partitionEqual(from, to, pivot);
        continue;
      }
      const {middle, already} = this.#partition(from, to, pivot);
      wasPartitioned = already;
      const left = middle - from;
      const right = to - middle;
      const threshold = Math.floor(length / 8);
      if (left < right) {
        wasBalanced = left >= threshold;
        this.#sort(from, middle, badAllowed);
        from = middle + 1;
      } else {
        wasBalanced = right >= threshold;
        this.#sort(middle + 1, to, badAllowed);
        to = middle;
      }
    }
  }

  #insertion(from: number, to: number): void {
    for (let next = from + 1; next < to; next += 1) {
      for (let at = next; at > from && this.#before(at, at - 1); at -= 1) this.#swap(at, at - 1);
    }
  }

  #heap(from: number, to: number): void {
    const length = to - from;
    for (let root = Math.floor((length - 1) / 2); root >= 0; root -= 1) this.#sink(root, length, from);
    for (let last = length - 1; last >= 0; last -= 1) {
      this.#swap(from, from + last);
      this.#sink(0, last, from);
    }
  }

  #sink(root: number, length: number, offset: number): void {
    for (let parent = root; ;) {
      let child = 2 * parent + 1;
      if (child >= length) return;
      if (child + 1 < length && this.#before(offset + child, offset + child + 1)) child += 1;
      if (!this.#before(offset + parent, offset + child)) return;
      this.#swap(offset + parent, offset + child);
      parent = child;
    }
  }

  /** Swaps three elements near the middle with arbitrary ones; the random numbers depend on the length alone. */
  #breakPatterns(from: number, to: number): void {
    const length = to - from;
    if (length < 8) return;
    let random = BigInt(length);
    const mask = (1n << BigInt(32 - Math.clz32(length))) - 1n;
    const first = from + Math.floor(length / 4) * 2 - 1;
    for (let step = 0; step < 3; step += 1) {
      random = BigInt.asUintN(64, random ^ (random << 13n));
      random ^= random >> 7n;
      random = BigInt.asUintN(64, random ^ (random << 17n));
      let other = Number(random & mask);
      if (other >= length) other -= length;
      this.#swap(first + step, from + other);
    }
  }

  #choosePivot(from: number, to: number): Pivot {
    const length = to - from;
    const quarter = Math.floor(length / 4);
    let swaps = 0;
    const median = (a: number, b: number, c: number): number => {
      let [low, mid] = [a, b];
      if (this.#before(mid, low)) {
        swaps += 1;
        [low, mid] = [mid, low];
      }
      if (this.#before(c, mid)) {
        swaps += 1;
        mid = c;
      }
      if (this.#before(mid, low)) {
        swaps += 1;
        mid = low;
      }
      return mid;
    };
    let candidates: [number, number, number] = [from + quarter, from + quarter * 2, from + quarter * 3];
    if (length >= 8) {
      if (length >= 50) candidates = candidates.map((at) => median(at - 1, at, at + 1)) as [number, number, number];
      candidates[1] = median(...candidates);
    }
    if (swaps === 0) return {index: candidates[1], hint: 'rising'};
    return {index: candidates[1], hint: swaps === 12 ? 'falling' : 'unknown'};
  }

  #reverse(from: number, to: number): void {
    for (let low = from, high = to - 1; low < high; low += 1, high -= 1) this.#swap(low, high);
  }

  /** Tries to finish a nearly sorted range with a few moves. */
  #nearlySorted(from: number, to: number): boolean {
    let at = from + 1;
    for (let step = 0; step < 5; step += 1) {
      while (at < to && !this.#before(at, at - 1)) at += 1;
      if (at === to) return true;
      if (to - from < 50) return false;
      this.#swap(at, at - 1);
      if (at - from >= 2) for (let back = at - 1; back >= 1 && this.#before(back, back - 1); back -= 1) this.#swap(back, back - 1);
      if (to - at >= 2) for (let on = at + 1; on < to && this.#before(on, on - 1); on += 1) this.#swap(on, on - 1);
    }
    return false;
  }

  #partitionEqual(from: number, to: number, pivot: number): number {
    this.#swap(from, pivot);
    let low = from + 1;
    let high = to - 1;
    for (;;) {
      while (low <= high && !this.#before(from, low)) low += 1;
      while (low <= high && this.#before(from, high)) high -= 1;
      if (low > high) return low;
      this.#swap(low, high);
      low += 1;
      high -= 1;
    }
  }

  #partition(from: number, to: number, pivot: number): {readonly middle: number; readonly already: boolean} {
    this.#swap(from, pivot);
    let low = from + 1;
    let high = to - 1;
    let already = true;
    for (;;) {
      while (low <= high && this.#before(low, from)) low += 1;
      while (low <= high && !this.#before(high, from)) high -= 1;
      if (low > high) break;
      already = false;
      this.#swap(low, high);
      low += 1;
      high -= 1;
    }
    this.#swap(high, from);
    return {middle: high, already};
  }
}
