// One copy of each text that repeats: cluster data is mostly the same few thousand words.

/**
 * Gives back the same string value for equal strings, so that the copies can be collected. Bounded: words not seen for two
 * generations are forgotten.
 */
export class StringPool {
  #young = new Map<string, string>();
  #old = new Map<string, string>();
  readonly #limit: number;

  constructor(limit = 8192) {
    this.#limit = limit;
  }

  intern(text: string): string {
    const known = this.#young.get(text);
    if (known !== undefined) return known;
    const kept = this.#old.get(text) ?? text;
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(kept, kept);
    return kept;
  }
}

// Longer texts are messages, hashes and addresses: rarely seen twice.
const MAX_BYTES = 80;

/** The same for text that still is UTF-8 bytes: a known word costs no new string. Direct-mapped, so it never grows. */
export class ByteStringPool {
  readonly #slots: (string | undefined)[];
  readonly #mask: number;

  constructor(bits = 13) {
    this.#slots = Array.from<string | undefined>({length: 1 << bits});
    this.#mask = (1 << bits) - 1;
  }

  read(bytes: Buffer, start: number, end: number): string {
    if (end - start > MAX_BYTES) return bytes.toString('utf8', start, end);
    if (start === end) return '';
    let hash = 0x811c9dc5;
    let high = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      high |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    if (high > 0x7f) return bytes.toString('utf8', start, end);
    const slot = (hash ^ (hash >>> 15)) & this.#mask;
    const known = this.#slots[slot];
    if (known !== undefined && known.length === end - start && matches(known, bytes, start)) return known;
    const text = bytes.toString('latin1', start, end);
    this.#slots[slot] = text;
    return text;
  }
}

const matches = (text: string, bytes: Buffer, start: number): boolean => {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) !== bytes[start + index]) return false;
  return true;
};
