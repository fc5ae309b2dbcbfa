// client-node's models as they really look on the wire; the only file that turns one into the other.
import type * as models from '@kubernetes/client-node';
import type {ObjectMeta} from './object.ts';

/**
 * A client-node model as raw JSON: `Date` is RFC 3339 text and renamed fields (`_continue`, `_default`) have their real names.
 * client-node's types describe converted objects, while lists and watch events are JSON as sent.
 */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends object
        ? string extends keyof T
          ? {[K in keyof T]: Wire<T[K]>}
          : {[K in keyof T as K extends `_${infer Name}` ? Name : K]: Wire<T[K]>}
        : T;

type WithMeta<T> = Omit<Wire<T>, 'metadata'> & {metadata: ObjectMeta};

export type Pod = WithMeta<models.V1Pod>;
export type PodSpec = Wire<models.V1PodSpec>;
export type PodTemplateSpec = Wire<models.V1PodTemplateSpec>;
export type Container = Wire<models.V1Container>;
export type ContainerStatus = Wire<models.V1ContainerStatus>;
export type Deployment = WithMeta<models.V1Deployment>;
export type ReplicaSet = WithMeta<models.V1ReplicaSet>;
export type StatefulSet = WithMeta<models.V1StatefulSet>;
export type DaemonSet = WithMeta<models.V1DaemonSet>;
export type ControllerRevision = WithMeta<models.V1ControllerRevision>;
export type Job = WithMeta<models.V1Job>;
export type CronJob = WithMeta<models.V1CronJob>;
export type Service = WithMeta<models.V1Service>;
export type EndpointSlice = WithMeta<models.V1EndpointSlice>;
export type Ingress = WithMeta<models.V1Ingress>;
export type ConfigMap = WithMeta<models.V1ConfigMap>;
export type Secret = WithMeta<models.V1Secret>;
export type PersistentVolumeClaim = WithMeta<models.V1PersistentVolumeClaim>;
export type PersistentVolume = WithMeta<models.V1PersistentVolume>;
export type Node = WithMeta<models.V1Node>;
export type Namespace = WithMeta<models.V1Namespace>;
export type CoreEvent = WithMeta<models.CoreV1Event>;
export type ServiceAccount = WithMeta<models.V1ServiceAccount>;
