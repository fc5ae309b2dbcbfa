// Measures how the cache fills and how it follows changes: `node bench/sync.ts --kubeconfig FILE [--context X] [--events 300]`.
// Each figure comes from a fresh process; the bare transfer of the same LIST is taken in the same run, in between.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {monitorEventLoopDelay, performance} from 'node:perf_hooks';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {openWatchCache} from '../src/cache/watch-cache.ts';
import type {LiveList} from '../src/cache/live-list.ts';
import {openCluster} from '../src/operations/connect.ts';
import type {Pod} from '../src/kube/types/wire.ts';
import {resource as pods} from '../src/resources/core/pod/index.ts';

const {values: flags} = parseArgs({
  options: {
    kubeconfig: {type: 'string'},
    context: {type: 'string'},
    namespace: {type: 'string'},
    rounds: {type: 'string', default: '3'},
    events: {type: 'string', default: '0'},
    seconds: {type: 'string', default: '20'},
    json: {type: 'boolean', default: false},
    part: {type: 'string'},
    accept: {type: 'string'},
    compact: {type: 'boolean', default: false},
  },
});

const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const mib = (bytes: number): number => Math.round(bytes / 1024 / 1024);

const connect = () => openCluster({kubeconfig: flags.kubeconfig, context: flags.context}, {transport: 'live', env: process.env});

/** Resident memory as the kernel counts it, at its highest. */
const peakRss = (): number => mib(process.resourceUsage().maxRSS * 1024);

const bare = async (): Promise<object> => {
  const {client} = await connect();
  const start = performance.now();
  const stream = await client.stream({path: '/api/v1/pods', query: {resourceVersion: '0'}, accept: flags.accept ?? PROTOBUF});
  let bytes = 0;
  for await (const chunk of stream.body) bytes += chunk.length;
  const ms = performance.now() - start;
  await client[Symbol.asyncDispose]();
  return {ms, mib: mib(bytes), peak: peakRss()};
};

const live = (list: LiveList<Pod>, until: (list: LiveList<Pod>) => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const look = (): void => {
      if (list.phase.is === 'denied' || list.phase.is === 'stale') reject(list.phase.error);
      else if (until(list)) resolve();
      else return;
      listening[Symbol.dispose]();
    };
    const listening = list.subscribe(look);
    look();
  });

const sync = async (): Promise<object> => {
  const {client} = await connect();
  await using cache = openWatchCache(client);
  const delay = monitorEventLoopDelay({resolution: 1});
  const start = performance.now();
  const cpu = process.cpuUsage();
  // Loads the HTTP client and shakes hands: part of the time, but not of the stalls, which are the list's.
  await client.request({path: '/version'});
  delay.enable();
  const list = cache.open(pods, {namespaces: flags.namespace === undefined ? 'all' : [flags.namespace]});
  await live(list, (each) => each.items.size >= 50 || each.phase.is === 'live');
  const first = performance.now() - start;
  await live(list, (each) => each.phase.is === 'live');
  const all = performance.now() - start;
  delay.disable();
  const spent = process.cpuUsage(cpu);
  const rss = mib(process.memoryUsage.rss());
  const result = {
    rows: list.items.size,
    first,
    all,
    cpu: (spent.user + spent.system) / 1000,
    stall: delay.max / 1e6,
    rss,
    peak: peakRss(),
    heap: 0,
    following: undefined as object | undefined,
  };
  if (globalThis.gc !== undefined) {
    globalThis.gc();
    result.heap = mib(process.memoryUsage().heapUsed);
  }
  if (Number(flags.events) > 0) result.following = await follow(list);
  await client[Symbol.asyncDispose]();
  return result;
};

