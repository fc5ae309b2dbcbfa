// What can be done to Jobs and CronJobs.
import type {CronJob, Job} from '../../kube/types/wire.ts';
import {action, type Action} from '../action.ts';
import {targetOf} from '../operations.ts';
import {type ActedOn, metadataActions} from '../shared/actions/object.ts';
import {cronJobs, jobs} from '../shared/refs.ts';

type Suspendable = CronJob | Job;

const isFinished = (object: Suspendable): boolean =>
  'status' in object &&
  (object as Job).status?.conditions?.some(
    (condition) => (condition.type === 'Complete' || condition.type === 'Failed') && condition.status === 'True',
  ) === true;

/** K9s has one key for both, which turns it round. */
const suspendAction = <T extends Suspendable>(ref: ActedOn): Action<T> =>
  action<T>({
    id: 'workload.suspend',
    title: 'Suspend or resume',
    summary: 'Stops it from starting anything; the second time it goes on.',
    keys: ['s'],
    danger: 'changes',
    needs: {verb: 'patch'},
    unavailable: (object) => (isFinished(object) ? 'it has finished' : undefined),
    preview: (objects) =>
      objects.map(({metadata, spec}) => `${metadata.name}: ${spec?.suspend === true ? 'goes on' : 'is suspended'}`),
    run: (operations, object) => operations.suspend(targetOf(object, ref), object.spec?.suspend !== true),
  });

const cronJob = {...cronJobs, kind: 'CronJob'};
const job = {...jobs, kind: 'Job'};

export const cronJobActions: readonly Action<CronJob>[] = [
  action<CronJob>({
    id: 'cron-job.trigger',
    title: 'Trigger',
    summary: 'Starts one of its jobs now, outside the schedule.',
    keys: ['t'],
    danger: 'changes',
    needs: {verb: 'create', on: jobs},
    preview: (objects) => objects.map(({metadata}) => `A job of ${metadata.name} starts now`),
    run: (operations, object) => operations.triggerCronJob(targetOf(object, cronJob)),
  }),
  suspendAction<CronJob>(cronJob),
  ...metadataActions<CronJob>(cronJob),
];

export const jobActions: readonly Action<Job>[] = [suspendAction<Job>(job), ...metadataActions<Job>(job)];
