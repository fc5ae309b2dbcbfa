// Where the pod template of each built-in workload kind stands.
import type {KubeObject} from '../kube/types/object.ts';
import type {PodSpec, PodTemplateSpec} from '../kube/types/wire.ts';

const PATHS: Readonly<Record<string, readonly string[]>> = {
  'v1/Pod': [],
  'v1/ReplicationController': ['spec', 'template'],
  'apps/v1/Deployment': ['spec', 'template'],
  'apps/v1/DaemonSet': ['spec', 'template'],
  'apps/v1/ReplicaSet': ['spec', 'template'],
  'apps/v1/StatefulSet': ['spec', 'template'],
  'batch/v1/Job': ['spec', 'template'],
  'batch/v1/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
};

/** Path of the template inside an object of the kind; empty for a Pod itself, undefined for kinds without one. */
export const templatePathOf = (object: KubeObject): readonly string[] | undefined =>
  PATHS[`${object.apiVersion ?? ''}/${object.kind ?? ''}`];

/** The pod spec of an object, or undefined. */
export const podSpecOf = (object: KubeObject): PodSpec | undefined => {
  const path = templatePathOf(object);
  let value: unknown = path === undefined ? undefined : object;
  for (const key of path ?? []) value = (value as Record<string, unknown> | undefined)?.[key];
  return (value as PodTemplateSpec | undefined)?.spec;
};

/** An object that holds only `spec` below the template's path: the body of a patch. */
export const templatePatch = (object: KubeObject, template: object): Record<string, unknown> =>
  (templatePathOf(object) ?? []).reduceRight<object>((inner, key) => ({[key]: inner}), template) as Record<string, unknown>;
