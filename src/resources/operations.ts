// The hands a kind's actions may ask for; `operations/` implements them, so kinds never hold a client.
import type {KubeObject} from '../kube/types/object.ts';
import type {Outcome} from './action.ts';
import type {ObjectRef} from './kind.ts';

/** Identity of the object an operation works on. `uid` and `resourceVersion` become preconditions when given. */
export type Target = ObjectRef & {readonly version: string; readonly plural: string; readonly resourceVersion?: string | undefined};

/** Everything an action can have done to a cluster. Each call is one object; bulk is the caller's business. */
export interface Operations {
  scale(target: Target, replicas: number): Promise<Outcome>;
  restart(target: Target): Promise<Outcome>;
  /** `toRevision` 0 means the one before. */
  rollBack(target: Target, toRevision: number): Promise<Outcome>;
  setImage(target: Target, images: Readonly<Record<string, string>>): Promise<Outcome>;
  pauseRollout(target: Target, paused: boolean): Promise<Outcome>;
  suspend(target: Target, suspended: boolean): Promise<Outcome>;
  triggerCronJob(target: Target): Promise<Outcome>;
  cordon(target: Target, unschedulable: boolean): Promise<Outcome>;
  remove(target: Target, options: {readonly force?: boolean; readonly cascade?: 'background' | 'foreground' | 'orphan'; readonly gracePeriodSeconds?: number}): Promise<Outcome>;
  label(target: Target, changes: Readonly<Record<string, string | null>>): Promise<Outcome>;
  annotate(target: Target, changes: Readonly<Record<string, string | null>>): Promise<Outcome>;
}

/** The target of an object of a known type. */
export const targetOf = (object: KubeObject, ref: {readonly group: string; readonly version: string; readonly plural: string; readonly kind: string}): Target => ({
  group: ref.group,
  version: ref.version,
  plural: ref.plural,
  kind: ref.kind,
  namespace: object.metadata.namespace,
  name: object.metadata.name ?? '',
  uid: object.metadata.uid,
});
