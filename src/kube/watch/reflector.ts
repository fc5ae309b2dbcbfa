// Keeps a picture of one list up to date: lists, watches, resumes, and tells how things stand. It holds no objects itself.
import {KdeckError, messageOf} from '../../base/errors.ts';
import type {KubeClient} from '../client.ts';
import type {Codec, WatchEvent} from '../decode/codec.ts';
import {FirstScreen} from '../list/first-screen.ts';
import {readList} from '../list/list.ts';
import {holdYoungGeneration} from '../list/young-generation.ts';
import {StatusError} from '../status-error.ts';
import type {KubeObject, ListMeta} from '../types/object.ts';
import {BackOff} from './back-off.ts';
import {TIMING, type ReflectorTiming} from './timing.ts';
import {verdictOn} from './verdict.ts';
import {readWatch} from './watch.ts';

/** Where a reflector brings what it learns. A throw from one of the first four is treated like trouble on the wire. */
export interface ReflectorSink<T extends KubeObject> {
  /** A whole list begins: what `listed` does not name again before `listEnds` is gone. */
  listBegins(): void;
  listed(items: readonly T[]): void;
  listEnds(): Promise<void>;
  changed(events: readonly ChangeEvent<T>[]): void;
  live(): void;
  stale(error: KdeckError): void;
  denied(error: KdeckError): void;
  absent(): void;
}

export type ChangeEvent<T> = Extract<WatchEvent<T>, {readonly object: T}>;

/** What to reflect. */
export type ReflectorOptions<T extends KubeObject> = {
  readonly client: KubeClient;
  readonly path: string;
  readonly selectors: {readonly labelSelector?: string | undefined; readonly fieldSelector?: string | undefined};
  readonly codec: Codec<T>;
  readonly sink: ReflectorSink<T>;
  readonly timing?: ReflectorTiming;
  readonly random?: () => number;
};

// The first page is for the eye; a list that fits in it needs no second request.
const FIRST_PAGE = 500;
// A server that restarts may say 403 or 404 for a moment; a list that was live believes it at the third time.
const BELIEVE_AFTER = 3;

