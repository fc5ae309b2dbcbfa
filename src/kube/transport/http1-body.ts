// Takes the body of an HTTP/1.1 answer out of the bytes of its connection, whichever way it is framed.
import type {AnswerHead} from './http1-head.ts';
import {malformed} from './http1-head.ts';

const LINE_FEED = 10;
const LONGEST_LINE = 16 * 1024;

/** Reads one body; `take` is given each piece of it. */
export class BodyReader {
  /** All of it has come. */
  complete = false;
  /** Only the end of the connection ends it. */
  readonly endsWithConnection: boolean;
  private readonly take: (piece: Buffer) => void;
  private readonly chunked: boolean;
  /** Bytes to come of the body, or of its present chunk. */
  private left: number;
  private expects: 'data' | 'size' | 'line end' | 'trailer';
  private line = '';

  constructor(framing: AnswerHead['framing'], take: (piece: Buffer) => void) {
    this.take = take;
    this.chunked = framing === 'chunked';
    this.endsWithConnection = framing === 'close';
    this.left = typeof framing === 'number' ? framing : this.chunked ? 0 : Number.POSITIVE_INFINITY;
    this.expects = this.chunked ? 'size' : 'data';
    this.complete = framing === 0;
  }

  /** Reads on. Returns how many bytes belonged to the body; the rest came after it. Throws when they make no body. */
  read(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && !this.complete) {
      if (this.expects === 'data') {
        const piece = at === 0 && bytes.length <= this.left ? bytes : bytes.subarray(at, Math.min(bytes.length, at + this.left));
        at += piece.length;
        this.left -= piece.length;
        this.take(piece);
        if (this.left === 0) {
          if (this.chunked) this.expects = 'line end';
          else this.complete = true;
        }
      } else at = this.readLine(bytes, at);
    }
    return at;
  }

  private readLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(LINE_FEED, at);
    this.line += bytes.toString('latin1', at, end === -1 ? bytes.length : end);
    if (this.line.length > LONGEST_LINE) throw malformed('chunk line too long');
    if (end === -1) return bytes.length;
    const line = this.line.endsWith('\r') ? this.line.slice(0, -1) : this.line;
    this.line = '';
    if (this.expects === 'line end') {
      if (line !== '') throw malformed('malformed chunked encoding');
      this.expects = 'size';
    } else if (this.expects === 'trailer') {
      if (line === '') this.complete = true;
    } else {
      const size = /^([0-9a-fA-F]{1,12})[ \t]*(?:;|$)/.exec(line)?.[1];
      if (size === undefined) throw malformed('invalid byte in chunk length');
      this.left = Number.parseInt(size, 16);
      this.expects = this.left === 0 ? 'trailer' : 'data';
    }
    return end + 1;
  }
}
