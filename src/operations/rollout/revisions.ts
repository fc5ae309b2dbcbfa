// The revisions of a workload: ReplicaSets of a Deployment, ControllerRevisions of a DaemonSet or StatefulSet.
import {KdeckError} from '../../base/errors.ts';
import {readJson} from '../../base/json/read.ts';
import {pathOf, type KubeClient} from '../../kube/client.ts';
import type {AnyObject, KubeList, KubeObject} from '../../kube/types/object.ts';
import type {ControllerRevision, DaemonSet, Deployment, PodTemplateSpec, ReplicaSet, StatefulSet} from '../../kube/types/wire.ts';
import {selectorQuery} from '../../resources/shared/selector.ts';
import type {ObjectAddress} from '../objects.ts';

/** One revision of a workload. */
export type Revision = {
  readonly number: number;
  readonly changeCause: string;
  readonly template: PodTemplateSpec;
  readonly createdAt: string;
  /** The ReplicaSet, or the workload as it was, which is what `-o yaml` prints. */
  readonly object: AnyObject;
  /** The ReplicaSet or ControllerRevision itself. */
  readonly source: ReplicaSet | ControllerRevision;
};

/** Workload kinds that have revisions. */
export type Workload = Deployment | DaemonSet | StatefulSet;

export const REVISION = 'deployment.kubernetes.io/revision';
const CHANGE_CAUSE = 'kubernetes.io/change-cause';

const REPLICA_SETS = {group: 'apps', version: 'v1', plural: 'replicasets'};
const CONTROLLER_REVISIONS = {group: 'apps', version: 'v1', plural: 'controllerrevisions'};

const ownedBy = (object: KubeObject, owner: KubeObject): boolean =>
  object.metadata.ownerReferences?.some(({controller, uid}) => controller === true && uid === owner.metadata.uid) === true;

/** All revisions, oldest first. */
export const revisionsOf = async (
  client: KubeClient,
  at: ObjectAddress,
  workload: Workload,
  signal?: AbortSignal,
): Promise<readonly Revision[]> => {
  const isDeployment = workload.kind === 'Deployment';
  const answer = await client.request({
    path: pathOf(isDeployment ? REPLICA_SETS : CONTROLLER_REVISIONS, {namespace: at.namespace}),
    query: {labelSelector: selectorQuery(workload.spec?.selector)},
    signal,
  });
  const {items} = readJson(answer.text()) as KubeList;
  const owned = items.filter((item) => ownedBy(item, workload));
  const revisions = isDeployment
    ? owned.flatMap((item) => replicaSetRevision(item as unknown as ReplicaSet))
    : owned.map((item) => controllerRevision(item as unknown as ControllerRevision, workload));
  return revisions.toSorted((a, b) => a.number - b.number);
};

const replicaSetRevision = (set: ReplicaSet): Revision[] => {
  const number = Number(set.metadata.annotations?.[REVISION]);
  if (!Number.isInteger(number) || set.spec?.template === undefined) return [];
  return [
    {
      number,
      changeCause: set.metadata.annotations?.[CHANGE_CAUSE] ?? '',
      template: set.spec.template,
      createdAt: set.metadata.creationTimestamp ?? '',
      object: {...set, apiVersion: 'apps/v1', kind: 'ReplicaSet'},
      source: set,
    },
  ];
};

// The data of a ControllerRevision is a patch that replaces the whole template, so it needs no merging.
const controllerRevision = (revision: ControllerRevision, workload: Workload): Revision => {
  const data = revision.data as {spec?: {template?: PodTemplateSpec & {$patch?: string}}} | undefined;
  if (data?.spec?.template === undefined)
    throw new KdeckError('KD-ROLLOUT-HISTORY', `unable to parse history ${revision.metadata.name ?? ''}`);
  const {$patch: _directive, ...template} = data.spec.template;
  return {
    number: revision.revision,
    changeCause: revision.metadata.annotations?.[CHANGE_CAUSE] ?? '',
    template: template,
    createdAt: revision.metadata.creationTimestamp ?? '',
    object: {...workload, spec: {...workload.spec, template}},
    source: revision,
  };
};

/** The template as `history --revision` shows it: the change cause belongs to its annotations. */
export const templateWithCause = ({template, changeCause}: Revision): PodTemplateSpec =>
  changeCause === ''
    ? template
    : {
        ...template,
        metadata: {...template.metadata, annotations: {...template.metadata?.annotations, [CHANGE_CAUSE]: changeCause}},
      };
