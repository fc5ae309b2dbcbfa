// The objects of one list by uid. What a reflector brings is collected and becomes visible, all at once, with the next release.
import {isDeepStrictEqual} from 'node:util';
import type {KdeckError} from '../base/errors.ts';
import {Breather} from '../kube/decode/breather.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {ChangeEvent, ReflectorSink} from '../kube/watch/reflector.ts';
import {Batcher} from './batcher.ts';
import {Indexes} from './indexes.ts';
import type {Change, IndexName, Phase} from './live-list.ts';

/** Counts rows over all stores of a cache; throws when there may be no more. */
export type RowBudget = {readonly add: (rows: number) => void};

/** One list's objects and phase. Readers see a picture that only changes with a release. */
export class Store<T extends KubeObject> implements ReflectorSink<T> {
  readonly #budget: RowBudget;
  readonly #now: () => Date;
  readonly #items = new Map<string, T>();
  readonly #indexes = new Indexes<T>();
  readonly #batcher = new Batcher(() => this.#apply());
  /** The last thing that happened to each uid; undefined: it is gone. */
  readonly #pending = new Map<string, T | undefined>();
  /** Uids a running list has not named yet. */
  #unseen = new Set<string>();
  /** Rows counted against the budget: visible and pending ones. */
  #rows = 0;
  #reset = false;
  #phase: Phase = {is: 'loading', received: 0};
  #nextPhase: Phase = this.#phase;
  #wasLive = false;
  #revision = 0;

  constructor(budget: RowBudget, now: () => Date) {
    this.#budget = budget;
    this.#now = now;
  }

  get items(): ReadonlyMap<string, T> {
    return this.#items;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get revision(): number {
    return this.#revision;
  }

  by(name: IndexName, key: string): readonly T[] {
    return this.#indexes.by(this.#items, name, key);
  }

  subscribe(listener: (change: Change) => void): Disposable {
    return this.#batcher.subscribe(listener);
  }

  close(): void {
    this.#batcher.close();
    this.#budget.add(-this.#rows);
    this.#rows = 0;
  }

  listBegins(): void {
    this.#unseen = new Set(this.#items.keys());
    for (const [uid, object] of this.#pending) {
      if (object === undefined) this.#unseen.delete(uid);
      else this.#unseen.add(uid);
    }
  }

  listed(items: readonly T[]): void {
    for (const object of items) {
      const uid = uidOf(object);
      this.#unseen.delete(uid);
      this.#put(uid, object);
    }
    if (!this.#wasLive) this.#turn({is: 'loading', received: this.#rows});
  }

  async listEnds(): Promise<void> {
    const breather = new Breather();
    for (const uid of this.#unseen) {
      this.#remove(uid);
      if (breather.due()) await breather.pause();
    }
    this.#unseen = new Set();
  }

  changed(events: readonly ChangeEvent<T>[]): void {
    for (const {type, object} of events) {
      const uid = uidOf(object);
      if (type === 'DELETED') this.#remove(uid);
      else this.#put(uid, object);
    }
  }

  live(): void {
    this.#wasLive = true;
    this.#turn({is: 'live'});
  }

  stale(error: KdeckError): void {
    const {is} = this.#nextPhase;
    const since = is === 'stale' ? this.#nextPhase.since : this.#now();
    this.#turn({is: 'stale', since, error});
  }

  denied(error: KdeckError): void {
    this.#empty();
    this.#turn({is: 'denied', error});
  }

  absent(): void {
    this.#empty();
    this.#turn({is: 'absent'});
  }

  #latest(uid: string): T | undefined {
    const waiting = this.#pending.get(uid);
    if (waiting !== undefined) return waiting;
    const shown = this.#items.get(uid);
    return shown !== undefined && this.#pending.has(uid) ? undefined : shown;
  }

  #put(uid: string, object: T): void {
    const known = this.#latest(uid);
    if (known === undefined) {
      this.#budget.add(1);
      this.#rows++;
    } else if (isSame(known, object)) return;
    this.#pending.set(uid, object);
    this.#batcher.touch();
  }

  #remove(uid: string): void {
    if (this.#latest(uid) === undefined) return;
    this.#budget.add(-1);
    this.#rows--;
    if (this.#items.has(uid)) this.#pending.set(uid, undefined);
    else this.#pending.delete(uid);
    this.#batcher.touch();
  }

  // Nothing of a list that may not be seen any more stays behind.
  #empty(): void {
    this.#wasLive = false;
    if (this.#rows === 0) return;
    this.#pending.clear();
    for (const uid of this.#items.keys()) this.#pending.set(uid, undefined);
    this.#budget.add(-this.#rows);
    this.#rows = 0;
    this.#reset = true;
  }

  #turn(phase: Phase): void {
    const before = this.#nextPhase;
    this.#nextPhase = phase;
    if (before.is !== phase.is || phase.is !== 'live') this.#batcher.touch();
  }

  #apply(): Change {
    const changed = new Set<string>();
    const removed = new Set<string>();
    for (const [uid, object] of this.#pending) {
      const before = this.#items.get(uid);
      if (object === undefined) {
        this.#items.delete(uid);
        removed.add(uid);
      } else {
        this.#items.set(uid, object);
        changed.add(uid);
      }
      this.#indexes.replaced(uid, before, object);
    }
    this.#pending.clear();
    const reset = this.#reset;
    this.#reset = false;
    this.#phase = this.#nextPhase;
    this.#revision++;
    return {reset, changed, removed};
  }
}

/** The key of an object in a store. Computed types such as pod metrics have no uid. */
export const uidOf = (object: KubeObject): string =>
  object.metadata.uid ?? `${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`;

// The version says whether anything changed; computed types have none and are compared as a whole.
const isSame = (known: KubeObject, object: KubeObject): boolean => {
  const version = object.metadata.resourceVersion;
  return version === undefined || version === '' ? isDeepStrictEqual(known, object) : known.metadata.resourceVersion === version;
};
