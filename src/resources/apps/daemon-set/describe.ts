// A DaemonSet as kubectl describes it.
import type {DaemonSet} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {annotationLines, labelLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {podCountsText} from '../../shared/describe/pod-counts.ts';
import {podTemplateLines} from '../../shared/describe/pod-template.ts';
import {labelsText, selectorQuery} from '../../shared/selector.ts';

export const describe = async (
  set: DaemonSet,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {metadata, spec, status} = set;
  const counts = await podCountsText(set, spec?.selector, view);
  out.line(0, 'Name:', metadata.name ?? '');
  out.line(0, 'Namespace:', metadata.namespace ?? '');
  out.line(0, 'Selector:', selectorQuery(spec?.selector));
  out.line(0, 'Node-Selector:', labelsText(spec?.template?.spec?.nodeSelector));
  labelLines(out, 'Labels', metadata.labels);
  annotationLines(out, 'Annotations', metadata.annotations);
  // These five have no tab, so they stand outside the columns.
  out.line(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`);
  out.line(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`);
  out.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`);
  out.line(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`);
  out.line(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`);
  out.line(0, 'Pods Status:', counts);
  podTemplateLines(spec?.template, out);
  await eventLines(set, view, out, options);
};
