// A Deployment as kubectl describes it.
import type {Deployment, ReplicaSet} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {conditionLines, creationLine, labelLines, annotationLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {podTemplateLines} from '../../shared/describe/pod-template.ts';
import {selectorQuery} from '../../shared/selector.ts';
import {revisionsOf} from './revisions.ts';

export const describe = async (
  deployment: Deployment,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {metadata, spec, status} = deployment;
  out.line(0, 'Name:', metadata.name ?? '');
  out.line(0, 'Namespace:', metadata.namespace ?? '');
  creationLine(deployment, out);
  labelLines(out, 'Labels', metadata.labels);
  annotationLines(out, 'Annotations', metadata.annotations);
  out.line(0, 'Selector:', selectorQuery(spec?.selector));
  const counts = [`${spec?.replicas ?? 0} desired`, `${status?.updatedReplicas ?? 0} updated`, `${status?.replicas ?? 0} total`];
  out.line(
    0,
    'Replicas:',
    [...counts, `${status?.availableReplicas ?? 0} available`, `${status?.unavailableReplicas ?? 0} unavailable`].join(' | '),
  );
  out.line(0, 'StrategyType:', spec?.strategy?.type ?? '');
  out.line(0, 'MinReadySeconds:', String(spec?.minReadySeconds ?? 0));
  const rolling = spec?.strategy?.rollingUpdate;
  if (rolling !== undefined)
    out.line(
      0,
      'RollingUpdateStrategy:',
      `${rolling.maxUnavailable ?? '<nil>'} max unavailable, ${rolling.maxSurge ?? '<nil>'} max surge`,
    );
  podTemplateLines(spec?.template, out);
  conditionLines(out, status?.conditions);
  const {current, older} = await revisionsOf(deployment, view).catch(() => ({current: undefined, older: []}));
  if (current !== undefined || older.length > 0) {
    out.line(0, 'OldReplicaSets:', setsText(older));
    out.line(0, 'NewReplicaSet:', setsText(current === undefined ? [] : [current]));
  }
  await eventLines(deployment, view, out, options);
};

const setsText = (sets: readonly ReplicaSet[]): string =>
  sets.map((set) => `${set.metadata.name} (${set.status?.replicas ?? 0}/${set.spec?.replicas ?? 0} replicas created)`).join(', ') ||
  '<none>';
