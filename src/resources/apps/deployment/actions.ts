// What can be done to a Deployment.
import type {Deployment} from '../../../kube/types/wire.ts';
import type {Action} from '../../action.ts';
import type {ClusterView} from '../../kind.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {rollBackAction} from '../../shared/actions/roll-back.ts';
import {pauseActions, restartAction, scaleAction, setImageAction} from '../../shared/actions/workload.ts';
import {deployments} from '../../shared/refs.ts';
import {templateChanges} from '../../shared/template-changes.ts';
import {revisionOf, revisionsOf} from './revisions.ts';

const ref = {...deployments, kind: 'Deployment'};

const whilePaused = ({spec}: Deployment): string | undefined =>
  spec?.paused === true ? 'its rollouts are paused; resume them first' : undefined;

/** What rolling back changes: the revisions and each difference of the template. */
export const rollBackPlan = async (deployment: Deployment, view: ClusterView, revision: number): Promise<readonly string[]> => {
  const {current, older} = await revisionsOf(deployment, view);
  const all = [...older].toSorted((a, b) => revisionOf(b) - revisionOf(a));
  const target = revision === 0 ? all[0] : all.find((set) => revisionOf(set) === revision);
  if (target === undefined)
    return [revision === 0 ? 'There is no earlier revision to go back to.' : `There is no revision ${revision}.`];
  const changes = templateChanges(deployment.spec?.template, target.spec?.template);
  const from = current === undefined ? 'now' : `revision ${revisionOf(current)}`;
  return [`${from} → revision ${revisionOf(target)}`, ...(changes.length === 0 ? ['Nothing changes in the pods.'] : changes)];
};

export const actions: readonly Action<Deployment>[] = [
  scaleAction<Deployment>(ref, ({spec}) => spec?.replicas ?? 1),
  setImageAction<Deployment>(ref, ({spec}) => spec?.template?.spec?.containers ?? []),
  restartAction<Deployment>(ref, whilePaused),
  rollBackAction<Deployment>(ref, rollBackPlan, whilePaused),
  ...pauseActions<Deployment>(ref),
  ...metadataActions<Deployment>(ref),
];
