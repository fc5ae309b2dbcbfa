// What can be done to a Deployment.
import type {Deployment} from '../../../kube/types/wire.ts';
import type {Action} from '../../action.ts';
import type {ClusterView} from '../../kind.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {type History, rollBackAction} from '../../shared/actions/roll-back.ts';
import {pauseActions, restartAction, scaleAction, setImageAction} from '../../shared/actions/workload.ts';
import {deployments} from '../../shared/refs.ts';
import {revisionOf, revisionsOf} from './revisions.ts';

const ref = {...deployments, kind: 'Deployment'};

const whilePaused = ({spec}: Deployment): string | undefined =>
  spec?.paused === true ? 'its rollouts are paused; resume them first' : undefined;

/** The revisions, newest first. */
const historyOf = async (deployment: Deployment, view: ClusterView): Promise<History> => {
  const {current, older} = await revisionsOf(deployment, view);
  return {
    workload: deployment,
    running: deployment.spec?.template,
    runningNumber: current === undefined ? undefined : revisionOf(current),
    others: older
      .filter((set) => revisionOf(set) > 0)
      .toSorted((a, b) => revisionOf(b) - revisionOf(a))
      .map((set) => ({
        number: revisionOf(set),
        template: set.spec?.template,
        createdAt: set.metadata.creationTimestamp,
        changeCause: set.metadata.annotations?.['kubernetes.io/change-cause'],
      })),
  };
};

export const actions: readonly Action<Deployment>[] = [
  scaleAction<Deployment>(ref, ({spec}) => spec?.replicas ?? 1),
  setImageAction<Deployment>(ref, ({spec}) => spec?.template?.spec),
  restartAction<Deployment>(ref, whilePaused),
  rollBackAction<Deployment>(ref, historyOf, whilePaused),
  ...pauseActions<Deployment>(ref),
  ...metadataActions<Deployment>(ref),
];
