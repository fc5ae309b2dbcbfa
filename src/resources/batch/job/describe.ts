// A Job as kubectl describes it.
import {humanDuration, rfc1123z} from '../../../base/age.ts';
import type {Job} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {annotationLines, controllerLine, labelLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {podTemplateLines} from '../../shared/describe/pod-template.ts';
import {selectorQuery} from '../../shared/selector.ts';

export const describe = async (
  job: Job,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {metadata, spec, status} = job;
  const optional = (title: string, value: string | number | boolean | null | undefined, unit = ''): void => {
    if (value !== undefined && value !== null) out.line(0, `${title}:`, `${value}${unit}`);
  };
  out.line(0, 'Name:', metadata.name ?? '');
  out.line(0, 'Namespace:', metadata.namespace ?? '');
  out.line(0, 'Selector:', selectorQuery(spec?.selector));
  labelLines(out, 'Labels', metadata.labels);
  annotationLines(out, 'Annotations', metadata.annotations);
  controllerLine(job, out);
  optional('Parallelism', spec?.parallelism);
  out.line(0, 'Completions:', String(spec?.completions ?? '<unset>'));
  optional('Completion Mode', spec?.completionMode);
  optional('Suspend', spec?.suspend);
  optional('Backoff Limit', spec?.backoffLimit);
  optional('TTL Seconds After Finished', spec?.ttlSecondsAfterFinished);
  if (status?.startTime) out.line(0, 'Start Time:', rfc1123z(status.startTime));
  if (status?.completionTime) out.line(0, 'Completed At:', rfc1123z(status.completionTime));
  if (status?.startTime && status.completionTime)
    out.line(0, 'Duration:', humanDuration(Date.parse(status.completionTime) - Date.parse(status.startTime)));
  optional('Active Deadline Seconds', spec?.activeDeadlineSeconds, 's');
  const ready = status?.ready === undefined ? '' : ` (${status.ready} Ready)`;
  out.line(
    0,
    'Pods Statuses:',
    `${status?.active ?? 0} Active${ready} / ${status?.succeeded ?? 0} Succeeded / ${status?.failed ?? 0} Failed`,
  );
  if (spec?.completionMode === 'Indexed') out.line(0, 'Completed Indexes:', indexesText(status?.completedIndexes ?? ''));
  podTemplateLines(spec?.template, out);
  await eventLines(job, view, out, options);
};

/** Cut after the first comma past fifty characters. */
const indexesText = (indexes: string): string => {
  if (indexes === '') return '<none>';
  const comma = indexes.indexOf(',', 50);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
};
