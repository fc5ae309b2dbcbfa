// Tells how long keys take and when the thread stood still, as JSON lines in the file that KDECK_TRACE names: for benchmarks.
import {appendFileSync} from 'node:fs';
import process from 'node:process';

/** How often the thread is asked whether it still runs. */
const every = 5;
/** Shorter gaps are the timer's own. */
const worthTelling = 10;
/** Ends a frame: terminals show what came since its counterpart in one go. */
const endOfFrame = '\x1b[?2026l';

/** One line of a trace; times are milliseconds since the process started, `cpu` is the main thread's alone. */
export type TraceLine =
  | {readonly what: 'key'; readonly at: number; readonly wall: number; readonly cpu: number; readonly bytes: number}
  | {readonly what: 'stall'; readonly at: number; readonly wall: number; readonly cpu: number};

type Write = (data: string | Uint8Array, ...rest: never[]) => boolean;

const cpuNow = (): number => {
  const {user, system} = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Watches a terminal from here on: each key to the end of the frame that follows it, and each gap between two turns of the loop. */
export const traceTerminal = (file: string, input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void => {
  const tell = (line: TraceLine): void => appendFileSync(file, `${JSON.stringify(line)}\n`);
  let key: {readonly at: number; readonly cpu: number; bytes: number} | undefined;

  // Listening to `data` would start the stream before the terminal is ready for it.
  const emit = input.emit.bind(input);
  input.emit = (event: string | symbol, ...rest: unknown[]): boolean => {
    if (event === 'data') key ??= {at: performance.now(), cpu: cpuNow(), bytes: 0};
    return emit(event, ...rest);
  };
  const write: Write = output.write.bind(output);
  output.write = (data: string | Uint8Array, ...rest: never[]): boolean => {
    const more = write(data, ...rest);
    if (key === undefined) return more;
    key.bytes += data.length;
    if (typeof data === 'string' && data.includes(endOfFrame)) {
      const now = performance.now();
      tell({what: 'key', at: key.at, wall: now - key.at, cpu: cpuNow() - key.cpu, bytes: key.bytes});
      key = undefined;
    }
    return more;
  };

  let last = performance.now();
  let lastCpu = cpuNow();
  setInterval(() => {
    const now = performance.now();
    const cpu = cpuNow();
    if (now - last - every > worthTelling) tell({what: 'stall', at: last, wall: now - last - every, cpu: cpu - lastCpu});
    last = now;
    lastCpu = cpu;
  }, every).unref();
};
