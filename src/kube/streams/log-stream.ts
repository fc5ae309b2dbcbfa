// The log endpoint of a container as a byte stream, and its lines.
import {pathOf, type KubeClient, type KubeStream} from '../client.ts';

/** Which log, and how much of it; the names are those of the API. */
export type LogRequest = {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string | undefined;
  readonly follow?: boolean | undefined;
  readonly previous?: boolean | undefined;
  readonly timestamps?: boolean | undefined;
  readonly sinceSeconds?: number | undefined;
  /** RFC 3339. Servers look at whole seconds only. */
  readonly sinceTime?: string | undefined;
  readonly tailLines?: number | undefined;
  readonly limitBytes?: number | undefined;
  readonly insecureSkipTLSVerifyBackend?: boolean | undefined;
};

const yes = (value: boolean | undefined): true | undefined => (value === true ? true : undefined);

/** Opens a log. Not reading the body holds the container runtime back, not our memory. */
export const openLog = (client: KubeClient, request: LogRequest, signal?: AbortSignal): Promise<KubeStream> =>
  client.stream({
    path: pathOf({group: '', version: 'v1', plural: 'pods'}, {namespace: request.namespace, name: request.pod, subresource: 'log'}),
    query: {
      container: request.container,
      follow: yes(request.follow),
      insecureSkipTLSVerifyBackend: yes(request.insecureSkipTLSVerifyBackend),
      limitBytes: request.limitBytes,
      previous: yes(request.previous),
      sinceSeconds: request.sinceSeconds,
      sinceTime: request.sinceTime,
      tailLines: request.tailLines,
      timestamps: yes(request.timestamps),
    },
    accept: 'application/json, */*',
    signal,
  });

const NEWLINE = 10;
// A program that never ends its line must not fill our memory.
const LONGEST_LINE = 1 << 20;

/**
 * Cuts a byte stream at line ends: each value holds one or more whole lines with their line ends. The last value may lack one,
 * and so may a piece of a line longer than a megabyte.
 */
export async function* wholeLines(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    const cut = chunk.lastIndexOf(NEWLINE) + 1;
    if (cut === 0 && (length += chunk.length) < LONGEST_LINE) {
      rest.push(chunk);
      continue;
    }
    const end = cut === 0 ? chunk.length : cut;
    yield rest.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = end === chunk.length ? [] : [chunk.subarray(end)];
    length = chunk.length - end;
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

/** The single lines of {@link wholeLines}' values, each with its line end. */
export function* linesOf(block: Buffer): Generator<Buffer> {
  for (let from = 0; from < block.length;) {
    const end = block.indexOf(NEWLINE, from);
    const next = end < 0 ? block.length : end + 1;
    yield block.subarray(from, next);
    from = next;
  }
}
