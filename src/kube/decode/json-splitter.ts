// Finds the items of a JSON list while its bytes arrive, by counting brackets outside of strings: never a wrong split.
import {KdeckError} from '../../base/errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

const METADATA_KEY = Buffer.from('"metadata":');
const MANAGED_KEY = Buffer.from(',"managedFields":');
const LIST_KEY = /"(?:items|rows)"\s*:\s*$/;

/** Where the parts go. `item` gets the text of one item, managedFields cut out; it is the largest part and nobody reads it. */
export type SplitterParts = {
  readonly item: (json: string) => void;
  /** Everything before the first item, as JSON text of its own; a custom resource list has its metadata after the items. */
  readonly head?: (json: string) => void;
};

/** Push chunks in, then `end()` gives what stands around the items as JSON text and throws when the list is not whole. */
export class JsonSplitter {
  readonly #parts: SplitterParts;
  /** Depth of an item's `metadata` object inside the item: 2 in lists of objects, 3 in Table rows. */
  readonly #metadataDepth: number;
  #around: Buffer[] = [];
  #place: 'before' | 'items' | 'after' = 'before';
  /** Open brackets; inside the list counted from the item's own. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Bytes of an item that began in an earlier chunk. */
  #carried: Buffer[] = [];
  #carriedLength = 0;
  #inItem = false;
  #inMetadata = false;
  #cutting = false;
  #cutFrom = -1;
  #cutTo = -1;

  constructor(parts: SplitterParts, metadataDepth: 2 | 3 = 2) {
    this.#parts = parts;
    this.#metadataDepth = metadataDepth;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.#place === 'items' ? this.#scanItems(chunk, at) : this.#scanAround(chunk, at);
  }

  end(): string {
    const text = Buffer.concat(this.#around).toString();
    if (this.#place === 'items' || this.#depth !== 0 || this.#inString || text.trim() === '') {
      throw new KdeckError('KD-LIST-TRUNCATED', 'The list broke off in the middle.');
    }
    return text;
  }

  #scanAround(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
      } else if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        this.#depth++;
        if (byte === OPEN_LIST && this.#depth === 2 && this.#place === 'before') {
          const head = Buffer.concat([...this.#around, chunk.subarray(start, at)]);
          if (LIST_KEY.test(head.toString('utf8', Math.max(0, head.length - 32)))) {
            this.#around = [head, Buffer.from('[')];
            this.#place = 'items';
            this.#depth = 0;
            this.#parts.head?.(`${head.toString()}[]}`);
            return at + 1;
          }
        }
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#depth--;
    }
    this.#around.push(Buffer.from(chunk.subarray(start)));
    return chunk.length;
  }

  // The hot loop: locals instead of fields, and a tight inner loop for the insides of strings.
  #scanItems(chunk: Buffer, start: number): number {
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    let itemStart = start;
    const length = chunk.length;
    for (let at = start; at < length; at++) {
      let byte = chunk[at];
      if (inString) {
        if (escaped) {
          escaped = false;
          continue;
        }
        while (byte !== QUOTE && byte !== BACKSLASH && ++at < length) byte = chunk[at];
        if (byte === QUOTE) inString = false;
        else if (byte === BACKSLASH) escaped = true;
        continue;
      }
      if (byte === QUOTE) inString = true;
      else if (byte === OPEN_OBJECT) {
        if (depth === 0) {
          itemStart = at;
          this.#inItem = true;
        }
        depth++;
        if (depth === this.#metadataDepth) this.#inMetadata = endsWith(chunk, itemStart, at, METADATA_KEY);
      } else if (byte === OPEN_LIST) {
        if (this.#inMetadata && depth === this.#metadataDepth && endsWith(chunk, itemStart, at, MANAGED_KEY)) {
          this.#cutting = true;
          this.#cutFrom = this.#carriedLength + at - MANAGED_KEY.length - itemStart;
        }
        depth++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (depth === 0) {
          this.#leaveItems(chunk, at);
          return at;
        }
        depth--;
        if (depth === 0) {
          this.#finishItem(chunk, itemStart, at + 1);
          itemStart = at + 1;
        } else if (depth === this.#metadataDepth && this.#cutting && this.#cutTo < 0) {
          this.#cutTo = this.#carriedLength + at + 1 - itemStart;
          this.#cutting = false;
        } else if (depth === this.#metadataDepth - 1) this.#inMetadata = false;
      }
    }
    if (this.#inItem) {
      const rest = Buffer.from(chunk.subarray(itemStart));
      this.#carried.push(rest);
      this.#carriedLength += rest.length;
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    return length;
  }

  #leaveItems(chunk: Buffer, at: number): void {
    if (chunk[at] !== CLOSE_LIST) throw new KdeckError('KD-LIST-DAMAGED', 'The list is not well-formed JSON.');
    this.#place = 'after';
    this.#depth = 2;
    // Left over from a chunk that ended inside a string of an item.
    this.#inString = false;
    this.#escaped = false;
  }

  #finishItem(chunk: Buffer, start: number, end: number): void {
    let bytes = chunk;
    let from = start;
    let to = end;
    if (this.#carriedLength > 0) {
      bytes = Buffer.concat([...this.#carried, chunk.subarray(start, end)]);
      from = 0;
      to = bytes.length;
    }
    const json =
      this.#cutTo < 0
        ? bytes.toString('utf8', from, to)
        : bytes.toString('utf8', from, from + this.#cutFrom) + bytes.toString('utf8', from + this.#cutTo, to);
    this.#carried = [];
    this.#carriedLength = 0;
    this.#inItem = false;
    this.#cutFrom = -1;
    this.#cutTo = -1;
    this.#parts.item(json);
  }
}

// A key cut in two by a chunk boundary is simply not found: the item is then parsed whole.
const endsWith = (chunk: Buffer, from: number, at: number, key: Buffer): boolean =>
  at - key.length >= from && chunk.compare(key, 0, key.length, at - key.length, at) === 0;
