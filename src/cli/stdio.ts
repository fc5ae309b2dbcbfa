// The process's own streams, but loaded only when more than writing is asked of them: Node's stream classes cost as much as a request.
import {fstatSync, writeSync} from 'node:fs';
import process from 'node:process';
import type {Streams} from './verb.ts';

type Out = Streams['stdout'] & Streams['stderr'];

/** Whether a descriptor is a terminal. Only character devices can be, and /dev/null is the common one that is none. */
const isTerminal = (fd: number, real: () => {readonly isTTY?: boolean}): boolean => {
  try {
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() && stat.rdev !== 0x103 && real().isTTY === true;
  } catch {
    return false;
  }
};

/** Writes at once as long as nobody asks for the stream itself; then everything goes through it. */
const outputOf = (fd: 1 | 2, real: () => NodeJS.WriteStream): {readonly stream: Out; readonly flush: () => Promise<void>} => {
  let opened: NodeJS.WriteStream | undefined;
  const open = (): NodeJS.WriteStream => {
    if (opened === undefined) {
      opened = real();
      // The reader went away: end as a program does that was not told either.
      opened.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EPIPE') process.exit(141);
      });
    }
    return opened;
  };
  let terminal: boolean | undefined;
  const write = (data: string | Uint8Array, ...rest: unknown[]): boolean => {
    if (opened !== undefined || rest.length > 0) return (open().write as (...all: unknown[]) => boolean)(data, ...rest);
    let left: Uint8Array = typeof data === 'string' ? Buffer.from(data) : data;
    while (left.length > 0) {
      try {
        left = left.subarray(writeSync(fd, left));
      } catch (error) {
        // Somebody made the descriptor non-blocking and it is full: the stream knows how to wait.
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return open().write(left);
        throw error;
      }
    }
    return true;
  };
  const whole: Out = lazily(open);
  const stream = new Proxy(whole, {
    get: (target, name) => {
      if (name === 'write') return write;
      return name === 'isTTY' ? (terminal ??= isTerminal(fd, open)) : (Reflect.get(target, name) as unknown);
    },
  });
  const flush = (): Promise<void> =>
    new Promise((resolve) => {
      if (opened === undefined || opened.writableLength === 0) resolve();
      else opened.write('', () => resolve());
    });
  return {stream, flush};
};

/** Everything of an object that is only fetched when it is used. */
const lazily = <T extends object>(fetch: () => T): T =>
  new Proxy({} as T, {
    get: (_target, name) => {
      const value: unknown = Reflect.get(fetch(), name);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(fetch()) : value;
    },
    has: (_target, name) => name in fetch(),
    set: (_target, name, value) => Reflect.set(fetch(), name, value),
  });

/** The streams of this process, and a wait for everything written to have left it. */
export const openStdio = (): {readonly streams: Streams; readonly flush: () => Promise<void>} => {
  const stdout = outputOf(1, () => process.stdout);
  const stderr = outputOf(2, () => process.stderr);
  return {
    streams: {
      stdin: lazily(() => process.stdin),
      stdout: stdout.stream,
      stderr: stderr.stream,
    },
    flush: async () => {
      await stdout.flush();
      await stderr.flush();
    },
  };
};
