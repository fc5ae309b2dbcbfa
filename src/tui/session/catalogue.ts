// Which kinds there are: the ones kdeck knows, and what the cluster's discovery says, findable by word.
import type {ApiResource, ResourceRef} from '../../kube/types/object.ts';
import type {ResourceKind} from '../../resources/kind.ts';
import {kindKey} from '../../resources/kind.ts';

/** A kind as the prompt offers it. */
export type KnownKind = {readonly key: string; readonly resource: ApiResource; readonly kind: ResourceKind | undefined};

const resourceOf = (kind: ResourceKind): ApiResource => ({
  ...kind.ref,
  kind: kind.kind,
  singular: kind.singular,
  shortNames: kind.shortNames,
  categories: kind.categories ?? [],
  namespaced: kind.namespaced,
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  subresources: [],
});

/** All kinds by key. The ones kdeck knows are there at once, the cluster's own come when discovery has answered. */
export class Catalogue {
  readonly #built: ReadonlyMap<string, ResourceKind>;
  readonly #extend: (kind: ResourceKind) => ResourceKind;
  #known: ReadonlyMap<string, KnownKind>;
  /** Discovery has answered. */
  readonly complete: boolean;

  constructor(
    kinds: readonly ResourceKind[],
    resources?: readonly ApiResource[],
    extend: (kind: ResourceKind) => ResourceKind = (kind) => kind,
  ) {
    this.#extend = extend;
    this.#built = new Map(kinds.map((kind) => [kindKey(kind.ref), extend(kind)]));
    this.complete = resources !== undefined;
    const known = new Map<string, KnownKind>();
    for (const [key, kind] of this.#built) known.set(key, {key, resource: resourceOf(kind), kind});
    for (const resource of resources ?? []) {
      if (!resource.verbs.includes('list')) continue;
      const key = kindKey(resource);
      const before = known.get(key);
      // Discovery lists every version; the first one is preferred, and our own kinds keep theirs.
      if (before === undefined) known.set(key, {key, resource, kind: undefined});
      else if (before.resource.version === resource.version) known.set(key, {...before, resource});
    }
    this.#known = known;
  }

  /** The same kinds with what a cluster serves. */
  with(resources: readonly ApiResource[] | undefined): Catalogue {
    return new Catalogue([...this.#built.values()], resources, this.#extend);
  }

  all(): readonly KnownKind[] {
    return [...this.#known.values()];
  }

  get(key: string): KnownKind | undefined {
    return this.#known.get(key);
  }

  forRef(ref: Pick<ResourceRef, 'group' | 'plural'>): KnownKind | undefined {
    return this.#known.get(kindKey(ref));
  }

  /** By group and kind name, such as an owner reference has them. */
  forKind(group: string, kind: string): KnownKind | undefined {
    return this.all().find((one) => one.resource.group === group && one.resource.kind === kind);
  }

  /**
   * Kinds a typed word names exactly: plural, singular, short name, kind, or `plural.group`. Several answers mean that the
   * word is ambiguous; built-in groups win over others, as they do for kubectl.
   */
  find(word: string): readonly KnownKind[] {
    const lower = word.toLowerCase();
    const exact = this.#known.get(lower);
    if (exact !== undefined) return [exact];
    const full = this.all().filter(({resource}) => `${resource.plural}.${resource.version}.${resource.group}` === lower);
    if (full.length > 0) return full;
    const named = this.all().filter(
      ({resource}) =>
        resource.plural === lower ||
        resource.singular === lower ||
        resource.kind.toLowerCase() === lower ||
        resource.shortNames.includes(lower),
    );
    const builtIn = named.filter(({resource}) => !resource.group.includes('.') || resource.group.endsWith('.k8s.io'));
    // `po` of metrics.k8s.io must never hide the pods everybody means.
    const ours = named.filter(({kind}) => kind !== undefined);
    if (ours.length === 1) return ours;
    return builtIn.length === 1 ? builtIn : named;
  }
}
