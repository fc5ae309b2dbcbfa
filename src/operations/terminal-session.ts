// The terminal lent to a container: raw mode, its size, and its old state back on every way out.
import process from 'node:process';
import type {TerminalSize, TerminalSizes} from './exec.ts';

/** A terminal's input and output, or stand-ins. */
export type TerminalStreams = {
  readonly stdin: NodeJS.ReadableStream & {setRawMode?: (raw: boolean) => unknown; isRaw?: boolean};
  readonly stdout: NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number};
};

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Runs `use` with the terminal in raw mode. The old mode comes back when it ends, throws, exits or is ended by a signal. */
export const withRawTerminal = async <T>({stdin}: TerminalStreams, use: () => Promise<T>): Promise<T> => {
  const wasRaw = stdin.isRaw === true;
  const restore = (): void => void stdin.setRawMode?.(wasRaw);
  const handlers = ENDING.map((name) => {
    const end = (): void => {
      restore();
      // With our listener gone the signal does what it does by default.
      process.off(name, end);
      process.kill(process.pid, name);
    };
    return {name, end};
  });
  stdin.setRawMode?.(true);
  process.on('exit', restore);
  for (const {name, end} of handlers) process.on(name, end);
  try {
    return await use();
  } finally {
    restore();
    process.off('exit', restore);
    for (const {name, end} of handlers) process.off(name, end);
  }
};

/** The size of the terminal behind stdout, and its changes. */
export const sizesOf = ({stdout}: TerminalStreams): TerminalSizes => {
  const current = (): TerminalSize | undefined =>
    stdout.isTTY === true && stdout.columns !== undefined && stdout.rows !== undefined
      ? {columns: stdout.columns, rows: stdout.rows}
      : undefined;
  return {
    current,
    onChange: (listener) => {
      const changed = (): void => {
        const size = current();
        if (size !== undefined) listener(size);
      };
      stdout.on('resize', changed);
      return () => stdout.off('resize', changed);
    },
  };
};
