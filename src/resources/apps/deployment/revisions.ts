// A Deployment's ReplicaSets, told apart: the one of its present template, and the older ones.
import type {Deployment, PodTemplateSpec, ReplicaSet} from '../../../kube/types/wire.ts';
import type {ClusterView} from '../../kind.ts';
import {replicaSets} from '../../shared/refs.ts';
import {selectorQuery} from '../../shared/selector.ts';
import {sameValue} from '../../shared/same-value.ts';

/** Revisions of a Deployment; `older` by age. */
export type Revisions = {readonly current: ReplicaSet | undefined; readonly older: readonly ReplicaSet[]};

/** Asks for the ReplicaSets and sorts them out. */
export const revisionsOf = async (deployment: Deployment, view: ClusterView): Promise<Revisions> => {
  const listed = await view.list<ReplicaSet>(replicaSets, {
    namespace: deployment.metadata.namespace,
    labelSelector: selectorQuery(deployment.spec?.selector),
  });
  const own = listed
    .filter((set) =>
      set.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === deployment.metadata.uid),
    )
    .toSorted(byAge);
  // More than one may match after an upgrade of the cluster; the oldest counts, as for the controller.
  const current = own.find((set) => sameTemplate(set.spec?.template, deployment.spec?.template));
  return {current, older: own.filter((set) => set !== current)};
};

/** `deployment.kubernetes.io/revision` as a number. */
export const revisionOf = (object: {readonly metadata: {annotations?: Record<string, string>}}): number =>
  Number(object.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);

const byAge = (a: ReplicaSet, b: ReplicaSet): number => {
  const one = a.metadata.creationTimestamp ?? '';
  const other = b.metadata.creationTimestamp ?? '';
  if (one !== other) return one < other ? -1 : 1;
  return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
};

const sameTemplate = (a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean =>
  sameValue(withoutHash(a), withoutHash(b));

const withoutHash = (template: PodTemplateSpec | undefined): unknown => {
  const {'pod-template-hash': _hash, ...labels} = template?.metadata?.labels ?? {};
  return {...template, metadata: {...template?.metadata, labels}};
};
