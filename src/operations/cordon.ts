// Keeps new pods away from a node, or lets them come again.
import type {KubeClient} from '../kube/client.ts';
import type {Node} from '../kube/types/wire.ts';
import {patchObject, withPreconditions, type ObjectAddress, type WriteOptions} from './objects.ts';

/** Address of a node. */
export const nodeAt = (name: string): ObjectAddress => ({group: '', version: 'v1', plural: 'nodes', name});

/** True when the node is not as wanted yet. */
export const needsCordon = (node: Node, unschedulable: boolean): boolean => (node.spec?.unschedulable ?? false) !== unschedulable;

/** Sets or clears `spec.unschedulable`. */
export const cordonNode = (
  client: KubeClient,
  name: string,
  unschedulable: boolean,
  options: WriteOptions & {readonly uid?: string | undefined} = {},
): Promise<Node> =>
  patchObject<Node>(
    client,
    nodeAt(name),
    'strategic',
    withPreconditions({spec: {unschedulable: unschedulable ? true : null}}, {uid: options.uid}),
    options,
  );
