// Watches what a command line pointed at, event by event, until the server ends it: `get -w` never resumes.
import {readJson} from '../../base/json/read.ts';
import {pathOf, type KubeClient} from '../../kube/client.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {TABLE_ACCEPT, type IncludedObject} from './read-list.ts';
import type {ResolvedSource} from './resolve.ts';

/** One event of a watch; `object` is a Table when Tables were asked for. */
export type WatchEvent = {readonly type: string; readonly object: AnyObject};

/** How to watch. */
export type WatchOptions = {
  /** `0` sends what exists as first events. */
  readonly resourceVersion: string;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly table?: IncludedObject | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Events of a list or of one object. */
export async function* watchSource(
  client: KubeClient,
  source: Exclude<ResolvedSource, {is: 'file'}>,
  options: WatchOptions,
): AsyncGenerator<WatchEvent> {
  const one = source.is === 'object';
  const text = (value: string | undefined): string | undefined => (value === undefined || value === '' ? undefined : value);
  const stream = await client.stream({
    path: pathOf(source.resource, {namespace: source.resource.namespaced ? text(source.namespace) : undefined}),
    query: {
      watch: true,
      resourceVersion: options.resourceVersion,
      labelSelector: one ? undefined : text(options.labelSelector),
      fieldSelector: one ? `metadata.name=${source.name}` : text(options.fieldSelector),
      includeObject: options.table === undefined || options.table === 'Metadata' ? undefined : options.table,
    },
    ...(options.table === undefined ? {} : {accept: TABLE_ACCEPT}),
    signal: options.signal,
  });
  try {
    for await (const frame of framesOf(stream.body)) {
      yield (options.table === undefined ? readJson(frame) : JSON.parse(frame)) as WatchEvent;
    }
  } finally {
    stream.close();
  }
}

/** Lines of a body, whatever their length: an event may hold an object of more than a megabyte. */
async function* framesOf(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, end)]).toString();
      rest = [];
      from = end + 1;
      if (line.trim() !== '') yield line;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
}
