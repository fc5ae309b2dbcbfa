// All live lists of one cluster: opens them once, shares them, closes them a while after the last reader left.
import {KdeckError} from '../base/errors.ts';
import {pathOf, type KubeClient} from '../kube/client.ts';
import type {Codec} from '../kube/decode/codec.ts';
import {objectCodec} from '../kube/decode/object-codec.ts';
import {tableCodec} from '../kube/decode/table-codec.ts';
import {apiVersionOf, type KubeObject, type ResourceRef, type TableColumn} from '../kube/types/object.ts';
import type {ReflectorTiming} from '../kube/watch/timing.ts';
import {FULL} from '../kube/watch/verdict.ts';
import type {ResourceKind} from '../resources/kind.ts';
import type {LiveList, LiveTable, Scope, TableObject, WatchCache} from './live-list.ts';
import {ScopedList, ScopedTable} from './scoped-list.ts';
import {SharedList} from './shared-list.ts';

/** How a cache behaves; everything has a default. */
export type CacheOptions = {
  /** Milliseconds a list stays open after its last reader left; 2 minutes. */
  readonly grace?: number;
  /** Rows of all lists together; 300,000. */
  readonly maxRows?: number;
  /** Namespaces to try one by one when a list of the whole cluster is denied: from the context, flags, config, earlier successes. Names in use are added to them. */
  readonly candidateNamespaces?: () => readonly string[];
  /** Told once of each namespace in which something was found: worth remembering for the next time. */
  readonly onFound?: (namespace: string) => void;
  readonly now?: () => Date;
  readonly timing?: ReflectorTiming;
};

const DEFAULT_GRACE = 120_000;
const DEFAULT_MAX_ROWS = 300_000;

/** A cache over a client. Closing it ends every watch; the client stays open. */
export const openWatchCache = (client: KubeClient, options: CacheOptions = {}): ClusterCache => new ClusterCache(client, options);

type AnyList = SharedList<any>;
type TableHead = {columns: readonly TableColumn[]};

/** The one implementation of `WatchCache`. */
export class ClusterCache implements WatchCache {
  readonly #client: KubeClient;
  readonly #options: CacheOptions;
  readonly #lists = new Map<string, AnyList>();
  readonly #heads = new WeakMap<AnyList, TableHead>();
  readonly #open = new Set<ScopedList<any>>();
  readonly #suggested = new Set<string>();
  readonly #found = new Set<string>();
  #rows = 0;

  constructor(client: KubeClient, options: CacheOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Rows held at the moment, over all lists. */
  get rows(): number {
    return this.#rows;
  }

  /** Every list that is open, with or without a reader; for views that answer from what is already here. */
  get lists(): Iterable<AnyList> {
    return this.#lists.values();
  }

  open<T extends KubeObject>(kind: ResourceKind<T>, scope: Scope): LiveList<T> {
    const list = new ScopedList<T>({
      ...this.#where(scope, kind.namespaced),
      open: (namespace) =>
        this.#shared<T>(kind.ref, kind.keep, namespace, scope, () =>
          objectCodec<T>({ref: kind.ref, kind: kind.kind, keep: kind.keep}),
        ),
    });
    this.#open.add(list);
    return list;
  }

  openTable(ref: ResourceRef & {readonly namespaced?: boolean}, scope: Scope): LiveTable {
    const used: AnyList[] = [];
    const open = (namespace: string): SharedList<TableObject> => {
      const head: TableHead = {columns: []};
      const shared = this.#shared<TableObject>(ref, undefined, namespace, scope, () =>
        tableCodec(ref, (columns) => (head.columns = columns)),
      );
      if (!this.#heads.has(shared)) this.#heads.set(shared, head);
      used.push(shared);
      return shared;
    };
    const list = new ScopedTable({...this.#where(scope, ref.namespaced ?? true), open}, () => {
      const found = used.map((shared) => this.#heads.get(shared)?.columns ?? []).find((each) => each.length > 0) ?? [];
      return found.map(({name, type, priority, format, description}) => ({
        name,
        type,
        wide: (priority ?? 0) > 0,
        ...(format === undefined || format === '' ? {} : {format}),
        ...(description === undefined || description === '' ? {} : {description}),
      }));
    });
    this.#open.add(list);
    return list;
  }

  retryNow(): void {
    for (const list of this.#lists.values()) list.retryNow();
    for (const list of this.#open) list.retryNow();
  }

  candidates(): readonly string[] {
    return [...new Set([...(this.#options.candidateNamespaces?.() ?? []), ...this.#suggested])];
  }

  suggest(namespaces: readonly string[]): void {
    const before = this.#suggested.size;
    for (const namespace of namespaces) if (namespace !== '') this.#suggested.add(namespace);
    if (this.#suggested.size > before) for (const list of this.#open) list.lookAround();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const list of this.#open) list[Symbol.dispose]();
    for (const list of this.#lists.values()) list.close();
  }

  #where(scope: Scope, namespaced: boolean) {
    const namespaces = !namespaced || scope.namespaces === 'all' ? [''] : scope.namespaces;
    // A name somebody asked for is a name to try.
    if (namespaced && scope.namespaces !== 'all') this.suggest(scope.namespaces);
    return {
      namespaces,
      candidates: namespaced && scope.namespaces === 'all' ? () => this.candidates() : undefined,
      onClose: (list: ScopedList<any>) => void this.#open.delete(list),
      onFound: (namespace: string) => {
        if (this.#found.has(namespace)) return;
        this.#found.add(namespace);
        this.#options.onFound?.(namespace);
      },
    };
  }

  #shared<T extends KubeObject>(
    ref: ResourceRef,
    keep: readonly string[] | undefined,
    namespace: string,
    scope: Scope,
    codec: () => Codec<T>,
  ): SharedList<T> {
    const key = JSON.stringify([
      apiVersionOf(ref),
      ref.plural,
      keep ?? 'table',
      namespace,
      scope.labelSelector ?? '',
      scope.fieldSelector ?? '',
    ]);
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list: SharedList<T> = new SharedList<T>({
      client: this.#client,
      ref,
      path: pathOf(ref, {namespace: namespace === '' ? undefined : namespace}),
      namespace,
      selectors: {labelSelector: scope.labelSelector, fieldSelector: scope.fieldSelector},
      codec: codec(),
      keepsFields: keep !== undefined,
      budget: {add: (rows) => this.#count(rows)},
      now: this.#options.now ?? (() => new Date()),
      timing: this.#options.timing,
      grace: this.#options.grace ?? DEFAULT_GRACE,
      onClose: () => this.#lists.delete(key),
    });
    this.#lists.set(key, list);
    return list;
  }

  // Lists nobody reads give way first.
  #count(rows: number): void {
    const most = this.#options.maxRows ?? DEFAULT_MAX_ROWS;
    if (rows > 0 && this.#rows + rows > most) for (const list of this.#lists.values()) if (list.idle) list.close();
    if (rows > 0 && this.#rows + rows > most) {
      throw new KdeckError(
        FULL,
        `kdeck already holds ${this.#rows} objects and stops here so that memory stays bounded: this list is not complete.`,
        {
          tryThis: ['open one namespace instead of all', 'raise cache.maxRows in config.yaml'],
        },
      );
    }
    this.#rows += rows;
  }
}
