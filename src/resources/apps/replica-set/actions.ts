// What can be done to a ReplicaSet: going back to it is what its Deployment does.
import type {Deployment, ReplicaSet} from '../../../kube/types/wire.ts';
import {action, type Action} from '../../action.ts';
import {targetOf} from '../../operations.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {scaleAction} from '../../shared/actions/workload.ts';
import {deployments, replicaSets} from '../../shared/refs.ts';

const ref = {...replicaSets, kind: 'ReplicaSet'};

const deploymentOf = ({metadata}: Pick<ReplicaSet, 'metadata'>) =>
  metadata.ownerReferences?.find((owner) => owner.controller === true && owner.kind === 'Deployment');
const revisionOf = ({metadata}: ReplicaSet | Deployment): number =>
  Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);

export const actions: readonly Action<ReplicaSet>[] = [
  action<ReplicaSet>({
    id: 'replica-set.roll-back',
    title: 'Roll back to this',
    summary: 'Makes the Deployment go back to this revision.',
    keys: ['shift+b'],
    danger: 'changes',
    needs: {verb: 'patch', on: deployments},
    unavailable: (set) =>
      deploymentOf(set) === undefined
        ? 'it belongs to no Deployment'
        : revisionOf(set) === 0
          ? 'it has no revision number'
          : undefined,
    form: async (sets, view) => {
      const [{revisionChanges}, owners] = await Promise.all([
        import('../../shared/actions/revision-form.ts'),
        Promise.all(
          sets.map(({metadata}) =>
            view.get<Deployment>(deployments, {namespace: metadata.namespace, name: deploymentOf({metadata})?.name ?? ''}),
          ),
        ),
      ]);
      const gone = sets.find((_set, index) => owners[index] === undefined);
      return {
        impossible: gone === undefined ? undefined : `its Deployment ${deploymentOf(gone)?.name ?? ''} is gone`,
        preview: () =>
          sets.flatMap((set, index) => {
            const owner = owners[index];
            if (owner === undefined) return [];
            const running = {workload: owner, running: owner.spec?.template, runningNumber: revisionOf(owner) || undefined};
            const to = {number: revisionOf(set), template: set.spec?.template, createdAt: undefined, changeCause: undefined};
            return [`${owner.metadata.name}:`, ...revisionChanges(running, to)];
          }),
      };
    },
    run: (operations, set) => {
      const owner = deploymentOf(set);
      if (owner === undefined) throw new Error('it belongs to no Deployment');
      const deployment = {metadata: {name: owner.name, namespace: set.metadata.namespace ?? '', uid: owner.uid}};
      return operations.rollBack(targetOf(deployment, {...deployments, kind: 'Deployment'}), revisionOf(set));
    },
  }),
  scaleAction<ReplicaSet>(ref, ({spec}) => spec?.replicas ?? 1),
  ...metadataActions<ReplicaSet>(ref),
];
