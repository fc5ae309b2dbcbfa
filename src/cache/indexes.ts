// Finds objects by namespace, node, owner or label without looking at all of them. An index is built when first asked for.
import type {KubeObject} from '../kube/types/object.ts';
import type {IndexName} from './live-list.ts';

type Index = Map<string, Map<string, KubeObject>>;

/** Which keys an object stands under. */
const KEYS: Readonly<Record<IndexName, (object: KubeObject) => readonly string[]>> = {
  namespace: (object) => [object.metadata.namespace ?? ''],
  node: (object) => {
    const node = (object as {spec?: {nodeName?: unknown}}).spec?.nodeName;
    return typeof node === 'string' && node !== '' ? [node] : [];
  },
  owner: (object) => object.metadata.ownerReferences?.map((owner) => owner.uid) ?? [],
  label: (object) => Object.entries(object.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`),
};

/** The indexes over one map of objects; told of every change to it. */
export class Indexes<T extends KubeObject> {
  readonly #indexes = new Map<IndexName, Index>();

  /** Objects under a key; for `label` the key is `name=value`. */
  by(items: ReadonlyMap<string, T>, name: IndexName, key: string): readonly T[] {
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = new Map();
      this.#indexes.set(name, index);
      for (const [uid, object] of items) put(index, KEYS[name](object), uid, object);
    }
    return [...(index.get(key)?.values() ?? [])] as T[];
  }

  replaced(uid: string, before: T | undefined, after: T | undefined): void {
    for (const [name, index] of this.#indexes) {
      if (before !== undefined) drop(index, KEYS[name](before), uid);
      if (after !== undefined) put(index, KEYS[name](after), uid, after);
    }
  }

  clear(): void {
    this.#indexes.clear();
  }
}

const put = (index: Index, keys: readonly string[], uid: string, object: KubeObject): void => {
  for (const key of keys) {
    const entries = index.get(key);
    if (entries === undefined) index.set(key, new Map([[uid, object]]));
    else entries.set(uid, object);
  }
};

const drop = (index: Index, keys: readonly string[], uid: string): void => {
  for (const key of keys) {
    const entries = index.get(key);
    entries?.delete(uid);
    if (entries?.size === 0) index.delete(key);
  }
};
