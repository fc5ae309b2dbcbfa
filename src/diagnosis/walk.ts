// Walks from an object to those its state depends on: up to its controllers, down to what it owns or routes to.
import type {KubeObject, ResourceRef} from '../kube/types/object.ts';
import type {ClusterView, ObjectRef, Relation, ResourceKind} from '../resources/kind.ts';

/** A kind by group and kind, as references name it; undefined when nothing is known about it. */
export type KindFinder = (group: string, kind: string) => Promise<ResourceKind | undefined>;

/** Objects of a type, known by its plural. */
export type TypeFinder = (ref: ResourceRef) => Promise<ResourceKind | undefined>;

/** An object on the way, with what is known about its kind. */
export type Visited = {readonly object: KubeObject; readonly kind: ResourceKind};

/** How to find kinds. */
export type Finders = {readonly byKind: KindFinder; readonly byType: TypeFinder};

const STEPS_UP = 5;
const STEPS_DOWN = 3;
/** Of many alike, this many are looked at: the worst first. */
const SAMPLE = 12;

const SEVERITY = {bad: 0, warn: 1, busy: 2, ok: 3, idle: 4} as const;

/** The object itself first, then its controllers, then what hangs below it. Each object once. */
export const walk = async (start: Visited, view: ClusterView, finders: Finders): Promise<readonly Visited[]> => {
  const visited = new Map<string, Visited>([[keyOf(start.object), start]]);
  await climb(start, view, finders, visited);
  await descend(start, view, finders, visited, STEPS_DOWN);
  return [...visited.values()];
};

const climb = async (start: Visited, view: ClusterView, {byKind}: Finders, visited: Map<string, Visited>): Promise<void> => {
  let here = start;
  for (let step = 0; step < STEPS_UP; step += 1) {
    const owner = here.object.metadata.ownerReferences?.find((each) => each.controller === true);
    if (owner === undefined) return;
    const slash = owner.apiVersion.indexOf('/');
    const kind = await byKind(slash < 0 ? '' : owner.apiVersion.slice(0, slash), owner.kind);
    if (kind === undefined) return;
    const object = await view.get<KubeObject>(kind.ref, {...placeOf(kind, here.object.metadata.namespace), name: owner.name});
    if (object === undefined || object.metadata.uid !== owner.uid) return;
    here = {object, kind};
    visited.set(keyOf(object), here);
  }
};

const descend = async (
  from: Visited,
  view: ClusterView,
  finders: Finders,
  visited: Map<string, Visited>,
  steps: number,
): Promise<void> => {
  if (steps === 0) return;
  for (const relation of from.kind.relations ?? []) {
    if (relation.type !== 'owns' && relation.type !== 'routes to') continue;
    for (const below of await follow(from, relation, view, finders)) {
      const key = keyOf(below.object);
      if (visited.has(key)) continue;
      visited.set(key, below);
      await descend(below, view, finders, visited, steps - 1);
    }
  }
};

const follow = async (
  {object}: Visited,
  relation: Relation<any>,
  view: ClusterView,
  finders: Finders,
): Promise<readonly Visited[]> => {
  const selection = relation.selects?.(object);
  if (selection !== undefined) {
    const kind = await finders.byType(selection.kind);
    if (kind === undefined) return [];
    const listed = await view.list<KubeObject>(selection.kind, {
      namespace: selection.namespace,
      labelSelector: selection.labelSelector,
    });
    const own =
      relation.type === 'owns'
        ? listed.filter((each) => each.metadata.ownerReferences?.some((owner) => owner.uid === object.metadata.uid))
        : listed;
    return worst(own.filter(isAlive), kind, view.now());
  }
  const found = await Promise.all(
    (relation.targets?.(object) ?? []).slice(0, SAMPLE).map(async (target) => load(target, view, finders)),
  );
  return found.filter((each) => each !== undefined);
};

const load = async (target: ObjectRef, view: ClusterView, {byKind}: Finders): Promise<Visited | undefined> => {
  const kind = await byKind(target.group, target.kind);
  if (kind === undefined) return undefined;
  const object = await view.get<KubeObject>(kind.ref, {...placeOf(kind, target.namespace), name: target.name});
  return object === undefined ? undefined : {object, kind};
};

/** Revisions scaled to nothing are history; they explain nothing. */
const isAlive = (object: KubeObject): boolean => {
  const {spec, status} = object as {spec?: {replicas?: number}; status?: {replicas?: number}};
  return spec?.replicas !== 0 || (status?.replicas ?? 0) > 0;
};

const worst = (objects: readonly KubeObject[], kind: ResourceKind, now: Date): readonly Visited[] =>
  objects
    .map((object) => ({object, kind, severity: SEVERITY[kind.health?.(object, {now}).tone ?? 'idle']}))
    .toSorted((a, b) => a.severity - b.severity)
    .slice(0, SAMPLE)
    .map(({object}) => ({object, kind}));

const placeOf = (kind: ResourceKind, namespace: string | undefined): {readonly namespace?: string} =>
  kind.namespaced && namespace !== undefined ? {namespace} : {};

/** Lists leave out apiVersion and kind, so the uid tells objects apart. */
const keyOf = ({metadata}: KubeObject): string => metadata.uid ?? `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
