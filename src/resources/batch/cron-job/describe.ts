// A CronJob as kubectl describes it.
import {rfc1123z} from '../../../base/age.ts';
import type {CronJob} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {boolText, startLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {podTemplateLines} from '../../shared/describe/pod-template.ts';
import {selectorQuery} from '../../shared/selector.ts';

const unset = (value: string | number | null | undefined, unit = ''): string =>
  value === undefined || value === null ? '<unset>' : `${value}${unit}`;

export const describe = async (
  cron: CronJob,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {spec, status} = cron;
  startLines(cron, out);
  out.line(0, 'Schedule:', spec?.schedule ?? '');
  out.line(0, 'Concurrency Policy:', spec?.concurrencyPolicy ?? '');
  out.line(0, 'Suspend:', boolText(spec?.suspend));
  out.line(0, 'Time Zone:', unset(spec?.timeZone));
  out.line(0, 'Successful Job History Limit:', unset(spec?.successfulJobsHistoryLimit));
  out.line(0, 'Failed Job History Limit:', unset(spec?.failedJobsHistoryLimit));
  out.line(0, 'Starting Deadline Seconds:', unset(spec?.startingDeadlineSeconds, 's'));
  const job = spec?.jobTemplate.spec;
  out.line(0, 'Selector:', job?.selector === undefined ? '<unset>' : selectorQuery(job.selector));
  out.line(0, 'Parallelism:', unset(job?.parallelism));
  out.line(0, 'Completions:', unset(job?.completions));
  if (job?.activeDeadlineSeconds !== undefined) out.line(0, 'Active Deadline Seconds:', `${job.activeDeadlineSeconds}s`);
  podTemplateLines(job?.template, out);
  out.line(0, 'Last Schedule Time:', status?.lastScheduleTime ? rfc1123z(status.lastScheduleTime) : '<unset>');
  out.line(0, 'Active Jobs:', (status?.active ?? []).map((each) => each.name ?? '').join(', ') || '<none>');
  await eventLines(cron, view, out, options);
};
