// A ReplicaSet as kubectl describes it.
import {messageOf} from '../../../base/errors.ts';
import type {ReplicaSet} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {annotationLines, conditionLines, controllerLine, labelLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {podCountsText} from '../../shared/describe/pod-counts.ts';
import {podTemplateLines} from '../../shared/describe/pod-template.ts';
import {selectorText} from '../../shared/selector.ts';

export const describe = async (
  set: ReplicaSet,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  out.line(0, 'Name:', set.metadata.name ?? '');
  out.line(0, 'Namespace:', set.metadata.namespace ?? '');
  out.line(0, 'Selector:', selectorText(set.spec?.selector));
  labelLines(out, 'Labels', set.metadata.labels);
  annotationLines(out, 'Annotations', set.metadata.annotations);
  controllerLine(set, out);
  out.line(0, 'Replicas:', `${set.status?.replicas ?? 0} current / ${set.spec?.replicas ?? 0} desired`);
  out.line(
    0,
    'Pods Status:',
    await podCountsText(set, set.spec?.selector, view).catch((error: unknown) => `error in fetching pods: ${messageOf(error)}`),
  );
  podTemplateLines(set.spec?.template, out);
  conditionLines(out, set.status?.conditions);
  await eventLines(set, view, out, options);
};
