// Reads the protobuf wire format from a Buffer: the few primitives that Kubernetes' messages are made of.
import {KdeckError} from '../../base/errors.ts';

/** A cursor over bytes. Methods throw when the bytes end too early, so a broken answer never looks like a short one. */
export class ProtobufReader {
  bytes: Buffer;
  at = 0;
  end = 0;

  constructor(bytes: Buffer = Buffer.alloc(0), at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Unsigned varint up to 2^53; larger and negative ones come through {@link int}. */
  varint(): number {
    const bytes = this.bytes;
    let byte = bytes[this.at++] as number;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let factor = 0x80;
    do {
      byte = bytes[this.at++] as number;
      value += (byte & 0x7f) * factor;
      factor *= 0x80;
    } while (byte >= 0x80);
    if (!(this.at <= this.end)) throw truncated();
    return value;
  }

  /** int32 and int64: negative numbers are ten bytes of two's complement. */
  int(): number {
    const start = this.at;
    const value = this.varint();
    if (value < 0x8000_0000) return value;
    let exact = 0n;
    for (let at = start, shift = 0n; at < this.at; at++, shift += 7n) exact |= BigInt((this.bytes[at] as number) & 0x7f) << shift;
    return Number(BigInt.asIntN(64, exact));
  }

  /** Length of a delimited field, checked to lie inside. */
  length(): number {
    const length = this.varint();
    if (!(this.at + length <= this.end)) throw truncated();
    return length;
  }

  skip(wireType: number): void {
    if (wireType === 2) {
      const length = this.length();
      this.at += length;
    } else if (wireType === 0) this.varint();
    else if (wireType === 1) this.at += 8;
    else if (wireType === 5) this.at += 4;
    else throw new KdeckError('KD-LIST-DAMAGED', 'The server sent protobuf that cannot be read.');
    if (this.at > this.end) throw truncated();
  }
}

/** The error of an answer that ended too early. */
export const truncated = (): KdeckError => new KdeckError('KD-LIST-TRUNCATED', 'The list broke off in the middle.');
