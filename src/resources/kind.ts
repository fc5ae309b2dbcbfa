// What kdeck knows about one kind of Kubernetes object, in one value.
import type {AnyObject, KubeObject, ResourceRef} from '../kube/types/object.ts';
import type {CoreEvent} from '../kube/types/wire.ts';
import type {Action} from './action.ts';
import type {Column, Tone} from './column.ts';
import type {DescribeWriter} from './describe-writer.ts';

/** How an object is doing, and why, in one sentence a newcomer understands. */
export type Health = {readonly tone: Tone; readonly reason: string};

/** Points at an object; `uid` when known. */
export type ObjectRef = {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly uid?: string | undefined;
};

/** How two objects hang together, named from the first one's side. */
export type RelationType =
  'owned by' | 'owns' | 'selects' | 'mounts' | 'uses' | 'routes to' | 'scales' | 'protects' | 'binds' | 'allows' | 'runs on';

/** A relation an object declares in its own fields. */
export type Relation<T> = {
  readonly type: RelationType;
  /** Reads fields the live cache does not keep (`keep`): ask it of a full object only. */
  readonly full?: true;
  /** Objects it names directly. */
  readonly targets?: (object: T) => readonly ObjectRef[];
  /** Or: objects of a kind it selects by label in its namespace. */
  readonly selects?: (
    object: T,
  ) => {readonly kind: ResourceRef; readonly labelSelector: string; readonly namespace?: string} | undefined;
};

/** The read-only world a kind may look at; the cache or one-off GETs stand behind it. */
export interface ClusterView {
  readonly now: () => Date;
  list<T extends KubeObject = AnyObject>(
    ref: ResourceRef,
    options?: {
      readonly namespace?: string | undefined;
      readonly labelSelector?: string | undefined;
      readonly fieldSelector?: string | undefined;
    },
  ): Promise<readonly T[]>;
  get<T extends KubeObject = AnyObject>(
    ref: ResourceRef,
    at: {readonly namespace?: string | undefined; readonly name: string},
  ): Promise<T | undefined>;
  /** Events about an object, as `describe` asks for them. */
  eventsOf(object: KubeObject): Promise<readonly CoreEvent[]>;
  /** Last lines a container wrote, of the run before when `previous`; absent where logs cannot be read. */
  readonly lastLog?: (
    pod: KubeObject,
    of: {readonly container: string; readonly previous: boolean; readonly lines: number},
  ) => Promise<string>;
}

/** One thing that is wrong with an object, told to a newcomer. */
export type Finding = {
  /** Stable id such as `pod.image-pull-failed`. */
  readonly id: string;
  readonly tone: Tone;
  /** One sentence, the cause in plain words. */
  readonly says: string;
  readonly object: ObjectRef;
  /** What it rests on: a field path, an event, an exit code. */
  readonly evidence: readonly {readonly path: string; readonly value: string}[];
  readonly since?: string | undefined;
  /** What to do about it; a command id makes it one key in the TUI. */
  readonly tryThis: readonly {readonly text: string; readonly command?: string; readonly target?: ObjectRef}[];
  /** Other objects it speaks of. What it suggests is suggested with findings on those, too: a roll-back with the pods' own faults. */
  readonly about?: readonly ObjectRef[];
  /** Higher is closer to the root cause. */
  readonly rank: number;
};

/** A rule that may find something wrong with an object of the kind. */
export type Diagnosis<T> = {
  readonly id: string;
  readonly find: (object: T, view: ClusterView) => Promise<readonly Finding[]>;
};

/** The family a kind belongs to in menus and docs. */
export type Family = 'workloads' | 'network' | 'config' | 'storage' | 'access' | 'cluster' | 'custom';

/** One kind: identity, columns, health, describe, relations, actions. Built-ins and plugins use the same shape. */
export type ResourceKind<T extends KubeObject = any> = {
  readonly ref: ResourceRef;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories?: readonly string[];
  readonly namespaced: boolean;
  readonly family: Family;
  /** Column order is kubectl's; `asked` ones stand last. */
  readonly columns: readonly Column<T>[];
  /**
   * Field paths the live cache keeps, such as `spec.nodeName` or `status.containerStatuses[].ready`; metadata's identity,
   * labels, owners and timestamps are always kept. A path that ends at a map or list keeps all below it.
   * `data{}` keeps the keys of a map without its values, `metadata.annotations['example.com/note']` a key with dots.
   */
  readonly keep: readonly string[];
  readonly health?: (object: T, at: {readonly now: Date}) => Health;
  /** kubectl's describe, byte for byte; without it the generic describer prints the fields. */
  readonly describe?: (object: T, view: ClusterView, out: DescribeWriter, options: {readonly showEvents: boolean}) => Promise<void>;
  readonly relations?: readonly Relation<T>[];
  readonly diagnoses?: readonly Diagnosis<T>[];
  readonly actions?: readonly Action<T>[];
  /** Command run by Enter in a list, such as `open.pods`; describe when absent. */
  readonly onEnter?: string;
};

/** Writes a kind down with its object type checked. */
export const kind = <T extends KubeObject>(definition: ResourceKind<T>): ResourceKind<T> => definition;

/** Key of a kind in registries: `deployments.apps`, `pods`. */
export const kindKey = (ref: {readonly group: string; readonly plural: string}): string =>
  ref.group === '' ? ref.plural : `${ref.plural}.${ref.group}`;
