// One LIST: asks, reads the answer in short turns of work, and hands out kept objects as they come.
import {KdeckError} from '../../base/errors.ts';
import type {KubeClient, KubeStream} from '../client.ts';
import {Breather} from '../decode/breather.ts';
import {mediaTypeOf, type Codec} from '../decode/codec.ts';
import type {KubeObject, ListMeta} from '../types/object.ts';

/** A list to be read. */
export type ListRequest<T extends KubeObject> = {
  readonly path: string;
  /** Selectors, `limit`, `resourceVersion`. */
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly codec: Codec<T>;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which the answer is given up. */
  readonly silence: number;
  /** Milliseconds until the answer must begin; big lists take a server its time. */
  readonly answerWithin: number;
  /** A few objects at a time, in the server's order. Throwing ends the list. */
  readonly onItems: (items: readonly T[]) => void;
};

/** Reads a whole answer and returns its metadata. Throws when it is not whole, refused or not a list. */
export const readList = async <T extends KubeObject>(client: KubeClient, request: ListRequest<T>): Promise<ListMeta> => {
  const {codec, signal} = request;
  const stream = await client.stream({
    path: request.path,
    query: {...request.query, ...codec.query},
    accept: codec.accept,
    signal,
    timeout: request.answerWithin,
  });
  try {
    const reader = codec.listReader(mediaTypeOf(stream));
    const breather = new Breather();
    for await (const chunk of watched(
      stream,
      request.silence,
      () => new KdeckError('KD-LIST-SILENT', 'The server stopped in the middle of a list.'),
    )) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const items: T[] = [];
        reader.push(at === 0 && chunk.length <= PIECE ? chunk : chunk.subarray(at, at + PIECE), items);
        if (items.length > 0) request.onItems(items);
        if (breather.due()) await breather.pause();
        signal.throwIfAborted();
      }
    }
    signal.throwIfAborted();
    return reader.end();
  } finally {
    stream.close();
  }
};

// The time of a turn is looked at after each piece: 64 KB are decoded in about a millisecond.
const PIECE = 64 * 1024;

/** The chunks of a stream; closes it and throws `onSilence()` when nothing came for `silence` milliseconds. */
export async function* watched(stream: KubeStream, silence: number, onSilence: () => Error): AsyncGenerator<Buffer> {
  let silent = false;
  // One timer that is moved on, instead of a new one for each chunk.
  const timer = setTimeout(() => {
    silent = true;
    stream.close();
  }, silence);
  try {
    for await (const chunk of stream.body) {
      if (silent) break;
      yield chunk;
      timer.refresh();
    }
  } catch (error) {
    if (!silent) throw error;
  } finally {
    clearTimeout(timer);
  }
  if (silent) throw onSilence();
}
