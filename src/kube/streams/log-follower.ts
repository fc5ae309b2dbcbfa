// Follows one container's log for as long as it exists: resumes after a broken link without repeating a line, goes on with the
// next instance after a restart, and says where lines may be missing.
import {nanosecondsOf} from '../../base/timestamp.ts';
import {KdeckError, messageOf} from '../../base/errors.ts';
import {pathOf, type KubeClient} from '../client.ts';
import {StatusError} from '../status-error.ts';
import type {ContainerStatus, Pod} from '../types/wire.ts';
import {openLog, wholeLines, type LogRequest} from './log-stream.ts';
import {splitTimestamp} from './log-time.ts';

/** One line: the server's timestamp (empty when it sent none) and the text without line end. */
export type LogLine = {readonly time: string; readonly text: string};

/** What a follower tells, in order. */
export type LogEvent =
  | {readonly type: 'lines'; readonly lines: readonly LogLine[]}
  /** Lines between the two times may be missing. */
  | {readonly type: 'gap'; readonly after: string; readonly before: string; readonly reason: string}
  /** A new instance of the container begins. */
  | {readonly type: 'restarted'; readonly restarts: number}
  | {readonly type: 'state'; readonly phase: 'live' | 'waiting'; readonly reason: string}
  /** Nothing will come any more. */
  | {readonly type: 'ended'; readonly reason: string};

/** What to follow, and how to wait. */
export type FollowOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Waits between attempts; tests pass their own. */
  readonly pause?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
};

const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 15_000;

const wait = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, {once: true});
  });

// What the kubelet writes into the stream, with status 200, when the log's container is no longer there.
const REMOVED = 'unable to retrieve container logs for ';

/** Remembers the last timestamp and how many lines carried it: enough to drop what a resumed stream repeats. */
class Position {
  #time = '';
  #count = 0;
  #skip = 0n;
  #left = 0;
  #resuming = false;

  get time(): string {
    return this.#time;
  }

  /** The next lines come from a stream that starts at or before the position. */
  resume(): void {
    this.#skip = nanosecondsOf(this.#time) ?? 0n;
    this.#left = this.#count;
    this.#resuming = this.#time !== '';
  }

  /** A new instance: nothing of it has been seen. */
  forget(): void {
    this.#time = '';
    this.#count = 0;
    this.#resuming = false;
  }

  /** Undefined: seen before. `gap` is set when the line after the position came without the position itself. */
  take(line: LogLine): {gap: boolean} | undefined {
    let gap = false;
    if (this.#resuming) {
      const at = nanosecondsOf(line.time);
      if (at === undefined) return {gap: false}; // the kubelet's own words
      if (at < this.#skip) return undefined;
      if (at === this.#skip && this.#left > 0) {
        this.#left -= 1;
        return undefined;
      }
      gap = this.#left > 0;
      this.#resuming = at === this.#skip;
    }
    if (line.time === this.#time) this.#count += 1;
    else if (line.time !== '') {
      this.#time = line.time;
      this.#count = 1;
    }
    return {gap};
  }
}

/** How the container stands between two streams. */
type Standing = {
  readonly phase: 'runs' | 'waits' | 'over';
  readonly id: string;
  readonly restarts: number;
  readonly reason: string;
};

const statusOf = (pod: Pod, container: string | undefined): ContainerStatus | undefined => {
  const all = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.ephemeralContainerStatuses ?? []),
  ];
  return container === undefined ? all[0] : all.find(({name}) => name === container);
};

/** Reads from a pod whether its container may still write. */
export const standingOf = (pod: Pod, container: string | undefined): Standing => {
  const status = statusOf(pod, container);
  const phase = pod.status?.phase ?? '';
  const id = status?.containerID ?? '';
  const restarts = status?.restartCount ?? 0;
  const state = status?.state;
  if (state?.running !== undefined) return {phase: 'runs', id, restarts, reason: ''};
  if (phase === 'Succeeded' || phase === 'Failed')
    return {phase: 'over', id, restarts, reason: `the pod has ended (${pod.status?.reason ?? phase})`};
  if (state?.terminated !== undefined) {
    const reason = `the container ended with exit code ${state.terminated.exitCode}`;
    const isInit = pod.status?.initContainerStatuses?.some(({name}) => name === status?.name) === true;
    const isEphemeral = pod.status?.ephemeralContainerStatuses?.some(({name}) => name === status?.name) === true;
    const again =
      !isEphemeral &&
      !(isInit && state.terminated.exitCode === 0) &&
      pod.spec?.restartPolicy !== 'Never' &&
      pod.metadata.deletionTimestamp === undefined;
    return {phase: again ? 'waits' : 'over', id, restarts, reason};
  }
  return {phase: 'waits', id, restarts, reason: state?.waiting?.reason ?? 'the container has not started'};
};

