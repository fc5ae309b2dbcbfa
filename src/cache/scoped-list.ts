// What a reader holds: one or several shared lists seen as one, with a phase for each namespace and one for all.
import type {KdeckError} from '../base/errors.ts';
import type {KubeObject} from '../kube/types/object.ts';
import {Batcher} from './batcher.ts';
import type {Change, IndexName, Instead, LiveList, LiveTable, Phase, TableObject} from './live-list.ts';
import {MergedMap} from './merged-map.ts';
import type {SharedList} from './shared-list.ts';

/** Opens the shared list of one namespace; '' is the whole cluster. */
export type OpenPart<T extends KubeObject> = (namespace: string) => SharedList<T>;

/** How a reader's namespaces are chosen. */
export type ScopedListOptions<T extends KubeObject> = {
  readonly open: OpenPart<T>;
  /** One entry each; `['']` is the whole cluster. */
  readonly namespaces: readonly string[];
  /** Namespaces to look at one by one when the whole cluster may not be listed; undefined where that makes no sense. */
  readonly candidates: (() => readonly string[]) | undefined;
  readonly onClose: (list: ScopedList<T>) => void;
  /** Objects of a namespace were listed, by itself. */
  readonly onFound: (namespace: string) => void;
};

type Part<T extends KubeObject> = {readonly list: SharedList<T>; readonly subscription: Disposable};

/** A live list over its parts. Created by the cache, closed by its reader. */
export class ScopedList<T extends KubeObject> implements LiveList<T> {
  readonly #options: ScopedListOptions<T>;
  readonly #wanted = new Map<string, Part<T>>();
  /** In use while the whole cluster is denied. */
  readonly #substitutes = new Map<string, Part<T>>();
  readonly #batcher = new Batcher(() => this.#collect());
  #items: ReadonlyMap<string, T> = new Map();
  #changed = new Set<string>();
  #removed = new Set<string>();
  #reset = false;
  #revision = 0;
  /** Why the whole cluster is not shown; kept while it is asked again. */
  #denial: KdeckError | undefined;
  #closed = false;

  constructor(options: ScopedListOptions<T>) {
    this.#options = options;
    for (const namespace of options.namespaces) this.#add(this.#wanted, namespace);
    if (!this.#arrange()) this.#combine();
  }

  get phase(): Phase {
    return phaseOf(this.#parts().map(({list}) => list.store.phase));
  }

  get phases(): ReadonlyMap<string, Phase> {
    const parts = this.#parts();
    if (parts.length < 2 && this.#substitutes.size === 0) return new Map();
    return new Map(parts.map(({list}) => [list.namespace, list.store.phase]));
  }

  get instead(): Instead | undefined {
    return this.#denial === undefined ? undefined : {namespaces: [...this.#substitutes.keys()], error: this.#denial};
  }

  get items(): ReadonlyMap<string, T> {
    return this.#items;
  }

  get revision(): number {
    return this.#revision;
  }

  by(index: IndexName, key: string): readonly T[] {
    const parts = this.#parts();
    const only = parts[0];
    return parts.length === 1 && only !== undefined
      ? only.list.store.by(index, key)
      : parts.flatMap(({list}) => list.store.by(index, key));
  }

  subscribe(listener: (change: Change) => void): Disposable {
    return this.#batcher.subscribe(listener);
  }

  retryNow(): void {
    for (const {list} of [...this.#wanted.values(), ...this.#substitutes.values()]) list.retryNow();
    this.#arrange();
  }

  /** Somebody may have named a namespace in the meantime. */
  lookAround(): void {
    this.#arrange();
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClose(this);
    this.#batcher.close();
    for (const parts of [this.#wanted, this.#substitutes]) this.#clear(parts);
  }

  #single(): boolean {
    return this.#substitutes.size === 0 && this.#wanted.size === 1;
  }

  #parts(): readonly Part<T>[] {
    return [...(this.#substitutes.size > 0 ? this.#substitutes : this.#wanted).values()];
  }

  #add(to: Map<string, Part<T>>, namespace: string): void {
    if (to.has(namespace)) return;
    const list = this.#options.open(namespace);
    list.retain();
    to.set(namespace, {list, subscription: list.store.subscribe((change) => this.#hear(list, change))});
  }

  #clear(parts: Map<string, Part<T>>): void {
    for (const {list, subscription} of parts.values()) {
      subscription[Symbol.dispose]();
      list.release();
    }
    parts.clear();
  }

  #hear(list: SharedList<T>, change: Change): void {
    if (list.namespace !== '' && list.store.items.size > 0) this.#options.onFound(list.namespace);
    if (this.#options.candidates !== undefined && list.namespace === '' && this.#arrange()) return;
    if (this.#substitutes.size > 0 && list.namespace === '') return;
    this.#reset ||= change.reset;
    for (const uid of change.changed) {
      this.#changed.add(uid);
      this.#removed.delete(uid);
    }
    for (const uid of change.removed) {
      this.#removed.add(uid);
      this.#changed.delete(uid);
    }
    // The part has already waited for its turn; several parts share one rhythm.
    if (this.#single()) this.#batcher.release();
    else this.#batcher.touch();
  }

  /** Goes over to single namespaces when the cluster as a whole is denied, and back when it is not. True when that happened. */
  #arrange(): boolean {
    const whole = this.#wanted.get('');
    const before = this.#substitutes.size;
    if (whole !== undefined && this.#options.candidates !== undefined) {
      const {phase} = whole.list.store;
      if (phase.is === 'denied') {
        this.#denial = phase.error;
        for (const namespace of this.#options.candidates()) this.#add(this.#substitutes, namespace);
      } else if (phase.is === 'live' || phase.is === 'absent') {
        this.#denial = undefined;
        this.#clear(this.#substitutes);
      }
    }
    if (before === this.#substitutes.size) return false;
    this.#combine();
    this.#reset = true;
    this.#batcher.touch();
    return true;
  }

  #combine(): void {
    const maps = this.#parts().map(({list}) => list.store.items);
    this.#items = maps.length === 1 && maps[0] !== undefined ? maps[0] : new MergedMap(maps);
  }

  #collect(): Change {
    const change = {reset: this.#reset, changed: this.#changed, removed: this.#removed};
    this.#reset = false;
    this.#changed = new Set();
    this.#removed = new Set();
    this.#revision++;
    return change;
  }
}

/** A live list of server's rows with the server's columns. */
export class ScopedTable extends ScopedList<TableObject> implements LiveTable {
  readonly #columns: () => LiveTable['columns'];

  constructor(options: ScopedListOptions<TableObject>, columns: () => LiveTable['columns']) {
    super(options);
    this.#columns = columns;
  }

  get columns(): LiveTable['columns'] {
    return this.#columns();
  }
}

/** One phase for several: trouble first, then progress; a denied namespace only counts when there is nothing else. */
export const phaseOf = (phases: readonly Phase[]): Phase => {
  const [first] = phases;
  if (first !== undefined && phases.length === 1) return first;
  const stale = phases.find((phase) => phase.is === 'stale');
  if (stale !== undefined) return stale;
  const loading = phases.filter((phase) => phase.is === 'loading');
  if (loading.length > 0) return {is: 'loading', received: loading.reduce((sum, {received}) => sum + received, 0)};
  return phases.find((phase) => phase.is === 'live') ?? phases.find((phase) => phase.is === 'denied') ?? first ?? {is: 'live'};
};
