// The revisions of a StatefulSet or DaemonSet, from its ControllerRevisions.
import type {ResourceRef} from '../../../kube/types/object.ts';
import type {ControllerRevision, DaemonSet, PodTemplateSpec, StatefulSet} from '../../../kube/types/wire.ts';
import type {ClusterView} from '../../kind.ts';
import {selectorQuery} from '../selector.ts';
import type {History, ShownRevision} from './roll-back.ts';

const controllerRevisions: ResourceRef = {group: 'apps', version: 'v1', plural: 'controllerrevisions'};

const shown = (revision: ControllerRevision): ShownRevision => {
  const data = revision.data as {spec?: {template?: PodTemplateSpec & {$patch?: string}}} | undefined;
  const {$patch: _patch, ...template} = data?.spec?.template ?? {};
  return {
    number: revision.revision,
    template,
    createdAt: revision.metadata.creationTimestamp,
    changeCause: revision.metadata.annotations?.['kubernetes.io/change-cause'],
  };
};

/** The revisions, newest first; the newest one runs, since going back makes an old one the newest. */
export const controllerHistory = async (set: StatefulSet | DaemonSet, view: ClusterView): Promise<History> => {
  const listed = await view.list<ControllerRevision>(controllerRevisions, {
    namespace: set.metadata.namespace,
    labelSelector: selectorQuery(set.spec?.selector),
  });
  const [newest, ...others] = listed
    .filter((each) => each.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === set.metadata.uid))
    .toSorted((a, b) => b.revision - a.revision);
  return {workload: set, running: set.spec?.template, runningNumber: newest?.revision, others: others.map(shown)};
};
