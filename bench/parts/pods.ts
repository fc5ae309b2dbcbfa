// The real program in a pseudo-terminal on an API server with many pods: sync, memory, filter, keys while pods change, rest.
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import type {TraceLine} from '../../src/base/trace.ts';
import type {ClusterFacts} from '../../test/support/cluster/harness.ts';
import {bigCluster} from '../support/big-cluster.ts';
import {figure, median, percentile} from '../support/figures.ts';
import type {Figure} from '../support/figures.ts';
import {cpuOf, memoryOf} from '../support/processes.ts';
import {root} from '../support/program.ts';
import type {Program} from '../support/program.ts';
import {Screen} from '../support/screen.ts';

type Options = {readonly rounds: number; readonly say: (line: string) => void};

/** Keys of one series; the best of three series counts, since other work on the machine only ever adds. */
const keysInSeries = 60;
const series = 3;
const eventsPerSecond = 300;
const idleSeconds = 10;
/** Written first on the row the cursor comes to; rows that change by themselves are written from a later column. */
const cursorBar = '▌';

const bareTransfer = (program: Program, facts: ClusterFacts): {readonly wall: number; readonly bytes: number} => {
  const {status, stdout, stderr} = spawnSync(program.node, [join(root, 'bench/bare-list.ts')], {
    env: program.env(facts.kubeconfigs.admin),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the bare transfer failed: ${stderr}`);
  return JSON.parse(stdout) as {wall: number; bytes: number};
};

type Sync = {readonly screen: Screen; readonly first: number; readonly all: number};

/** Starts kdeck and waits until it shows every pod. */
const sync = async (
  program: Program,
  facts: ClusterFacts,
  count: number,
  more: Readonly<Record<string, string>> = {},
): Promise<Sync> => {
  const screen = new Screen([...program.kdeck, 'pods', '-A'], program.env(facts.kubeconfigs.admin, more));
  try {
    const first = await screen.waits('the first rows', (text) => text.includes(cursorBar));
    const all = await screen.waits('all rows', (text) => showsAll(text, count) && text.includes(' live'));
    return {screen, first, all};
  } catch (error) {
    await screen.close();
    throw error;
  }
};

const linesOf = (file: string): readonly TraceLine[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as TraceLine)
    : [];

/** The longest the thread stood still in a span of time: by the clock, and by what it computed meanwhile. */
const stallIn = (lines: readonly TraceLine[], from: number, to: number): {readonly wall: number; readonly cpu: number} => {
  const all = lines.filter((line) => line.what === 'stall' && line.at >= from && line.at <= to);
  return {wall: Math.max(0, ...all.map(({wall}) => wall)), cpu: Math.max(0, ...all.map(({cpu}) => cpu))};
};

const filterText = 'mailer-api';

const showsAll = (text: string, count: number): boolean => new RegExp(`(?<! of) ${count} pods`).test(text);

/** Types a filter letter by letter, keeps it, takes it back; milliseconds from each key to its frame. */
const filtering = async (
  screen: Screen,
  count: number,
): Promise<{readonly letters: readonly number[]; readonly cleared: number}> => {
  await screen.keyUntil('/', 'the filter line', (text) => text.includes('/regex/'));
  const letters: number[] = [];
  for (let at = 1; at <= filterText.length; at++) {
    const chip = ` /${filterText.slice(0, at)} `;
    letters.push(await screen.keyUntil(filterText[at - 1]!, `the filter${chip}`, (text) => text.includes(chip)));
    await wait(150);
  }
  await screen.keyUntil('\r', 'the end of typing', (text) => text.includes('? help'));
  await wait(300);
  const cleared = await screen.keyUntil('\x1b', 'all rows again', (text) => showsAll(text, count));
  return {letters, cleared};
};

const pressing = async (screen: Screen): Promise<readonly number[]> => {
  const walls: number[] = [];
  for (let n = 0; n < keysInSeries; n++) {
    // Down and up again within one screenful, at a person's pace with changing gaps.
    walls.push(await screen.keyTo(n < keysInSeries / 2 ? 'j' : 'k', cursorBar));
    await wait(40 + ((n * 37) % 60));
  }
  return walls;
};

/** Pod changes by a process of their own; `until` ends them. */
const churn = (program: Program, seconds: number): Disposable => {
  const child = spawn(
    program.node,
    [
      join(root, 'test/support/cluster/cluster.ts'),
      'churn',
      '--name',
      'bench',
      '--rate',
      String(eventsPerSecond),
      '--seconds',
      String(seconds),
    ],
    {
      stdio: 'ignore',
    },
  );
  return {[Symbol.dispose]: () => void child.kill()};
};

/** All figures of one size. */
export const measure = async (program: Program, count: number, {rounds, say}: Options): Promise<readonly Figure[]> => {
  const facts = await bigCluster(count, say);
  const part = `${count.toLocaleString('en-US')} pods`;
  const figures: Figure[] = [];
  const add = (...args: Parameters<typeof figure> extends [string, ...infer Rest] ? Rest : never): void => {
    const one = figure(part, ...args);
    figures.push(one);
    say(`${one.what}: ${one.value} ${one.unit}${one.of === undefined ? '' : ` (${one.of})`}`);
  };

  // The first start fills the caches of discovery and compiled code, and the API server's own.
  await (await sync(program, facts, count)).screen.quits();
  const plain: Sync[] = [];
  const bare: number[] = [];
  let rest = Number.NaN;
  let memory = {now: Number.NaN, peak: Number.NaN};
  for (let round = 0; round < rounds; round++) {
    const transfer = bareTransfer(program, facts);
    bare.push(transfer.wall);
    const one = await sync(program, facts, count);
    plain.push(one);
    try {
      if (round === rounds - 1) {
        // Texts to search in are made ready behind the list; after that there is nothing to do.
        await wait(5000);
        const before = cpuOf(one.screen.pid);
        await wait(idleSeconds * 1000);
        rest = (cpuOf(one.screen.pid) - before) / (idleSeconds * 10);
        memory = memoryOf(one.screen.pid);
      }
    } finally {
      await one.screen.close();
    }
    say(
      `bare ${transfer.wall.toFixed(0)} ms (${(transfer.bytes / 2 ** 20).toFixed(0)} MiB); first rows ${one.first.toFixed(0)}, all rows ${one.all.toFixed(0)} ms`,
    );
  }
  const all = median(plain.map((one) => one.all));
  const ratio = all / median(bare);
  const list = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(', ');
  add('first rows after start', median(plain.map(({first}) => first)), 'ms', {
    target: 300,
    of: list(plain.map(({first}) => first)),
  });
  add('all rows after start', all, 'ms', {target: 3000, met: all <= 3000 || ratio <= 1.6, of: list(plain.map((one) => one.all))});
  add('all rows, of the bare transfer of the same LIST', ratio, 'x', {
    target: 1.6,
    met: all <= 3000 || ratio <= 1.6,
    of: `bare ${list(bare)} ms; either this or the time`,
  });
  add('resident memory', memory.now, 'MiB', {target: 300, of: `${memory.peak.toFixed(0)} at its highest`});
  add('CPU at rest', rest, '%', {target: 1});

  const file = join(program.folder, 'trace.jsonl');
  rmSync(file, {force: true});
  const {screen, first, all: synced} = await sync(program, facts, count, {KDECK_TRACE: file});
  try {
    await wait(200);
    const stall = stallIn(linesOf(file), first, synced + 200);
    add('longest stall from the first rows to all', stall.wall, 'ms', {
      target: 50,
      of: `${stall.cpu.toFixed(0)} ms of computing in one go`,
    });
    await wait(2000);
    const {letters, cleared} = await filtering(screen, count);
    add('filter applied, worst letter', Math.max(...letters), 'ms', {
      target: 50,
      of: letters.map((one) => one.toFixed(0)).join(' '),
    });
    add('filter cleared', cleared, 'ms', {target: 50});

    // The cursor stayed on its object, which may be at the lower edge: one step more would scroll.
    await screen.keyUntil('g', 'the first row', (text) => text.includes(cursorBar));
    await wait(500);
    using _changes = churn(program, 60);
    await wait(3000);
    const cpuBefore = cpuOf(screen.pid);
    await wait(4000);
    add(`CPU while ${eventsPerSecond} pods a second change`, (cpuOf(screen.pid) - cpuBefore) / 40, '%');
    const before = linesOf(file).length;
    const walls: number[] = [];
    for (let n = 0; n < series; n++) walls.push(percentile(await pressing(screen), 0.95));
    const lines = linesOf(file).slice(before);
    const keys = lines.filter((line) => line.what === 'key');
    const cpus = keys.map(({cpu}) => cpu);
    add('key to write, CPU p95', percentile(cpus, 0.95), 'ms', {
      target: 8,
      of: `p50 ${median(cpus).toFixed(1)}, ${keys.length} keys, ${eventsPerSecond} events/s`,
    });
    add('key to screen, wall p95', Math.min(...walls), 'ms', {
      target: 16,
      of: `best of ${walls.map((wall) => wall.toFixed(1)).join(', ')}; inside the program p95 ${percentile(
        keys.map(({wall}) => wall),
        0.95,
      ).toFixed(1)}`,
    });
    const longest = stallIn(lines, 0, Infinity);
    add('longest stall while pods change', longest.wall, 'ms', {of: `${longest.cpu.toFixed(0)} ms of computing in one go`});
    add('resident memory after that', memoryOf(screen.pid).now, 'MiB', {
      target: 300,
      of: `${memoryOf(screen.pid).peak.toFixed(0)} at its highest`,
    });
  } finally {
    await screen.close();
  }
  return figures;
};
