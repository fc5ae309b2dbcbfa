// Rolling a workload back to an earlier revision.
import type {KubeObject} from '../../../kube/types/object.ts';
import {action, type Action} from '../../action.ts';
import type {ClusterView} from '../../kind.ts';
import {targetOf} from '../../operations.ts';
import type {ActedOn} from './object.ts';

type ToRevision = {readonly revision: number};

/** Rolls back. `plan` says what changes between now and the revision; 0 is the one before. */
export const rollBackAction = <T extends KubeObject>(
  ref: ActedOn,
  plan: (object: T, view: ClusterView, revision: number) => Promise<readonly string[]>,
  refusal: (object: T) => string | undefined = () => undefined,
): Action<T, ToRevision> =>
  action<T, ToRevision>({
    id: 'workload.roll-back',
    title: 'Roll back',
    summary: 'Goes back to the pod template of an earlier revision.',
    keys: ['shift+b'],
    danger: 'changes',
    needs: {verb: 'patch'},
    unavailable: refusal,
    inputs: () => ({revision: {type: 'number', label: 'Revision (0: the one before)', initial: 0, min: 0}}),
    preview: (objects, {revision}) =>
      objects.map(({metadata}) => `${metadata.name}: back to ${revision === 0 ? 'the revision before' : `revision ${revision}`}`),
    plan: (object, view, {revision}) => plan(object, view, revision),
    run: (operations, object, {revision}) => operations.rollBack(targetOf(object, ref), revision),
  });
