// One copy of parts that many objects have in common, such as the labels and containers of one ReplicaSet's pods.
// Cached objects are replaced and never changed, so a part may belong to several of them.
import type {MessagePlan} from './protobuf-plan.ts';

const TRIAL = 512;
const WORTH_IT = 0.25;
const LONGEST_KEY = 4096;

type Entry = {readonly key: Buffer; readonly value: object};

/**
 * Remembers decoded values by the bytes of their kept fields: conditions that differ only in a time nobody keeps are one value.
 * Stops by itself where nothing repeats.
 */
export class SharedValues {
  #slots: (Entry | undefined)[];
  readonly #mask: number;
  readonly #key = Buffer.alloc(LONGEST_KEY);
  #length = 0;
  #hash = 0;
  #slot = -1;
  #tries = 0;
  #hits = 0;
  #off = false;

  constructor(bits = 9) {
    this.#mask = (1 << bits) - 1;
    this.#slots = Array.from<Entry | undefined>({length: 1 << bits});
  }

  get off(): boolean {
    return this.#off;
  }

  /** Begins a key. Then {@link add} its parts, {@link find} the value, and {@link remember} it after a miss. */
  begin(): void {
    this.#length = 0;
    this.#hash = 0x811c9dc5;
    if (++this.#tries < TRIAL) return;
    if (this.#hits < this.#tries * WORTH_IT) {
      this.#off = true;
      this.#slots = [];
    }
    this.#tries = 0;
    this.#hits = 0;
  }

  /** Adds bytes as they are. */
  add(bytes: Buffer, start: number, end: number): void {
    if (this.#length + end - start > LONGEST_KEY) this.#length = LONGEST_KEY + 1;
    else {
      const key = this.#key;
      let length = this.#length;
      let hash = this.#hash;
      for (let at = start; at < end; at++) {
        const byte = bytes[at] as number;
        key[length++] = byte;
        hash = Math.imul(hash ^ byte, 0x01000193);
      }
      this.#length = length;
      this.#hash = hash;
    }
  }

  /** Adds a message that stands behind its length. */
  addDelimited(bytes: Buffer, start: number, end: number, plan: MessagePlan): void {
    let at = start;
    while ((bytes[at] as number) >= 0x80) at++;
    this.addMessage(bytes, at + 1, end, plan);
  }

  /** Adds the kept fields of a message, and a mark where it ends. */
  addMessage(bytes: Buffer, start: number, end: number, plan: MessagePlan): void {
    let at = start;
    while (at < end) {
      const from = at;
      let byte = bytes[at++] as number;
      let tag = byte & 0x7f;
      for (let factor = 128; byte >= 0x80; factor *= 128) {
        byte = bytes[at++] as number;
        tag += (byte & 0x7f) * factor;
      }
      byte = bytes[at++] as number;
      let value = byte & 0x7f;
      for (let factor = 128; byte >= 0x80 && at < end; factor *= 128) {
        byte = bytes[at++] as number;
        value += (byte & 0x7f) * factor;
      }
      if ((tag & 7) === 2) at += value;
      if (at > end) break;
      if (plan.fields[tag >>> 3] !== undefined) this.add(bytes, from, at);
    }
    if (this.#length < LONGEST_KEY) this.#key[this.#length++] = 0;
  }

  find(): object | undefined {
    this.#slot = -1;
    if (this.#length > LONGEST_KEY) return undefined;
    const hash = this.#hash;
    this.#slot = (hash ^ (hash >>> 15)) & this.#mask;
    const entry = this.#slots[this.#slot];
    if (entry === undefined || entry.key.length !== this.#length) return undefined;
    if (entry.key.compare(this.#key, 0, this.#length) !== 0) return undefined;
    this.#hits++;
    return entry.value;
  }

  remember(value: object): void {
    if (this.#off || this.#slot < 0) return;
    this.#slots[this.#slot] = {key: Buffer.from(this.#key.subarray(0, this.#length)), value};
  }
}
