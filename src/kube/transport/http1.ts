// HTTP/1.1 on one open socket, one exchange after another. Node's own client would cost a command a tenth of its time.
import type {Socket} from 'node:net';
import {Readable} from 'node:stream';
import {BodyReader} from './http1-body.ts';
import {answerHead, malformed, requestHead, type AnswerHead} from './http1-head.ts';
import type {WireRequest, WireResponse} from './wire.ts';

const LONGEST_HEAD = 1024 * 1024;
const HEAD_END = /\r?\n\r?\n/;

type Exchange = {
  readonly method: string;
  readonly resolve: (answer: WireResponse) => void;
  readonly reject: (error: Error) => void;
  readonly stopListening: () => void;
  readonly body: Readable;
  head?: AnswerHead;
  reader?: BodyReader;
};

/** The other side closed before it answered. `heard` is true when it had begun to. */
export class HangUpError extends Error {
  readonly code = 'ECONNRESET';
  readonly heard: boolean;

  constructor(heard: boolean) {
    super('socket hang up');
    this.heard = heard;
  }
}

/** A connection for exchanges in a row. */
export class Http1Connection {
  private readonly socket: Socket;
  private readonly host: string;
  private readonly onIdle: () => void;
  private exchange: Exchange | undefined;
  private before: Buffer | undefined;
  private error: Error | undefined;

  /** `onIdle` is called when another request may be sent, `onGone` when never again. */
  constructor(socket: Socket, host: string, onIdle: () => void, onGone: () => void) {
    this.socket = socket;
    this.host = host;
    this.onIdle = onIdle;
    socket.on('data', (bytes: Buffer) => this.read(bytes));
    socket.on('error', (error) => (this.error = error));
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      onGone();
      this.ended();
    });
  }

  /** Sends a request; the connection must be idle. Rejects with what the socket says, or with the signal's reason. */
  send(request: WireRequest): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      const {signal} = request;
      signal?.throwIfAborted();
      const head = requestHead(request, this.host);
      const abort = (): void => {
        reject(signal?.reason as Error);
        // An error of a body that was never handed out would be heard by nobody.
        if (this.exchange?.body === body && this.exchange.reader !== undefined) body.destroy(signal?.reason as Error);
        this.destroy();
      };
      const body = new Readable({
        read: () => void this.socket.resume(),
        destroy: (error, done) => {
          // Nobody reads the rest, so nothing can come after it.
          if (this.exchange?.body === body) this.destroy();
          done(error);
        },
      });
      const stopListening = (): void => signal?.removeEventListener('abort', abort);
      this.exchange = {method: request.method, resolve, reject, stopListening, body};
      signal?.addEventListener('abort', abort, {once: true});
      this.socket.ref();
      if (request.body === undefined) this.socket.write(head, 'latin1');
      else {
        this.socket.cork();
        this.socket.write(head, 'latin1');
        this.socket.write(request.body);
        this.socket.uncork();
      }
    });
  }

  destroy(): void {
    this.socket.destroy();
  }

  private read(bytes: Buffer): void {
    const {exchange} = this;
    // Nobody asked.
    if (exchange === undefined) return this.destroy();
    try {
      const rest = exchange.reader === undefined ? this.readHead(bytes, exchange) : bytes;
      if (rest === undefined || exchange.reader === undefined) return;
      const used = exchange.reader.read(rest);
      if (exchange.reader.complete) this.complete(exchange, used === rest.length);
    } catch (error) {
      this.error = error as Error;
      this.destroy();
    }
  }

  /** What follows the head; undefined while it is not all there. */
  private readHead(bytes: Buffer, exchange: Exchange): Buffer | undefined {
    let all = this.before === undefined ? bytes : Buffer.concat([this.before, bytes]);
    for (;;) {
      const text = all.toString('latin1');
      if (!'HTTP/1.'.startsWith(text.slice(0, 7))) throw malformed(JSON.stringify(text.split(/\r?\n/, 1)[0]?.slice(0, 100)));
      const end = HEAD_END.exec(text);
      if (end === null) {
        if (all.length > LONGEST_HEAD) throw malformed('headers too long');
        this.before = all;
        return undefined;
      }
      this.before = undefined;
      const head = answerHead(text.slice(0, end.index), exchange.method);
      all = all.subarray(end.index + end[0].length);
      if (head.status >= 200) {
        this.answer(head, exchange);
        return all;
      }
      // 100 and 103 only announce the answer; nobody asked for another protocol.
      if (head.status === 101) throw malformed('unexpected change of protocol');
    }
  }

  private answer(head: AnswerHead, exchange: Exchange): void {
    exchange.head = head;
    exchange.reader = new BodyReader(head.framing, (piece) => {
      if (!exchange.body.push(piece)) this.socket.pause();
    });
    exchange.resolve({status: head.status, headers: head.headers, body: exchange.body});
  }

  private complete(exchange: Exchange, clean: boolean): void {
    this.exchange = undefined;
    exchange.stopListening();
    exchange.body.push(null);
    if (!clean || exchange.head?.keeps !== true || this.socket.destroyed) return this.destroy();
    // Read on, to notice when the server closes; but do not keep the process for it.
    this.socket.resume();
    this.socket.unref();
    this.onIdle();
  }

  private ended(): void {
    const {exchange} = this;
    if (exchange === undefined) return;
    this.exchange = undefined;
    exchange.stopListening();
    if (exchange.reader === undefined) exchange.reject(this.error ?? new HangUpError(this.before !== undefined));
    else if (exchange.reader.endsWithConnection && this.error === undefined) exchange.body.push(null);
    else exchange.body.destroy(this.error ?? Object.assign(new Error('aborted'), {code: 'ECONNRESET'}));
  }
}
