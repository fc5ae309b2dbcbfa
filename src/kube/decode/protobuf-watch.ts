// Reads watch events in protobuf: each frame is four bytes of length and a WatchEvent with the object in its own envelope.
import {decodeStatus} from '../status-protobuf.ts';
import type {WatchEvent, WatchReader} from './codec.ts';
import {openEnvelope} from './protobuf-list.ts';
import {ProtobufReader, truncated} from './protobuf-reader.ts';

const HEADER = 4;

/** `read` decodes the object a reader stands on. */
export class ProtobufWatchReader<T extends {readonly metadata: {readonly resourceVersion?: string}}> implements WatchReader<T> {
  readonly #read: (reader: ProtobufReader, end: number) => T;
  #pieces: Buffer[] = [];
  #length = 0;
  #need = HEADER;

  constructor(read: (reader: ProtobufReader, end: number) => T) {
    this.#read = read;
  }

  push(chunk: Buffer, into: WatchEvent<T>[]): void {
    this.#pieces.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#need) return;
    const bytes = this.#pieces.length === 1 ? chunk : Buffer.concat(this.#pieces, this.#length);
    let at = 0;
    this.#need = HEADER;
    while (bytes.length - at >= HEADER) {
      const size = bytes.readUInt32BE(at);
      if (bytes.length - at - HEADER < size) {
        this.#need = HEADER + size;
        break;
      }
      this.#frame(bytes, at + HEADER, at + HEADER + size, into);
      at += HEADER + size;
    }
    this.#length = bytes.length - at;
    this.#pieces = this.#length === 0 ? [] : [Buffer.from(bytes.subarray(at))];
  }

  end(): void {
    if (this.#length > 0) throw truncated();
  }

  // WatchEvent {1: type, 2: RawExtension {1: raw}}
  #frame(bytes: Buffer, from: number, to: number, into: WatchEvent<T>[]): void {
    const reader = new ProtobufReader(bytes, from, to);
    let type = '';
    let objectStart = from;
    let objectEnd = from;
    while (reader.at < to) {
      const tag = reader.varint();
      if (tag === 0x0a) {
        const length = reader.length();
        type = bytes.toString('latin1', reader.at, reader.at + length);
        reader.at += length;
      } else if (tag === 0x12) {
        const outer = reader.length();
        const end = reader.at + outer;
        reader.varint();
        const length = reader.length();
        objectStart = reader.at;
        objectEnd = objectStart + length;
        reader.at = Math.max(end, objectEnd);
      } else reader.skip(tag & 7);
    }
    if (type === 'ERROR') {
      const status = decodeStatus(bytes.subarray(objectStart, objectEnd));
      into.push({type, status: status ?? {kind: 'Status', code: 500, message: 'the watch ended with an unknown error'}});
      return;
    }
    if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED' && type !== 'BOOKMARK') return;
    const envelope = openEnvelope(bytes, objectStart, objectEnd);
    reader.at = envelope.start;
    reader.end = envelope.end;
    const object = this.#read(reader, envelope.end);
    if (type === 'BOOKMARK') into.push({type, resourceVersion: object.metadata.resourceVersion ?? ''});
    else into.push({type, object});
  }
}
