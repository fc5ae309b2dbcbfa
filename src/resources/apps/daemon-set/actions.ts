// What can be done to a DaemonSet.
import type {DaemonSet} from '../../../kube/types/wire.ts';
import type {Action} from '../../action.ts';
import {controllerHistory} from '../../shared/actions/controller-revisions.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {rollBackAction} from '../../shared/actions/roll-back.ts';
import {restartAction, setImageAction} from '../../shared/actions/workload.ts';
import {daemonSets} from '../../shared/refs.ts';

const ref = {...daemonSets, kind: 'DaemonSet'};

export const actions: readonly Action<DaemonSet>[] = [
  setImageAction<DaemonSet>(ref, ({spec}) => spec?.template?.spec),
  restartAction<DaemonSet>(ref),
  rollBackAction<DaemonSet>(ref, controllerHistory),
  ...metadataActions<DaemonSet>(ref),
];
