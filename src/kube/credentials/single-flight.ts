// One run at a time for many who wait, and a short memory for failures.

/** Runs `work` once for all who ask while it runs. A failure is given to everybody for `failureMs` more. */
export const singleFlight = <T>(work: () => Promise<T>, now: () => number, failureMs: number): (() => Promise<T>) => {
  let running: Promise<T> | undefined;
  let failed: {readonly error: Error; readonly at: number} | undefined;
  return () => {
    if (running !== undefined) return running;
    if (failed !== undefined && now() - failed.at < failureMs) return Promise.reject(failed.error);
    running = work().then(
      (value) => {
        running = undefined;
        failed = undefined;
        return value;
      },
      (error: Error) => {
        running = undefined;
        failed = {error, at: now()};
        throw error;
      },
    );
    return running;
  };
};
