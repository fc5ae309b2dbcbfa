// What kdeck knows about Jobs.
import {humanDuration} from '../../../base/age.ts';
import type {Job} from '../../../kube/types/wire.ts';
import {column, type Tone} from '../../column.ts';
import {type Health, kind} from '../../kind.ts';
import {ageColumn, byNumber, metadataColumns, msSince, nameColumn, templateColumns} from '../../shared/columns.ts';
import {jobs, pods} from '../../shared/refs.ts';
import {ownedBy, podSpecRelations, selects} from '../../shared/relations.ts';
import {jobActions} from '../actions.ts';
import {describe} from './describe.ts';

const TONES: Readonly<Record<string, Tone>> = {
  Complete: 'idle',
  Failed: 'bad',
  FailureTarget: 'bad',
  Terminating: 'busy',
  Suspended: 'idle',
  Running: 'ok',
  SuccessCriteriaMet: 'ok',
};

/** The STATUS word of a job. */
export const jobStatus = ({metadata, status}: Job): string => {
  // Only the first condition of a type counts.
  const has = (type: string): boolean => status?.conditions?.find((condition) => condition.type === type)?.status === 'True';
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (has('Suspended')) return 'Suspended';
  if (has('FailureTarget')) return 'FailureTarget';
  if (has('SuccessCriteriaMet')) return 'SuccessCriteriaMet';
  return 'Running';
};

const runtime = ({status}: Job, now: Date): number | undefined => {
  if (!status?.startTime) return undefined;
  const until = status.completionTime ? Date.parse(status.completionTime) : now.getTime();
  return until - Date.parse(status.startTime);
};

type Completions = {readonly done: number; readonly want: number; readonly parallel: number};

const FAILURES: Readonly<Record<string, string>> = {
  BackoffLimitExceeded: 'it gave up after too many failures',
  DeadlineExceeded: 'it ran out of its allowed time',
  PodFailurePolicy: 'a failure its policy does not forgive',
  MaxFailedIndexesExceeded: 'too many of its indexes failed',
  FailedIndexes: 'some of its indexes failed',
};

const health = (job: Job, {now}: {readonly now: Date}): Health => {
  const {spec, status} = job;
  const word = jobStatus(job);
  const want = spec?.completions ?? 1;
  const done = status?.succeeded ?? 0;
  const failed = status?.failed ?? 0;
  if (word === 'Complete') return {tone: 'idle', reason: `It finished in ${humanDuration(runtime(job, now) ?? 0)}.`};
  if (word === 'Failed' || word === 'FailureTarget') {
    const why = status?.conditions?.find((condition) => condition.type === word && condition.status === 'True');
    return {
      tone: 'bad',
      reason: `It failed: ${FAILURES[why?.reason ?? ''] ?? why?.message ?? 'no reason was given'}${failed === 0 ? '' : ` (${failed} failed ${failed === 1 ? 'pod' : 'pods'})`}.`,
    };
  }
  if (word === 'Terminating') return {tone: 'busy', reason: 'It is being deleted.'};
  if (word === 'Suspended') return {tone: 'idle', reason: 'It is suspended and runs no pods until it is resumed.'};
  if (failed > 0) return {tone: 'warn', reason: `It runs, but ${failed} of its pods failed so far (${done} of ${want} done).`};
  if ((status?.active ?? 0) === 0 && (msSince(job.metadata.creationTimestamp, now) ?? 0) > 60_000)
    return {tone: 'warn', reason: 'It has no running pod; its events say why.'};
  return {tone: 'ok', reason: `It is running: ${done} of ${want} done.`};
};

export const resource = kind<Job>({
  ref: jobs,
  kind: 'Job',
  singular: 'job',
  shortNames: [],
  categories: ['all'],
  namespaced: true,
  family: 'workloads',
  columns: [
    nameColumn,
    column<Job, string>({id: 'status', title: 'STATUS', value: jobStatus, tone: (status) => TONES[status], keep: 8}),
    column<Job, Completions>({
      id: 'completions',
      title: 'COMPLETIONS',
      value: ({spec, status}) => ({
        done: status?.succeeded ?? 0,
        want: spec?.completions ?? 0,
        parallel: spec?.completions === undefined ? (spec?.parallelism ?? 0) : -1,
      }),
      text: ({done, want, parallel}) =>
        parallel < 0 ? `${done}/${want}` : parallel > 1 ? `${done}/1 of ${parallel}` : `${done}/1`,
      order: (a, b) => a.done - b.done || a.want - b.want,
      keep: 7,
    }),
    column<Job, number | undefined>({
      id: 'duration',
      title: 'DURATION',
      value: (job, {now}) => runtime(job, now),
      text: (ms) => (ms === undefined ? '' : humanDuration(ms)),
      order: byNumber,
      ticks: true,
      align: 'right',
    }),
    ageColumn,
    ...templateColumns<Job>(
      ({spec}) => spec?.template.spec?.containers,
      ({spec}) => spec?.selector,
    ),
    ...metadataColumns,
  ],
  keep: [
    'spec.completions',
    'spec.parallelism',
    'spec.suspend',
    'spec.selector',
    'spec.template.spec.containers[].name',
    'spec.template.spec.containers[].image',
    'status.startTime',
    'status.completionTime',
    'status.active',
    'status.succeeded',
    'status.failed',
    'status.conditions',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    selects<Job>('owns', pods, ({spec}) => spec?.selector),
    ...podSpecRelations<Job>(({spec}) => spec?.template.spec),
  ],
  actions: jobActions,
  onEnter: 'open.pods',
});
