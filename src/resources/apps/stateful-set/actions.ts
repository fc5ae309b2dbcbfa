// What can be done to a StatefulSet.
import type {StatefulSet} from '../../../kube/types/wire.ts';
import type {Action} from '../../action.ts';
import {controllerHistory} from '../../shared/actions/controller-revisions.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {rollBackAction} from '../../shared/actions/roll-back.ts';
import {restartAction, scaleAction, setImageAction} from '../../shared/actions/workload.ts';
import {statefulSets} from '../../shared/refs.ts';

const ref = {...statefulSets, kind: 'StatefulSet'};

export const actions: readonly Action<StatefulSet>[] = [
  scaleAction<StatefulSet>(ref, ({spec}) => spec?.replicas ?? 1),
  setImageAction<StatefulSet>(ref, ({spec}) => spec?.template?.spec),
  restartAction<StatefulSet>(ref),
  rollBackAction<StatefulSet>(ref, controllerHistory),
  ...metadataActions<StatefulSet>(ref),
];
