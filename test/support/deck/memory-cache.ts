// A live cache in memory that tests fill by hand: same contract as the real one, no cluster.
import type {Change, IndexName, LiveList, LiveTable, Phase, Scope, TableObject, WatchCache} from '../../../src/cache/live-list.ts';
import type {KubeObject, ResourceRef} from '../../../src/kube/types/object.ts';
import {kindKey} from '../../../src/resources/kind.ts';
import type {ResourceKind} from '../../../src/resources/kind.ts';
import {matchesLabels, parseLabelSelector} from '../../../src/base/selectors/label.ts';

class MemoryList<T extends KubeObject> implements LiveList<T> {
  phase: Phase = {is: 'live'};
  readonly phases: ReadonlyMap<string, Phase> = new Map();
  readonly instead = undefined;
  items: Map<string, T> = new Map();
  revision = 0;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly columns: LiveTable['columns'];
  readonly scope: Scope;
  open = 1;

  constructor(scope: Scope, columns: LiveTable['columns'] = []) {
    this.scope = scope;
    this.columns = columns;
  }

  subscribe(listener: (change: Change) => void): Disposable {
    this.#listeners.add(listener);
    return {[Symbol.dispose]: () => void this.#listeners.delete(listener)};
  }

  by(index: IndexName, key: string): readonly T[] {
    return [...this.items.values()].filter(({metadata}) => {
      if (index === 'namespace') return metadata.namespace === key;
      if (index === 'owner') return metadata.ownerReferences?.some(({uid}) => uid === key) === true;
      if (index === 'label') return Object.entries(metadata.labels ?? {}).some(([name, value]) => `${name}=${value}` === key);
      return false;
    });
  }

  retries = 0;
  retryNow(): void {
    this.retries++;
  }

  release(change: Change): void {
    this.revision++;
    for (const listener of this.#listeners) listener(change);
  }

  [Symbol.dispose](): void {
    this.open--;
  }
}

const matches = (object: KubeObject, scope: Scope): boolean => {
  const {metadata} = object;
  if (scope.namespaces !== 'all' && metadata.namespace !== undefined && !scope.namespaces.includes(metadata.namespace))
    return false;
  if (scope.labelSelector !== undefined && !matchesLabels(parseLabelSelector(scope.labelSelector), metadata.labels ?? {}))
    return false;
  return (scope.fieldSelector ?? '')
    .split(',')
    .filter(Boolean)
    .every((requirement) => {
      const [path = '', wanted = ''] = requirement.split('=');
      const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
      return (typeof found === 'string' ? found : '') === wanted;
    });
};

/** The cache: `put` and `take` objects, `set` a phase, and every open list follows. */
export class MemoryCache implements WatchCache {
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #lists = new Map<string, Set<MemoryList<KubeObject>>>();
  readonly #phases = new Map<string, Phase>();
  readonly #columns = new Map<string, LiveTable['columns']>();

  /** Adds or replaces objects of a kind, in one change. */
  put(key: string, ...objects: readonly KubeObject[]): void {
    const stored = this.#objects.get(key) ?? new Map<string, KubeObject>();
    this.#objects.set(key, stored);
    for (const object of objects) stored.set(object.metadata.uid ?? '', object);
    for (const list of this.#lists.get(key) ?? []) {
      const changed = new Set<string>();
      const removed = new Set<string>();
      for (const object of objects) {
        const uid = object.metadata.uid ?? '';
        if (matches(object, list.scope)) {
          list.items.set(uid, object);
          changed.add(uid);
        } else if (list.items.delete(uid)) removed.add(uid);
      }
      list.release({reset: false, changed, removed});
    }
  }

  /** Takes objects away. */
  take(key: string, ...uids: readonly string[]): void {
    for (const uid of uids) this.#objects.get(key)?.delete(uid);
    for (const list of this.#lists.get(key) ?? []) {
      const removed = new Set(uids.filter((uid) => list.items.delete(uid)));
      list.release({reset: false, changed: new Set(), removed});
    }
  }

  all(key: string): readonly KubeObject[] {
    return [...(this.#objects.get(key)?.values() ?? [])];
  }

  find(key: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.all(key).find(
      ({metadata}) => metadata.name === name && (namespace === undefined || metadata.namespace === namespace),
    );
  }

  /** Puts every list of a kind into a phase. */
  set(key: string, phase: Phase): void {
    this.#phases.set(key, phase);
    for (const list of this.#lists.get(key) ?? []) {
      list.phase = phase;
      list.release({reset: false, changed: new Set(), removed: new Set()});
    }
  }

  /** Columns the server would send for a kind without columns of our own. */
  columns(key: string, columns: LiveTable['columns']): void {
    this.#columns.set(key, columns);
  }

  /** Readers that never closed: must be zero after a session ends. */
  get readers(): number {
    return [...this.#lists.values()].flatMap((lists) => [...lists]).reduce((sum, {open}) => sum + open, 0);
  }

  open<T extends KubeObject>(kind: ResourceKind<T>, scope: Scope): LiveList<T> {
    return this.#open(kindKey(kind.ref), scope) as unknown as LiveList<T>;
  }

  openTable(ref: ResourceRef, scope: Scope): LiveTable {
    return this.#open(kindKey(ref), scope) as unknown as LiveTable & LiveList<TableObject>;
  }

  #open(key: string, scope: Scope): MemoryList<KubeObject> {
    const list = new MemoryList<KubeObject>(scope, this.#columns.get(key) ?? []);
    list.phase = this.#phases.get(key) ?? {is: 'live'};
    for (const object of this.all(key)) if (matches(object, scope)) list.items.set(object.metadata.uid ?? '', object);
    const lists = this.#lists.get(key) ?? new Set();
    this.#lists.set(key, lists.add(list));
    return list;
  }

  /** How often a retry was asked for. */
  retries = 0;
  retryNow(): void {
    this.retries++;
  }

  readonly suggested = new Set<string>();
  candidates(): readonly string[] {
    return [...this.suggested];
  }
  suggest(namespaces: readonly string[]): void {
    for (const namespace of namespaces) this.suggested.add(namespace);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
