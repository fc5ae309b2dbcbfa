// How objects of one kind travel: what to ask the server for, and how its lists and watch events become trimmed objects.
import {KdeckError} from '../../base/errors.ts';
import type {KubeStream} from '../client.ts';
import type {KubeObject, ListMeta, Status} from '../types/object.ts';

/** One message of a watch. A bookmark only moves the resource version on. */
export type WatchEvent<T> =
  | {readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T}
  | {readonly type: 'BOOKMARK'; readonly resourceVersion: string}
  | {readonly type: 'ERROR'; readonly status: Status};

/** Takes the bytes of one list answer. */
export interface ListReader<T> {
  /** Items that were completed by this chunk are added to `into`. */
  push(chunk: Buffer, into: T[]): void;
  /** Throws when the answer is not whole. */
  end(): ListMeta;
}

/** Takes the bytes of one watch answer. */
export interface WatchReader<T> {
  push(chunk: Buffer, into: WatchEvent<T>[]): void;
  /** Throws when the stream ended in the middle of an event. */
  end(): void;
}

/** Lists and watches of one kind. The server chooses among the accepted types; its answer's content type decides who reads. */
export interface Codec<T extends KubeObject> {
  readonly accept: string;
  readonly watchAccept: string;
  /** Query parameters this form of answer needs. */
  readonly query: Readonly<Record<string, string>>;
  /** The next simpler form, for a server that refuses this one with 406. */
  readonly simpler: Codec<T> | undefined;
  listReader(contentType: string): ListReader<T>;
  watchReader(contentType: string): WatchReader<T>;
}

export const JSON_TYPE = 'application/json';
export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

/** Media type of an answer, without parameters. */
export const mediaTypeOf = (stream: KubeStream): string => {
  const header = stream.headers['content-type'];
  return ((Array.isArray(header) ? header[0] : header) ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
};

/** A login page or a proxy's greeting answered in the server's place. */
export const wrongType = (contentType: string): KdeckError =>
  new KdeckError(
    'KD-SERVER-NOT-KUBERNETES',
    `The address answered with ${contentType === '' ? 'no content type' : contentType} where a Kubernetes list was expected.`,
    {tryThis: ['kubectl cluster-info', 'kubectl config view --minify']},
  );
