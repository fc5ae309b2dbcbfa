// Cuts a protobuf list into items while its bytes arrive. Every length is announced, so a broken answer is always noticed.
import {KdeckError} from '../../base/errors.ts';
import type {ListMeta} from '../types/object.ts';
import {ProtobufReader, truncated} from './protobuf-reader.ts';

/** Kubernetes puts this before every message and wraps it in `runtime.Unknown {1: type, 2: raw}`. */
const MAGIC = Buffer.from('k8s\0');
const TYPE_META = 0x0a;
const RAW = 0x12;
const LIST_META = 0x0a;
const LIST_ITEM = 0x12;
// A tag and a length are at most five bytes each.
const LONGEST_HEADER = 10;

/** Push chunks in; `item` is called with a reader that stands on one item and must be read at once. */
export class ProtobufListReader {
  readonly #item: (reader: ProtobufReader, end: number) => void;
  readonly #reader = new ProtobufReader();
  /** Bytes that wait for the rest of their field; reused, because a new buffer for each chunk costs more than decoding it. */
  #window: Buffer = Buffer.alloc(128 * 1024);
  #length = 0;
  #need = 0;
  #place: 'magic' | 'envelope' | 'list' = 'magic';
  #left = 0;
  #sawList = false;
  #metadata: ListMeta = {};

  constructor(item: (reader: ProtobufReader, end: number) => void) {
    this.#item = item;
  }

  push(chunk: Buffer): void {
    const length = this.#length + chunk.length;
    if (length > this.#window.length) {
      const larger = Buffer.alloc(Math.max(length, this.#need, this.#window.length * 2));
      this.#window.copy(larger, 0, 0, this.#length);
      this.#window = larger;
    }
    chunk.copy(this.#window, this.#length);
    this.#length = length;
    if (length < this.#need) return;
    const used = this.#consume(this.#window.subarray(0, length));
    this.#window.copyWithin(0, used, length);
    this.#length = length - used;
  }

  end(): ListMeta {
    if (this.#place !== 'envelope' || !this.#sawList || this.#length > 0) throw truncated();
    return this.#metadata;
  }

  /** Reads all fields that are there as a whole and returns how many bytes that were. */
  #consume(bytes: Buffer): number {
    this.#need = 0;
    let at = 0;
    if (this.#place === 'magic') {
      if (bytes.length < MAGIC.length) return 0;
      if (bytes.compare(MAGIC, 0, MAGIC.length, 0, MAGIC.length) !== 0) {
        throw new KdeckError('KD-LIST-DAMAGED', 'The server said it sends protobuf, and sent something else.');
      }
      at = MAGIC.length;
      this.#place = 'envelope';
    }
    const reader = this.#reader;
    reader.bytes = bytes;
    reader.end = bytes.length;
    while (at < bytes.length) {
      const header = headerAt(bytes, at);
      if (header === undefined) {
        if (bytes.length - at >= LONGEST_HEADER)
          throw new KdeckError('KD-LIST-DAMAGED', 'The server sent protobuf that cannot be read.');
        return at;
      }
      const {tag, start, length} = header;
      if (this.#place === 'envelope' && tag === RAW) {
        this.#place = 'list';
        this.#sawList = true;
        this.#left = length;
        at = start;
      } else {
        const end = start + length;
        if (end > bytes.length) {
          this.#need = end - at;
          return at;
        }
        if (this.#place === 'list') {
          reader.at = start;
          if (tag === LIST_ITEM) this.#item(reader, end);
          else if (tag === LIST_META) this.#metadata = readListMeta(reader, end);
          this.#left -= end - at;
        } else if (tag === TYPE_META) {
          reader.at = start;
          if (!kindIn(reader, end).endsWith('List')) {
            throw new KdeckError('KD-SERVER-NOT-KUBERNETES', 'The address answered with an object where a list was expected.');
          }
        }
        at = end;
      }
      if (this.#place === 'list' && this.#left <= 0) {
        if (this.#left < 0) throw truncated();
        this.#place = 'envelope';
      }
    }
    return at;
  }
}

// Only delimited and varint fields occur here; a varint is a header with nothing behind it.
const headerAt = (
  bytes: Buffer,
  from: number,
): {readonly tag: number; readonly start: number; readonly length: number} | undefined => {
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      if (factor > 2 ** 42) return Number.NaN;
    }
    return -1;
  };
  const tag = varint();
  if (tag < 0 || Number.isNaN(tag)) return undefined;
  const value = varint();
  if (value < 0 || Number.isNaN(value)) return undefined;
  if ((tag & 7) === 0) return {tag, start: at, length: 0};
  return (tag & 7) === 2 ? {tag, start: at, length: value} : undefined;
};

const readListMeta = (reader: ProtobufReader, end: number): ListMeta => {
  const metadata: ListMeta = {};
  let next = '';
  while (reader.at < end) {
    const tag = reader.varint();
    const text = (): string => {
      const length = reader.length();
      reader.at += length;
      return reader.bytes.toString('utf8', reader.at - length, reader.at);
    };
    if (tag === 0x12) metadata.resourceVersion = text();
    else if (tag === 0x1a) next = text();
    else if (tag === 0x20) metadata.remainingItemCount = reader.varint();
    else reader.skip(tag & 7);
  }
  // Protobuf sends the empty text of the last page, JSON leaves it out.
  if (next !== '') metadata.continue = next;
  return metadata;
};

/** The message inside an envelope: where its bytes lie, and its kind. */
export const openEnvelope = (
  bytes: Buffer,
  from: number,
  to: number,
): {readonly kind: string; readonly start: number; readonly end: number} => {
  if (to - from < MAGIC.length || bytes.compare(MAGIC, 0, MAGIC.length, from, from + MAGIC.length) !== 0) {
    throw new KdeckError('KD-LIST-DAMAGED', 'The server said it sends protobuf, and sent something else.');
  }
  const reader = new ProtobufReader(bytes, from + MAGIC.length, to);
  let kind = '';
  let start = to;
  let end = to;
  while (reader.at < to) {
    const tag = reader.varint();
    if (tag === RAW) {
      const length = reader.length();
      start = reader.at;
      end = start + length;
      reader.at = end;
    } else if (tag === TYPE_META) {
      const length = reader.length();
      kind = kindIn(reader, reader.at + length);
    } else reader.skip(tag & 7);
  }
  return {kind, start, end};
};

// runtime.TypeMeta {1: apiVersion, 2: kind}
const kindIn = (reader: ProtobufReader, end: number): string => {
  let kind = '';
  while (reader.at < end) {
    const tag = reader.varint();
    if (tag === 0x12) {
      const length = reader.length();
      kind = reader.bytes.toString('utf8', reader.at, reader.at + length);
      reader.at += length;
    } else reader.skip(tag & 7);
  }
  return kind;
};