const isGone = (error: unknown): boolean => error instanceof StatusError && error.httpStatus === 404;

/**
 * Follows a log. The consumer holds the stream back by not asking for the next event. Ends with `ended`, or silently by the signal.
 */
export async function* followLog(client: KubeClient, request: LogRequest, options: FollowOptions = {}): AsyncGenerator<LogEvent> {
  const {signal, pause = wait} = options;
  const position = new Position();
  let delay = SHORTEST_WAIT;
  let begun = false;
  let instance: string | undefined;
  let restarts = 0;
  // The log of an instance that has ended was read to its end: nothing of it is missing, and it need not be read again.
  let complete = false;

  const look = async (): Promise<Standing> => {
    const answer = await client.request({
      path: pathOf({group: '', version: 'v1', plural: 'pods'}, {namespace: request.namespace, name: request.pod}),
      signal,
    });
    return standingOf(answer.json<Pod>(), request.container);
  };

  async function* read(part: Partial<LogRequest>): AsyncGenerator<LogEvent> {
    // How far back to begin is asked for once; after that every line counts.
    const sinceTime = position.time === '' ? undefined : wholeSeconds(position.time);
    const since = begun ? {sinceTime, sinceSeconds: undefined, tailLines: undefined} : {};
    const stream = await openLog(client, {...request, ...since, ...part, timestamps: true}, signal);
    begun ||= request.follow !== false && part.previous !== true;
    position.resume();
    if (part.follow === true) yield {type: 'state', phase: 'live', reason: ''};
    try {
      for await (const block of wholeLines(stream.body)) {
        const lines: LogLine[] = [];
        for (const text of block.toString('utf8').split('\n')) {
          if (text === '') continue;
          const line = splitTimestamp(text);
          if (line.time === '' && text.startsWith(REMOVED))
            throw new KdeckError('KD-LOGS-REMOVED', 'the container runtime has removed this log');
          const before = position.time;
          const taken = position.take(line);
          if (taken === undefined) continue;
          if (taken.gap) {
            if (lines.length > 0) yield {type: 'lines', lines: lines.splice(0)};
            yield {type: 'gap', after: before, before: line.time, reason: 'the log was rotated while the connection was down'};
          }
          lines.push(line);
        }
        if (lines.length > 0) {
          delay = SHORTEST_WAIT;
          yield {type: 'lines', lines};
        }
      }
    } finally {
      stream.close();
    }
  }

  const stopped = (): boolean => signal?.aborted === true;
  while (!stopped()) {
    let trouble: string | undefined;
    try {
      const standing = await look();
      if (instance !== undefined && standing.id !== instance && standing.id !== '') {
        // What the old instance still wrote is in the previous log, if only one restart lies between.
        const after = position.time;
        const missed = standing.restarts - restarts - 1;
        if (missed > 0)
          yield {
            type: 'gap',
            after,
            before: '',
            reason: `the container was restarted ${missed + 1} times; only the last instance's log is kept`,
          };
        try {
          if (!complete) yield* read({follow: false, previous: true});
        } catch (error) {
          yield {type: 'gap', after, before: '', reason: `the end of the instance before cannot be read: ${messageOf(error)}`};
        }
        complete = false;
        position.forget();
        yield {type: 'restarted', restarts: standing.restarts};
      }
      if (standing.id !== '') instance = standing.id;
      restarts = standing.restarts;
      if (complete && standing.phase === 'over') return void (yield {type: 'ended', reason: standing.reason});
      if (complete || (standing.phase === 'waits' && standing.id === '')) trouble = standing.reason;
      else {
        yield* read({follow: request.follow ?? true});
        complete = standing.phase !== 'runs';
        const after = await look();
        if (after.phase === 'over' && (after.id === instance || after.id === '')) {
          // The stream may have been cut just before the end: look once more for lines behind it.
          if (!complete && request.follow !== false) yield* read({follow: false});
          return void (yield {type: 'ended', reason: after.reason});
        }
        if (request.follow === false) return void (yield {type: 'ended', reason: 'the log was read to its end'});
        trouble = after.phase === 'runs' ? 'the stream ended while the container runs' : after.reason;
      }
    } catch (error) {
      if (stopped()) return;
      if (isGone(error)) return void (yield {type: 'ended', reason: 'the pod is gone'});
      trouble = messageOf(error);
    }
    yield {type: 'state', phase: 'waiting', reason: trouble};
    await pause(delay, signal);
    delay = Math.min(delay * 2, LONGEST_WAIT);
  }
}

/** The second a timestamp lies in: the kubelet is asked in whole seconds, rounding up would lose lines. */
const wholeSeconds = (time: string): string => time.replace(/\.\d+/, '');
