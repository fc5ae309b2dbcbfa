// Watches one object until the caller has seen enough: list, watch from there, resume, start over when the version is too old.
import {KdeckError, messageOf} from '../base/errors.ts';
import {readJson} from '../base/json/read.ts';
import {pathOf, type KubeClient} from '../kube/client.ts';
import {linesOf, wholeLines} from '../kube/streams/log-stream.ts';
import type {KubeList, KubeObject, Status} from '../kube/types/object.ts';
import {StatusError} from '../kube/status-error.ts';
import type {ObjectAddress} from './objects.ts';

/** What a watched object did. */
export type Sighting<T> =
  {readonly type: 'present'; readonly object: T} | {readonly type: 'deleted'; readonly object: T} | {readonly type: 'absent'};

type Frame<T> = {readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; readonly object: T & Partial<Status>};

const LONGEST_WAIT = 8_000;

/** Sleeps, but not beyond the signal. */
export const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    if (signal?.aborted === true) return reject(signal.reason as Error);
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, {once: true});
  });

/** Yields the object as it is now, then each change. Throws what the first list was refused with; later troubles are waited out. */
export async function* watchObject<T extends KubeObject>(
  client: KubeClient,
  at: ObjectAddress,
  signal?: AbortSignal,
): AsyncGenerator<Sighting<T>> {
  const path = pathOf(at, {namespace: at.namespace});
  const fieldSelector = `metadata.name=${at.name}`;
  let version: string | undefined;
  let listed = false;
  let delay = 500;
  for (;;) {
    signal?.throwIfAborted();
    try {
      if (version === undefined) {
        const list = readJson((await client.request({path, query: {fieldSelector}, signal})).text()) as KubeList<T>;
        version = list.metadata.resourceVersion ?? '';
        listed = true;
        const [object] = list.items;
        yield object === undefined
          ? {type: 'absent'}
          : {type: 'present', object: {...object, apiVersion: object.apiVersion, kind: object.kind}};
      }
      const stream = await client.stream({
        path,
        query: {fieldSelector, watch: true, resourceVersion: version, allowWatchBookmarks: true, timeoutSeconds: 300},
        signal,
      });
      try {
        for await (const block of wholeLines(stream.body)) {
          for (const line of linesOf(block)) {
            const {type, object} = readJson(line.toString('utf8')) as Frame<T>;
            if (type === 'ERROR') throw new StatusError(object as unknown as Status);
            version = object.metadata.resourceVersion ?? version;
            delay = 500;
            if (type === 'DELETED') yield {type: 'deleted', object};
            else if (type !== 'BOOKMARK') yield {type: 'present', object};
          }
        }
      } finally {
        stream.close();
      }
    } catch (error) {
      if (signal?.aborted === true || !listed) throw error;
      if (error instanceof StatusError && (error.httpStatus === 410 || error.httpStatus === 504)) version = undefined;
      else if (error instanceof StatusError && (error.httpStatus === 403 || error.httpStatus === 405)) throw error;
      else if (!(error instanceof KdeckError) && !(error instanceof Error))
        throw new KdeckError('KD-WATCH-FAILED', messageOf(error), {cause: error});
      await sleep(delay, signal);
      delay = Math.min(delay * 2, LONGEST_WAIT);
    }
  }
}
