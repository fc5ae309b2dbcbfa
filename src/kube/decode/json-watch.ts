// Reads watch events that come as one JSON object a line.
import {KdeckError} from '../../base/errors.ts';
import type {AnyObject, ObjectMeta, Status, Table} from '../types/object.ts';
import type {WatchEvent, WatchReader} from './codec.ts';
import {truncated} from './protobuf-reader.ts';

const NEWLINE = 0x0a;

/** `toObjects` turns what an event carries into kept objects; a Table may carry several rows. */
export class JsonWatchReader<T> implements WatchReader<T> {
  readonly #toObjects: (raw: AnyObject) => readonly T[];
  #pieces: Buffer[] = [];

  constructor(toObjects: (raw: AnyObject) => readonly T[]) {
    this.#toObjects = toObjects;
  }

  push(chunk: Buffer, into: WatchEvent<T>[]): void {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const part = chunk.subarray(from, at);
      const line = this.#pieces.length === 0 ? part : Buffer.concat([...this.#pieces, part]);
      this.#pieces = [];
      from = at + 1;
      if (line.length > 0) this.#line(line, into);
    }
    if (from < chunk.length) this.#pieces.push(Buffer.from(chunk.subarray(from)));
  }

  end(): void {
    if (this.#pieces.length > 0) throw truncated();
  }

  #line(line: Buffer, into: WatchEvent<T>[]): void {
    const {type, object} = parseFrame(line);
    if (type === 'BOOKMARK') into.push({type, resourceVersion: versionOf(object)});
    else if (type === 'ERROR') into.push({type, status: object as unknown as Status});
    else if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED')
      for (const kept of this.#toObjects(object)) into.push({type, object: kept});
  }
}

// A bookmark of a Table has its version on the table, or on its only row.
const versionOf = (object: AnyObject): string => {
  const own = (object.metadata as ObjectMeta | undefined)?.resourceVersion ?? '';
  const [row] = (object as Partial<Table>).rows ?? [];
  return own === '' ? (row?.object?.metadata.resourceVersion ?? '') : own;
};

const parseFrame = (line: Buffer): {readonly type: string; readonly object: AnyObject} => {
  try {
    const frame = JSON.parse(line.toString()) as {type?: unknown; object?: unknown};
    if (typeof frame.type === 'string' && typeof frame.object === 'object' && frame.object !== null)
      return frame as {type: string; object: AnyObject};
  } catch (error) {
    throw new KdeckError('KD-WATCH-DAMAGED', 'The server sent a watch event that is not JSON.', {cause: error});
  }
  throw new KdeckError('KD-WATCH-DAMAGED', 'The server sent something else where a watch event was expected.');
};
