// Stops a CronJob or a Job from starting work, or lets it go on; and starts a CronJob's work now.
import type {KubeClient} from '../kube/client.ts';
import {pathOf} from '../kube/client.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {CronJob, Job} from '../kube/types/wire.ts';
import {getObject, patchObject, withPreconditions, writeQuery, type ObjectAddress, type WriteOptions} from './objects.ts';

/** Sets `spec.suspend`. */
export const suspendObject = (
  client: KubeClient,
  at: ObjectAddress,
  suspend: boolean,
  options: WriteOptions & {readonly uid?: string | undefined} = {},
): Promise<KubeObject> => patchObject(client, at, 'merge', withPreconditions({spec: {suspend}}, {uid: options.uid}), options);

/** Makes a Job from a CronJob's template, owned by it, as `create job --from=cronjob/x` does. */
export const triggerCronJob = async (
  client: KubeClient,
  at: ObjectAddress,
  name: string,
  options: WriteOptions = {},
): Promise<Job> => {
  const cronJob = await getObject<CronJob>(client, at, {signal: options.signal});
  const template = cronJob.spec?.jobTemplate;
  const answer = await client.request({
    method: 'POST',
    path: pathOf({group: 'batch', version: 'v1', plural: 'jobs'}, {namespace: at.namespace}),
    query: writeQuery(options),
    body: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        namespace: at.namespace,
        labels: template?.metadata?.labels,
        annotations: {...template?.metadata?.annotations, 'cronjob.kubernetes.io/instantiate': 'manual'},
        ownerReferences: [
          {apiVersion: 'batch/v1', kind: 'CronJob', name: cronJob.metadata.name, uid: cronJob.metadata.uid, controller: true},
        ],
      },
      spec: template?.spec,
    },
    signal: options.signal,
  });
  return answer.json<Job>();
};

/** A name for a Job started by hand: the CronJob's, cut so that the server's limit of 63 holds, and a time. */
export const manualJobName = (cronJob: string, now: Date): string => {
  const suffix = `-manual-${Math.floor(now.getTime() / 1000).toString(36)}`;
  return cronJob.slice(0, 63 - suffix.length).replace(/[-.]+$/, '') + suffix;
};
