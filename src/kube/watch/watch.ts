// One WATCH: a stream of events from a resource version on, until the server ends it or it falls silent.
import {KdeckError} from '../../base/errors.ts';
import type {KubeClient} from '../client.ts';
import {mediaTypeOf, type Codec, type WatchEvent} from '../decode/codec.ts';
import {watched} from '../list/list.ts';
import type {KubeObject} from '../types/object.ts';

/** A watch to be opened. */
export type WatchRequest<T extends KubeObject> = {
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly resourceVersion: string;
  /** When the server should end it by itself. */
  readonly timeoutSeconds: number;
  readonly codec: Codec<T>;
  readonly signal: AbortSignal;
  /** Milliseconds without an event or bookmark after which the connection counts as dead. */
  readonly silence: number;
  /** Milliseconds until the answer must begin. */
  readonly answerWithin: number;
  readonly onOpen: () => void;
  /** The events of one chunk. */
  readonly onEvents: (events: readonly WatchEvent<T>[]) => void;
};

/** Resolves when the server ended the watch in good order; throws for everything else. */
export const readWatch = async <T extends KubeObject>(client: KubeClient, request: WatchRequest<T>): Promise<void> => {
  const {codec, signal} = request;
  const stream = await client.stream({
    path: request.path,
    query: {
      ...request.query,
      ...codec.query,
      watch: true,
      allowWatchBookmarks: true,
      resourceVersion: request.resourceVersion,
      timeoutSeconds: request.timeoutSeconds,
    },
    accept: codec.watchAccept,
    signal,
    timeout: request.answerWithin,
  });
  try {
    const reader = codec.watchReader(mediaTypeOf(stream));
    request.onOpen();
    for await (const chunk of watched(stream, request.silence, silent)) {
      const events: WatchEvent<T>[] = [];
      reader.push(chunk, events);
      if (events.length > 0) request.onEvents(events);
      signal.throwIfAborted();
    }
    signal.throwIfAborted();
    reader.end();
  } finally {
    stream.close();
  }
};

const silent = (): KdeckError =>
  new KdeckError('KD-WATCH-SILENT', 'The server has said nothing for a while; the connection may be dead.');
