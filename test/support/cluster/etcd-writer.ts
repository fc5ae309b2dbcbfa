// Writes straight into etcd over its gRPC API: the way to tens of thousands of objects in seconds.
import {connect, type ClientHttp2Session, type IncomingHttpHeaders} from 'node:http2';

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left >>>= 7) {
    if (left < 0x80) return Buffer.from([...bytes, left]);
    bytes.push((left & 0x7f) | 0x80);
  }
}

/** A protobuf field of bytes. */
function field(number: number, value: Uint8Array): Uint8Array[] {
  return [Buffer.from([(number << 3) | 2]), varint(value.length), value];
}

/** A gRPC frame with one etcdserverpb.PutRequest: the key is field 1, the value field 2. */
function putFrame(key: string, value: string): Buffer {
  const message = Buffer.concat([...field(1, Buffer.from(key)), ...field(2, Buffer.from(value))]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** A connection to etcd. */
export class EtcdWriter {
  readonly #session: ClientHttp2Session;
  #failure: Error | undefined;

  constructor(url: string) {
    this.#session = connect(url);
    this.#session.on('error', (error: Error) => (this.#failure = error));
  }

  /** Puts one key; as many at once as the caller likes to have under way. */
  put(key: string, value: object): Promise<void> {
    return new Promise((done, failed) => {
      if (this.#failure) return failed(this.#failure);
      const stream = this.#session.request({
        ':method': 'POST',
        ':path': '/etcdserverpb.KV/Put',
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      let status: string | undefined;
      let reason = '';
      const note = (headers: IncomingHttpHeaders): void => {
        const [code, text] = [headers['grpc-status'], headers['grpc-message']];
        if (code === undefined) return;
        status = code.toString();
        reason = text?.toString() ?? '';
      };
      stream.on('response', note);
      stream.on('trailers', note);
      stream.on('error', failed);
      stream.on('close', () =>
        status === '0' ? done() : failed(new Error(`etcd refused ${key}: ${reason || `status ${status}`}`)),
      );
      stream.resume();
      return stream.end(putFrame(key, JSON.stringify(value)));
    });
  }

  close(): void {
    this.#session.close();
  }
}

/** Puts all pairs with `width` of them under way at any time. */
export async function putAll(
  writer: EtcdWriter,
  pairs: Iterable<readonly [key: string, value: object]>,
  width = 64,
): Promise<number> {
  const source = pairs[Symbol.iterator]();
  let count = 0;
  const work = async (): Promise<void> => {
    for (let next = source.next(); next.done !== true; next = source.next()) {
      await writer.put(...next.value);
      count++;
    }
  };
  await Promise.all(Array.from({length: width}, work));
  return count;
}