/** CPU and loop delay while somebody else changes pods; the changes come from a process of their own. */
const follow = async (list: LiveList<Pod>): Promise<object> => {
  const {spawn} = await import('node:child_process');
  const changer = spawn(process.execPath, [fileURLToPath(import.meta.url), '--part', 'change', ...passOn()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => changer.stdout.once('data', resolve));
  const idler = spawn(process.execPath, [fileURLToPath(import.meta.url), '--part', 'idle', ...passOn()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const idleText: string[] = [];
  idler.stdout.on('data', (text: Buffer) => idleText.push(text.toString()));
  const idled = new Promise((resolve) => idler.once('close', resolve));
  const delay = monitorEventLoopDelay({resolution: 10});
  let changed = 0;
  let releases = 0;
  using _listening = list.subscribe((change) => {
    changed += change.changed.size;
    releases++;
  });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await new Promise((resolve) => changer.once('exit', resolve));
  const seconds = (performance.now() - start) / 1000;
  const spent = process.cpuUsage(cpu);
  delay.disable();
  await idled;
  const nothing = JSON.parse(idleText.join('')) as {readonly p99: number; readonly longest: number};
  return {
    changed,
    releases,
    seconds,
    cpuPercent: (spent.user + spent.system) / 1e4 / seconds,
    p99: delay.percentile(99) / 1e6,
    longest: delay.max / 1e6,
    p99OfAnIdleProcess: nothing.p99,
    longestOfAnIdleProcess: nothing.longest,
    rss: mib(process.memoryUsage.rss()),
    phase: list.phase.is,
  };
};

/** The loop delay of a process that does nothing: what the machine itself adds at the moment. */
const idle = async (): Promise<object> => {
  const delay = monitorEventLoopDelay({resolution: 10});
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, Number(flags.seconds) * 1000));
  return {p99: delay.percentile(99) / 1e6, longest: delay.max / 1e6};
};

const change = async (): Promise<object> => {
  const {client} = await connect();
  const listed = (await client.request({path: '/api/v1/pods', query: {limit: 2000}})).json<{items: Pod[]}>();
  process.stdout.write('ready\n');
  const perSecond = Number(flags.events);
  const total = perSecond * Number(flags.seconds);
  const start = performance.now();
  const running = new Set<Promise<unknown>>();
  for (let sent = 0; sent < total; sent++) {
    const {name, namespace} = (listed.items[sent % listed.items.length] as Pod).metadata;
    const request = client
      .request({
        method: 'PATCH',
        path: `/api/v1/namespaces/${namespace}/pods/${name}/status`,
        contentType: 'application/merge-patch+json',
        body: {status: {message: `change ${sent} at ${Date.now()}`}},
      })
      .finally(() => running.delete(request));
    running.add(request);
    const early = (sent * 1000) / perSecond - (performance.now() - start);
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    else if (running.size > 64) await Promise.race(running);
  }
  await Promise.all(running);
  await client[Symbol.asyncDispose]();
  return {sent: total, seconds: (performance.now() - start) / 1000};
};

const passOn = (): string[] => [
  ...(flags.kubeconfig === undefined ? [] : ['--kubeconfig', flags.kubeconfig]),
  ...(flags.context === undefined ? [] : ['--context', flags.context]),
  ...(flags.namespace === undefined ? [] : ['--namespace', flags.namespace]),
  '--events',
  flags.events,
  '--seconds',
  flags.seconds,
];

/** A bundle, as people run kdeck: stripping types at run time would cost memory that is not the cache's. */
const bundle = async (): Promise<string> => {
  const {buildSync} = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'kdeck-bench-'));
  buildSync({
    entryPoints: [fileURLToPath(import.meta.url)],
    outdir: folder,
    outExtension: {'.js': '.mjs'},
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: ['esbuild'],
    banner: {js: "import {createRequire} from 'node:module';const require = createRequire(import.meta.url);"},
  });
  return folder;
};

const inFreshProcess = (folder: string, part: string, extra: readonly string[] = []): unknown => {
  const done = spawnSync(process.execPath, ['--expose-gc', join(folder, 'sync.mjs'), '--part', part, ...passOn(), ...extra], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (done.status !== 0) throw new Error(`${part} ended with ${done.status}`);
  return JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '');
};

type Round = {
  readonly bare: {readonly ms: number; readonly mib: number; readonly peak: number};
  readonly sync: {
    readonly rows: number;
    readonly first: number;
    readonly all: number;
    readonly cpu: number;
    readonly stall: number;
    readonly rss: number;
    readonly peak: number;
    readonly heap: number;
  };
};

const main = async (): Promise<void> => {
  const folder = await bundle();
  const rounds: Round[] = [];
  for (let round = 0; round < Number(flags.rounds); round++) {
    // Events are measured once: the same process goes on from a filled cache.
    const events = round === 0 ? [] : ['--events', '0'];
    rounds.push({bare: inFreshProcess(folder, 'bare'), sync: inFreshProcess(folder, 'sync', events)} as Round);
  }
  rmSync(folder, {recursive: true, force: true});
  if (flags.json) return void process.stdout.write(`${JSON.stringify(rounds, null, 2)}\n`);
  console.table(
    rounds.map(({bare, sync}) => ({
      rows: sync.rows,
      'first rows ms': Math.round(sync.first),
      'all rows ms': Math.round(sync.all),
      'bare transfer ms': Math.round(bare.ms),
      'bare MiB': bare.mib,
      'bare peak RSS MiB': bare.peak,
      ratio: Number((sync.all / bare.ms).toFixed(2)),
      'CPU ms': Math.round(sync.cpu),
      'stall ms': Number(sync.stall.toFixed(1)),
      'RSS MiB': sync.rss,
      'peak RSS MiB': sync.peak,
      'heap MiB': sync.heap,
    })),
  );
  const following = (rounds[0]?.sync as {following?: object} | undefined)?.following;
  if (following !== undefined) console.table(following);
};

const parts: Readonly<Record<string, () => Promise<object>>> = {bare, sync, change, idle};
const part = parts[flags.part ?? ''];
if (part === undefined) await main();
else process.stdout.write(`${JSON.stringify(await part())}\n`);
