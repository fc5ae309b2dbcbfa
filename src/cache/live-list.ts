// The contract of the live picture: lists that keep themselves up to date by watch.
import type {KubeObject, ResourceRef} from '../kube/types/object.ts';
import type {KdeckError} from '../base/errors.ts';
import type {ResourceKind} from '../resources/kind.ts';

/** Where a list stands. What is normal is not an exception: denied, stale and absent are phases. */
export type Phase =
  | {readonly is: 'loading'; readonly received: number}
  | {readonly is: 'live'}
  | {readonly is: 'stale'; readonly since: Date; readonly error: KdeckError}
  | {readonly is: 'denied'; readonly error: KdeckError}
  /** This cluster does not serve the kind. */
  | {readonly is: 'absent'};

/** Which objects of a kind: everything, or the namespaces named; optionally narrowed by the server. */
export type Scope = {
  readonly namespaces: readonly string[] | 'all';
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
};

/** The whole cluster may not be listed: which namespaces stand in for it, and what the server said. */
export type Instead = {
  /** Namespaces that are tried one by one; empty when nobody knows a name. Their phases tell which of them may be listed. */
  readonly namespaces: readonly string[];
  readonly error: KdeckError;
};

/** What changed since the last release, by uid. `reset` means: look at everything again. */
export type Change = {readonly reset: boolean; readonly changed: ReadonlySet<string>; readonly removed: ReadonlySet<string>};

/** A list that stays current. Objects are replaced, never mutated. Closing the last reader stops the watch after a grace time. */
export interface LiveList<T extends KubeObject> extends Disposable {
  readonly phase: Phase;
  /** Per namespace when the scope names several and they differ; one denied namespace never empties the rest. */
  readonly phases: ReadonlyMap<string, Phase>;
  /** Set while the whole cluster was asked for and denied: what is shown is not everything. */
  readonly instead: Instead | undefined;
  /** By uid. */
  readonly items: ReadonlyMap<string, T>;
  /** Grows with every released change. */
  readonly revision: number;
  /** Objects under a key of an index, without looking at all: a namespace, a node's name, an owner's uid, `label=value`. */
  by(index: IndexName, key: string): readonly T[];
  subscribe(listener: (change: Change) => void): Disposable;
  /** Tries again now what waits for its turn: a person asked, the network is back, the login was renewed. */
  retryNow(): void;
}

/** Indexes kept while objects come and go. */
export type IndexName = 'namespace' | 'node' | 'owner' | 'label';

/** All live lists of one cluster; lists are shared and reference-counted by kind and scope. */
export interface WatchCache extends AsyncDisposable {
  /** A kind kdeck has columns for: objects trimmed to its `keep` paths. */
  open<T extends KubeObject>(kind: ResourceKind<T>, scope: Scope): LiveList<T>;
  /** Any other kind through the server's Table: items are PartialObjectMetadata with `cells`. */
  openTable(ref: ResourceRef & {readonly namespaced?: boolean}, scope: Scope): LiveTable;
  /** {@link LiveList.retryNow} for every list. */
  retryNow(): void;
  /** Namespaces that stand in for the whole cluster where that may not be listed. */
  candidates(): readonly string[];
  /** Names worth a try: lists that stand in for the whole cluster take them up at once. */
  suggest(namespaces: readonly string[]): void;
}

/** A live list whose rows are the server's own cells. */
export interface LiveTable extends LiveList<TableObject> {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly wide: boolean;
    readonly format?: string;
    readonly description?: string;
  }[];
}
/** Metadata plus the cells of the row. */
export type TableObject = KubeObject & {readonly cells: readonly unknown[]};
