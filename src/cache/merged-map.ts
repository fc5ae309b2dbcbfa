// Several maps read as one, in order; the maps never share a key.

/** A live view over maps; nothing is copied. */
export class MergedMap<K, V> implements ReadonlyMap<K, V> {
  readonly #maps: readonly ReadonlyMap<K, V>[];

  constructor(maps: readonly ReadonlyMap<K, V>[]) {
    this.#maps = maps;
  }

  get size(): number {
    return this.#maps.reduce((sum, map) => sum + map.size, 0);
  }

  get(key: K): V | undefined {
    for (const map of this.#maps) {
      const value = map.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  has(key: K): boolean {
    return this.#maps.some((map) => map.has(key));
  }

  *entries(): MapIterator<[K, V]> {
    for (const map of this.#maps) yield* map.entries();
  }

  *keys(): MapIterator<K> {
    for (const map of this.#maps) yield* map.keys();
  }

  *values(): MapIterator<V> {
    for (const map of this.#maps) yield* map.values();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }
}
