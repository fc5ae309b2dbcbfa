// One signal out of a caller's signal and a time limit, with a reason that tells which of them it was.
import {timeoutError} from './connection-error.ts';

/** A signal that can be let go of. Without a limit and a caller's signal there is nothing to wait for. */
export type Deadline = {
  readonly signal: AbortSignal | undefined;
  /** Ends the time limit, the caller's signal stays in force. */
  readonly stopClock: () => void;
  /** Lets go of everything. */
  readonly release: () => void;
};

/** A deadline of `timeout` milliseconds; 0 means no limit. */
export const deadlineOf = (timeout: number, outer: AbortSignal | undefined): Deadline => {
  if (timeout <= 0) return {signal: outer, stopClock: () => undefined, release: () => undefined};
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(timeoutError()), timeout);
  const follow = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) follow();
  outer?.addEventListener('abort', follow, {once: true});
  const stopClock = (): void => clearTimeout(timer);
  return {
    signal: controller.signal,
    stopClock,
    release: () => {
      stopClock();
      outer?.removeEventListener('abort', follow);
    },
  };
};
