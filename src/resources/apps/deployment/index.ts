// What kdeck knows about Deployments.
import type {Deployment} from '../../../kube/types/wire.ts';
import {kind} from '../../kind.ts';
import {deployments, replicaSets} from '../../shared/refs.ts';
import {ownedBy, podSpecRelations, selects} from '../../shared/relations.ts';
import {actions} from './actions.ts';
import {columns} from './columns.ts';
import {describe} from './describe.ts';
import {diagnoses} from './diagnoses.ts';
import {health} from './health.ts';

export const resource = kind<Deployment>({
  ref: deployments,
  kind: 'Deployment',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  family: 'workloads',
  columns,
  keep: [
    `metadata.annotations['deployment.kubernetes.io/revision']`,
    'spec.replicas',
    'spec.paused',
    'spec.selector',
    'spec.strategy.type',
    'spec.progressDeadlineSeconds',
    'spec.template.spec.containers[].name',
    'spec.template.spec.containers[].image',
    'status',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    selects<Deployment>('owns', replicaSets, ({spec}) => spec?.selector),
    ...podSpecRelations<Deployment>(({spec}) => spec?.template?.spec),
  ],
  diagnoses,
  actions,
  onEnter: 'open.pods',
});
