// `Warning:` lines on stderr, each text once, yellow where a person reads them.
import type {Streams} from './verb.ts';

/** Prints warnings and counts them. */
export const createWarner = (
  stderr: Streams['stderr'],
  env: Readonly<Record<string, string | undefined>>,
): {readonly warn: (text: string) => void; readonly count: number} => {
  const seen = new Set<string>();
  const colour = stderr.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    warn: (text) => {
      if (seen.has(text)) return;
      seen.add(text);
      stderr.write(`${colour ? '\u001b[33;1mWarning:\u001b[0m' : 'Warning:'} ${text}\n`);
    },
    get count() {
      return seen.size;
    },
  };
};
