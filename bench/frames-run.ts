// What one frame costs in the process: a whole kdeck over 50,000 pods in memory, bundled as it is shipped. Prints JSON.
import {EventEmitter} from 'node:events';
import process from 'node:process';
import {openMemoryDeck, pod} from '../test/support/deck/memory.ts';
import {bytesOf} from '../test/support/deck/keys.ts';
import type {TerminalOutput} from '../src/tui/terminal/terminal.ts';

const count = 50_000;
const repeats = 200;
const warmUp = 60;

/** Counts what is written, and shows it to nobody: a terminal's own work is not kdeck's. */
class Sink extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly columns = 200;
  readonly rows = 50;
  bytes = 0;
  frames = 0;
  onFrame: (() => void) | undefined;

  write(data: string, ...rest: unknown[]): boolean {
    this.bytes += Buffer.byteLength(data);
    (rest.find((one) => typeof one === 'function') as (() => void) | undefined)?.();
    if (data.includes('\x1b[?2026l')) {
      this.frames += 1;
      this.onFrame?.();
    }
    return true;
  }

  end(): void {}
}

const sink = new Sink();
const running = Array.from({length: count}, (_, index) =>
  pod(`checkout-api-${String(index).padStart(5, '0')}-x7k2p`, {
    namespace: `shop-${index % 20}`,
    node: `worker-${index % 300}.region-a.test`,
  }),
);
const {deck, cache} = await openMemoryDeck({
  namespaces: 'all',
  size: [200, 50],
  stdout: sink as unknown as TerminalOutput,
  // No clock of its own: frames come only from what is measured.
  now: () => new Date('2026-11-21T12:00:00Z'),
  fill: (into) => into.put('pods', ...running),
});

const cpuNow = (): number => {
  const {user, system} = process.threadCpuUsage();
  return (user + system) / 1000;
};

type Cost = {readonly what: string; readonly cpu: number; readonly p95: number; readonly bytes: number};

/** Does something many times and takes the mean of what each frame cost, from the cause to the last byte: some kernels count a thread's time in steps longer than a frame. */
const cost = async (what: string, act: (turn: number) => void): Promise<Cost> => {
  const cpus: number[] = [];
  const bytes: number[] = [];
  for (let turn = 0; turn < warmUp + repeats; turn++) {
    await deck.settles();
    const before = sink.bytes;
    const started = cpuNow();
    const {promise, resolve} = Promise.withResolvers<void>();
    sink.onFrame = resolve;
    act(turn);
    await promise;
    const used = cpuNow() - started;
    sink.onFrame = undefined;
    if (turn < warmUp) continue;
    cpus.push(used);
    bytes.push(sink.bytes - before);
  }
  const middle = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1]!;
  const mean = cpus.reduce((sum, one) => sum + one, 0) / cpus.length;
  cpus.sort((a, b) => a - b);
  return {what, cpu: mean, bytes: middle(bytes), p95: cpus[Math.floor(cpus.length * 0.95)]!};
};

const key = (chord: string): void => deck.terminal.type(bytesOf(chord));

/** A pod on the first screen of a namespace, well and in trouble by turns. */
const changing = running.find(({metadata}) => metadata.namespace === 'shop-0')!.metadata;
const costs = [
  await cost('one changed cell', (turn) => {
    cache.put(
      'pods',
      pod(changing.name!, {
        namespace: changing.namespace!,
        node: 'worker-0.region-a.test',
        ...(turn % 2 === 0 ? {waiting: 'CrashLoopBackOff'} : {}),
      }),
    );
  }),
  await cost('one cursor step', (turn) => key(turn % 40 < 20 ? 'j' : 'k')),
  await cost('a page', (turn) => key(turn % 40 < 20 ? 'pagedown' : 'pageup')),
  await cost('a full redraw', () => key('ctrl+l')),
];
await deck.ends();
process.stdout.write(`${JSON.stringify(costs)}\n`, () => process.exit(0));
