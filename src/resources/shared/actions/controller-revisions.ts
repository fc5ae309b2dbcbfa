// What rolling back a StatefulSet or DaemonSet changes, from its ControllerRevisions.
import type {ResourceRef} from '../../../kube/types/object.ts';
import type {ControllerRevision, DaemonSet, PodTemplateSpec, StatefulSet} from '../../../kube/types/wire.ts';
import type {ClusterView} from '../../kind.ts';
import {selectorQuery} from '../selector.ts';
import {templateChanges} from '../template-changes.ts';

const controllerRevisions: ResourceRef = {group: 'apps', version: 'v1', plural: 'controllerrevisions'};

/** The plan of a roll-back: revisions, then each difference. */
export const controllerRevisionPlan = async (
  set: StatefulSet | DaemonSet,
  view: ClusterView,
  revision: number,
): Promise<readonly string[]> => {
  const listed = await view.list<ControllerRevision>(controllerRevisions, {
    namespace: set.metadata.namespace,
    labelSelector: selectorQuery(set.spec?.selector),
  });
  const own = listed
    .filter((each) => each.metadata.ownerReferences?.some((owner) => owner.uid === set.metadata.uid))
    .toSorted((a, b) => b.revision - a.revision);
  const target = revision === 0 ? own[1] : own.find((each) => each.revision === revision);
  if (target === undefined)
    return [revision === 0 ? 'There is no earlier revision to go back to.' : `There is no revision ${revision}.`];
  const template = (target.data as {spec?: {template?: PodTemplateSpec & {$patch?: string}}} | undefined)?.spec?.template;
  const {$patch: _patch, ...plain} = template ?? {};
  const changes = templateChanges(set.spec?.template, plain);
  return [
    `revision ${own[0]?.revision ?? '?'} → revision ${target.revision}`,
    ...(changes.length === 0 ? ['Nothing changes in the pods.'] : changes),
  ];
};
