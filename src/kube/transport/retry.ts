// When a request may be sent again, and when: client-go's rules, with an upper bound on patience.
import {ConnectionError} from './connection-error.ts';

/** client-go gives up after ten tries. */
export const MAX_RETRIES = 10;
// A server may name any time; nobody waits an hour at a prompt.
const LONGEST_WAIT_MS = 60_000;

/** Milliseconds to wait before another try, or undefined when the answer stands. Needs 429 or 5xx and Retry-After in seconds. */
export const waitAfterAnswer = (status: number, retryAfter: string | string[] | undefined): number | undefined => {
  if (status !== 429 && status < 500) return undefined;
  const seconds = retryAfterSeconds(retryAfter);
  return seconds === undefined ? undefined : Math.min(seconds * 1000, LONGEST_WAIT_MS);
};

/** The Retry-After header as seconds; its date form is ignored, as in client-go. */
export const retryAfterSeconds = (header: string | string[] | undefined): number | undefined => {
  const text = Array.isArray(header) ? header[0] : header;
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
};

/** A GET whose connection was cut is tried again after a second. */
export const waitAfterError = (method: string, error: unknown): number | undefined =>
  method === 'GET' && error instanceof ConnectionError && error.cut ? 1000 : undefined;

/** Waits; rejects with the signal's reason when aborted. */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, {once: true});
  });