/** One list and watch. Create it, `start` it, `close` it; it never throws and never gives up. */
export class Reflector<T extends KubeObject> implements Disposable {
  readonly #options: ReflectorOptions<T>;
  readonly #timing: ReflectorTiming;
  readonly #random: () => number;
  readonly #retry: BackOff;
  readonly #slowRetry: BackOff;
  readonly #closed = new AbortController();
  #codec: Codec<T>;
  /** Where to watch from; undefined: list first. */
  #version: string | undefined;
  /** How fresh a list must at least be; '0' takes what the server has at hand, undefined asks for the very latest. */
  #listFrom: string | undefined = '0';
  #firstPageDone = false;
  #wasLive = false;
  #isLive = false;
  #polled = false;
  #refusals = 0;
  #watchRefusals = 0;
  #openedAt: number | undefined;
  #lastListAt = Number.NEGATIVE_INFINITY;
  #wake: (() => void) | undefined;
  #grace: NodeJS.Timeout | undefined;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#timing = options.timing ?? TIMING;
    this.#random = options.random ?? Math.random;
    this.#retry = new BackOff(this.#timing.retry, this.#random);
    this.#slowRetry = new BackOff(this.#timing.slowRetry, this.#random);
    this.#codec = options.codec;
  }

  /** Begins; runs until closed. */
  start(): void {
    const slow = new KdeckError('KD-SERVER-SLOW', 'The server has not answered yet.', {tryThis: ['kubectl cluster-info']});
    this.#startGrace(slow, this.#timing.slow);
    void this.#run();
  }

  /** Ends a wait now: the network is back, the login was renewed, or a person asks. */
  retryNow(): void {
    this.#retry.reset();
    this.#slowRetry.reset();
    this.#wake?.();
  }

  [Symbol.dispose](): void {
    this.#closed.abort();
    clearTimeout(this.#grace);
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      try {
        if (this.#version === undefined) await this.#list();
        if (this.#polled) {
          await this.#sleep(this.#timing.poll * (1 + this.#random() / 10));
          this.#version = undefined;
        } else await this.#watch();
      } catch (error) {
        if (!this.#closed.signal.aborted) await this.#recover(error);
      }
    }
  }

  async #list(): Promise<void> {
    this.#lastListAt = performance.now();
    if (!this.#firstPageDone) {
      const page = await this.#readList({limit: FIRST_PAGE});
      this.#firstPageDone = true;
      if ((page.continue ?? '') === '') return this.#listed(page.resourceVersion);
    }
    const held = holdYoungGeneration();
    try {
      const whole = await this.#readList(this.#listFrom === undefined ? {} : {resourceVersion: this.#listFrom});
      await this.#listed(whole.resourceVersion);
    } finally {
      held[Symbol.dispose]();
    }
  }

  async #readList(query: {readonly limit?: number; readonly resourceVersion?: string}): Promise<ListMeta> {
    const {client, path, selectors, sink} = this.#options;
    sink.listBegins();
    const first = new FirstScreen<T>((items) => sink.listed(items));
    const deliver =
      query.limit === undefined ? (items: readonly T[]) => sink.listed(items) : (items: readonly T[]) => first.add(items);
    const metadata = await readList(client, {
      path,
      query: {...selectors, ...query},
      codec: this.#codec,
      signal: this.#closed.signal,
      silence: this.#timing.listSilence,
      answerWithin: this.#timing.listAnswer,
      onItems: (items) => {
        this.#stopGrace();
        deliver(items);
      },
    });
    first.flush();
    return metadata;
  }

  async #listed(resourceVersion: string | undefined): Promise<void> {
    await this.#options.sink.listEnds();
    this.#version = resourceVersion ?? '';
    // Without a version there is nothing to watch from.
    if (this.#version === '') this.#polled = true;
    else this.#listFrom = this.#version;
    this.#nowLive();
    if (this.#polled) this.#retry.reset();
  }

  async #watch(): Promise<void> {
    const {client, path, selectors} = this.#options;
    const [from, to] = this.#timing.watchSeconds;
    this.#openedAt = undefined;
    await readWatch(client, {
      path,
      query: selectors,
      resourceVersion: this.#version ?? '',
      timeoutSeconds: Math.round(from + (to - from) * this.#random()),
      codec: this.#codec,
      signal: this.#closed.signal,
      silence: this.#timing.watchSilence,
      answerWithin: this.#timing.watchAnswer,
      onOpen: () => {
        this.#openedAt = performance.now();
        this.#watchRefusals = 0;
        this.#nowLive();
      },
      onEvents: (events) => this.#take(events),
    });
    if (this.#lived() < this.#timing.shortWatch) throw new KdeckError('KD-WATCH-SHORT', 'The server keeps ending the watch.');
    this.#retry.reset();
  }

  #lived(): number {
    return this.#openedAt === undefined ? 0 : performance.now() - this.#openedAt;
  }

  #take(events: readonly WatchEvent<T>[]): void {
    const changes: ChangeEvent<T>[] = [];
    let version = this.#version;
    let failed: StatusError | undefined;
    for (const event of events) {
      if (event.type === 'ERROR') {
        failed = new StatusError(event.status);
        break;
      }
      if (event.type !== 'BOOKMARK') changes.push(event);
      const seen = event.type === 'BOOKMARK' ? event.resourceVersion : event.object.metadata.resourceVersion;
      if (seen !== undefined && seen !== '') version = seen;
    }
    if (changes.length > 0) {
      // Until the sink has taken them they must not be skipped by a resume.
      this.#version = undefined;
      this.#options.sink.changed(changes);
    }
    this.#version = version;
    if (version !== undefined) this.#listFrom = version;
    if (failed !== undefined) throw failed;
  }

  #nowLive(): void {
    this.#stopGrace();
    this.#refusals = 0;
    this.#slowRetry.reset();
    this.#wasLive = true;
    if (this.#isLive) return;
    this.#isLive = true;
    this.#options.sink.live();
  }

  async #recover(thrown: unknown): Promise<void> {
    const during = this.#version === undefined ? 'list' : 'watch';
    const verdict = verdictOn(thrown, during);
    const broke = this.#isLive && this.#lived() > 0;
    if (this.#lived() >= this.#timing.shortWatch) this.#retry.reset();
    this.#openedAt = undefined;
    if (verdict.listAgain) this.#version = undefined;
    if (verdict.forgetVersion) this.#listFrom = undefined;

    switch (verdict.is) {
      case 'simpler':
        if (this.#codec.simpler !== undefined) {
          this.#codec = this.#codec.simpler;
          return undefined;
        }
        break;
      case 'unwatchable':
        this.#polled = true;
        return undefined;
      case 'expired':
        // Twice in a row means that something is wrong with this server's versions: then it is treated as trouble.
        if (performance.now() - this.#lastListAt > this.#timing.shortWatch) return undefined;
        break;
      case 'full':
        this.#nowStale(errorOf(thrown));
        return this.#sleep(this.#slowRetry.next());
      case 'denied':
      case 'absent':
        if (during === 'watch') {
          // Only a list tells whether all is lost; one who may list but not watch is served by lists.
          if (++this.#watchRefusals > 1) this.#polled = true;
          this.#version = undefined;
          break;
        }
        if (!this.#wasLive || ++this.#refusals >= BELIEVE_AFTER) return this.#refused(verdict.is, errorOf(thrown));
        break;
      case 'trouble':
        break;
    }
    const error = errorOf(thrown);
    // A cut watch is opened again at once, and nobody needs to hear of it when that works.
    if (broke && this.#retry.failures === 0) this.#startGrace(error, this.#timing.grace);
    else this.#nowStale(error);
    const wait = this.#retry.next();
    await this.#sleep(Math.max(broke && this.#retry.failures === 1 ? wait / 4 : wait, verdict.retryAfter));
  }

  async #refused(is: 'denied' | 'absent', error: KdeckError): Promise<void> {
    this.#stopGrace();
    this.#isLive = false;
    this.#wasLive = false;
    this.#version = undefined;
    this.#listFrom = '0';
    this.#firstPageDone = false;
    if (is === 'denied') this.#options.sink.denied(error);
    else this.#options.sink.absent();
    await this.#sleep(this.#slowRetry.next());
  }

  #nowStale(error: KdeckError): void {
    this.#stopGrace();
    this.#isLive = false;
    this.#options.sink.stale(error);
  }

  #startGrace(error: KdeckError, after: number): void {
    this.#stopGrace();
    this.#grace = setTimeout(() => this.#nowStale(error), after);
  }

  #stopGrace(): void {
    clearTimeout(this.#grace);
    this.#grace = undefined;
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = done;
      if (this.#closed.signal.aborted) done();
    });
  }
}

const errorOf = (thrown: unknown): KdeckError =>
  thrown instanceof KdeckError ? thrown : new KdeckError('KD-CONNECTION-FAILED', messageOf(thrown), {cause: thrown});
