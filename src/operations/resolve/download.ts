// Reads a manifest from a URL the user named: three tries, a second apart, as kubectl does. Loaded only for `-f https://…`.
import {setTimeout as delay} from 'node:timers/promises';
import {KdeckError, messageOf} from '../../base/errors.ts';

const TRIES = 3;

/** Text behind a URL. Only server errors and broken connections are tried again. */
export const downloadText = async (url: string): Promise<string> => {
  let problem: KdeckError | undefined;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) await delay(1000);
    try {
      const answer = await fetch(url);
      if (answer.status === 200) return await answer.text();
      problem = new KdeckError(
        'KD-RESOLVE-URL',
        `unable to read URL ${JSON.stringify(url)}, server reported ${answer.status} ${answer.statusText}, status code=${answer.status}`,
      );
      if (answer.status < 500) throw problem;
    } catch (error) {
      if (error instanceof KdeckError) throw error;
      const cause = (error as Error).cause;
      problem = new KdeckError('KD-CONNECTION-URL', `Unable to connect to the server: ${messageOf(cause ?? error)}`, {
        cause: error,
      });
    }
  }
  throw problem!;
};
