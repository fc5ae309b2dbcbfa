// Questions that make screens richer: asked again while the network or the login is away, and given up when the answer is no.
import {setTimeout as sleep} from 'node:timers/promises';
import {KdeckError} from '../base/errors.ts';

const first = 1000;
const longest = 15_000;

/** Refused for good: asking again would get the same answer. */
const isNo = (error: unknown): boolean =>
  error instanceof KdeckError && ['KD-SERVER-FORBIDDEN', 'KD-SERVER-NOT-FOUND'].includes(error.code);

/** Asks until there is an answer or nobody wants it any more. Never throws for a question that fails. */
export const askAgain = async <T>(ask: () => Promise<T>, use: (answer: T) => void, isWanted: () => boolean): Promise<void> => {
  for (let wait = first; isWanted(); wait = Math.min(wait * 2, longest)) {
    let got: {readonly answer: T} | undefined;
    try {
      got = {answer: await ask()};
    } catch (error) {
      // The connection's own state tells what is wrong.
      if (isNo(error)) return;
    }
    if (got !== undefined) {
      if (isWanted()) use(got.answer);
      return;
    }
    await sleep(wait, undefined, {ref: false});
  }
};
