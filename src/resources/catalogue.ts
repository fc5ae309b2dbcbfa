// Every built-in kind, findable by key, name, short name or kind; what stands in a kind's folder is loaded only when asked for.
import type {ResourceRef} from '../kube/types/object.ts';
import {kindKey, type ResourceKind} from './kind.ts';
import * as refs from './shared/refs.ts';

/** A kind that can be loaded. */
export type CatalogueEntry = {
  readonly ref: ResourceRef;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly load: () => Promise<ResourceKind>;
};

const entry = (
  ref: ResourceRef,
  kind: string,
  shortNames: readonly string[],
  load: () => Promise<{readonly resource: ResourceKind}>,
  namespaced = true,
): CatalogueEntry => ({
  ref,
  kind,
  singular: kind.toLowerCase(),
  shortNames,
  namespaced,
  load: async () => (await load()).resource,
});

/** All built-in kinds, in the order menus show them. */
export const catalogue: readonly CatalogueEntry[] = [
  entry(refs.pods, 'Pod', ['po'], () => import('./core/pod/index.ts')),
  entry(refs.deployments, 'Deployment', ['deploy'], () => import('./apps/deployment/index.ts')),
  entry(refs.replicaSets, 'ReplicaSet', ['rs'], () => import('./apps/replica-set/index.ts')),
  entry(refs.statefulSets, 'StatefulSet', ['sts'], () => import('./apps/stateful-set/index.ts')),
  entry(refs.daemonSets, 'DaemonSet', ['ds'], () => import('./apps/daemon-set/index.ts')),
  entry(refs.jobs, 'Job', [], () => import('./batch/job/index.ts')),
  entry(refs.cronJobs, 'CronJob', ['cj'], () => import('./batch/cron-job/index.ts')),
  entry(refs.services, 'Service', ['svc'], () => import('./core/service/index.ts')),
  entry(refs.ingresses, 'Ingress', ['ing'], () => import('./networking/ingress/index.ts')),
  entry(refs.configMaps, 'ConfigMap', ['cm'], () => import('./core/config-map/index.ts')),
  entry(refs.secrets, 'Secret', [], () => import('./core/secret/index.ts')),
  entry(refs.claims, 'PersistentVolumeClaim', ['pvc'], () => import('./core/persistent-volume-claim/index.ts')),
  entry(refs.volumes, 'PersistentVolume', ['pv'], () => import('./core/persistent-volume/index.ts'), false),
  entry(refs.nodes, 'Node', ['no'], () => import('./core/node/index.ts'), false),
  entry(refs.namespaces, 'Namespace', ['ns'], () => import('./core/namespace/index.ts'), false),
  entry(refs.events, 'Event', ['ev'], () => import('./core/event/index.ts')),
  entry(refs.eventsGroup, 'Event', ['ev'], async () => ({resource: (await import('./core/event/index.ts')).groupResource})),
  entry(refs.serviceAccounts, 'ServiceAccount', ['sa'], () => import('./core/service-account/index.ts')),
];

/** The entry of a type; the version does not matter, objects of all versions a cluster serves look alike to kdeck. */
export const entryOf = (ref: {readonly group: string; readonly plural: string}): CatalogueEntry | undefined =>
  byKey.get(kindKey(ref));

/** Entries a word may mean: `pods`, `pod`, `po`, `Pod`, `deployments.apps`, `deploy`. */
export const findEntries = (word: string): readonly CatalogueEntry[] => {
  const lower = word.toLowerCase();
  return catalogue.filter(
    ({ref, kind, singular, shortNames}) =>
      kindKey(ref) === lower ||
      ref.plural === lower ||
      singular === lower ||
      kind.toLowerCase() === lower ||
      shortNames.includes(lower) ||
      (ref.group !== '' && `${singular}.${ref.group}` === lower),
  );
};

/** The entry of an object by group and kind, as `ownerReferences` and events name it. */
export const entryForKind = (group: string, kind: string): CatalogueEntry | undefined =>
  catalogue.find((each) => each.ref.group === group && each.kind === kind);

/** Loads one kind; undefined when it is not built in. */
export const loadKind = async (ref: {readonly group: string; readonly plural: string}): Promise<ResourceKind | undefined> =>
  entryOf(ref)?.load();

/** Loads every kind: for the TUI, which shows them all. */
export const loadAllKinds = async (): Promise<readonly ResourceKind[]> => Promise.all(catalogue.map((each) => each.load()));

const byKey = new Map(catalogue.map((each) => [kindKey(each.ref), each]));
