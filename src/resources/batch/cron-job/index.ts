// What kdeck knows about CronJobs.
import type {CronJob} from '../../../kube/types/wire.ts';
import {column} from '../../column.ts';
import {type Health, kind} from '../../kind.ts';
import {
  ageColumn,
  byNumber,
  countColumn,
  metadataColumns,
  msSince,
  nameColumn,
  sinceText,
  templateColumns,
  textColumn,
} from '../../shared/columns.ts';
import {boolText} from '../../shared/describe/blocks.ts';
import {cronJobs, pointer} from '../../shared/refs.ts';
import {ownedBy, podSpecRelations} from '../../shared/relations.ts';
import {cronJobActions} from '../actions.ts';
import {describe} from './describe.ts';

const health = ({metadata, spec, status}: CronJob): Health => {
  const active = status?.active?.length ?? 0;
  if (metadata.deletionTimestamp !== undefined) return {tone: 'busy', reason: 'It is being deleted.'};
  if (spec?.suspend === true) return {tone: 'idle', reason: 'It is suspended: nothing is started until it is resumed.'};
  if (active > 0) return {tone: 'ok', reason: active === 1 ? 'One of its jobs is running.' : `${active} of its jobs are running.`};
  const {lastScheduleTime, lastSuccessfulTime} = status ?? {};
  if (!lastScheduleTime) return {tone: 'ok', reason: 'It has not been due yet.'};
  if (!lastSuccessfulTime) return {tone: 'warn', reason: 'None of its runs has succeeded yet.'};
  if (Date.parse(lastSuccessfulTime) < Date.parse(lastScheduleTime)) return {tone: 'warn', reason: 'Its last run did not succeed.'};
  return {tone: 'ok', reason: 'Its last run succeeded.'};
};

export const resource = kind<CronJob>({
  ref: cronJobs,
  kind: 'CronJob',
  singular: 'cronjob',
  shortNames: ['cj'],
  categories: ['all'],
  namespaced: true,
  family: 'workloads',
  columns: [
    nameColumn,
    textColumn<CronJob>('schedule', 'SCHEDULE', ({spec}) => spec?.schedule, {keep: 7}),
    textColumn<CronJob>('timezone', 'TIMEZONE', ({spec}) => spec?.timeZone, {none: '<none>', keep: 3}),
    column<CronJob, boolean | undefined>({
      id: 'suspend',
      title: 'SUSPEND',
      value: ({spec}) => spec?.suspend,
      text: boolText,
      order: (a, b) => Number(a ?? false) - Number(b ?? false),
      tone: (suspended) => (suspended === true ? 'idle' : undefined),
      keep: 7,
    }),
    countColumn<CronJob>('active', 'ACTIVE', ({status}) => status?.active?.length, {keep: 6}),
    column<CronJob, number | undefined>({
      id: 'last-schedule',
      title: 'LAST SCHEDULE',
      value: ({status}, {now}) => msSince(status?.lastScheduleTime, now),
      text: (ms) => (ms === undefined ? '<none>' : sinceText(ms)),
      order: byNumber,
      ticks: true,
      align: 'right',
      keep: 6,
    }),
    ageColumn,
    ...templateColumns<CronJob>(
      ({spec}) => spec?.jobTemplate.spec?.template.spec?.containers,
      ({spec}) => spec?.jobTemplate.spec?.selector,
    ),
    ...metadataColumns,
  ],
  keep: [
    'spec.schedule',
    'spec.timeZone',
    'spec.suspend',
    'spec.jobTemplate.spec.selector',
    'spec.jobTemplate.spec.template.spec.containers[].name',
    'spec.jobTemplate.spec.template.spec.containers[].image',
    'status',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    {
      type: 'owns',
      targets: ({metadata, status}) =>
        (status?.active ?? []).map((job) => pointer('batch', 'Job', job.name ?? '', metadata.namespace, job.uid)),
    },
    ...podSpecRelations<CronJob>(({spec}) => spec?.jobTemplate.spec?.template.spec),
  ],
  actions: cronJobActions,
  onEnter: 'open.jobs',
});
