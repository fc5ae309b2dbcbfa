// How many pods a controller has, by phase, for the `Pods Status:` line.
import type {KubeObject} from '../../../kube/types/object.ts';
import type {Pod} from '../../../kube/types/wire.ts';
import type {ClusterView} from '../../kind.ts';
import {pods} from '../refs.ts';
import {type LabelSelector, selectorQuery} from '../selector.ts';

/** `2 Running / 0 Waiting / 0 Succeeded / 0 Failed`, of the pods this object controls. */
export const podCountsText = async (owner: KubeObject, selector: LabelSelector | undefined, view: ClusterView): Promise<string> => {
  const listed = await view.list<Pod>(pods, {namespace: owner.metadata.namespace, labelSelector: selectorQuery(selector)});
  const own = listed.filter((pod) =>
    pod.metadata.ownerReferences?.some((each) => each.controller === true && each.uid === owner.metadata.uid),
  );
  const count = (phase: string): number => own.filter((pod) => pod.status?.phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
};
