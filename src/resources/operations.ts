// The hands a kind's actions may ask for; `operations/` implements them, so kinds never hold a client.
import type {KubeObject} from '../kube/types/object.ts';
import type {Outcome} from './action.ts';
import type {ObjectRef} from './kind.ts';

/** Identity of the object an operation works on. `uid` and `resourceVersion` become preconditions when given. */
export type Target = ObjectRef & {readonly version: string; readonly plural: string; readonly resourceVersion?: string | undefined};

/** What a drain may do beyond moving pods that something will re-create. */
export type DrainChoices = {
  /** Also pods nothing re-creates. */
  readonly force: boolean;
  /** Also pods with data in an emptyDir, which is lost. */
  readonly deleteEmptyDirData: boolean;
  /** Seconds for each pod to end; undefined leaves it to the pod. */
  readonly gracePeriodSeconds?: number | undefined;
  /** Milliseconds to wait for evictions that a budget holds back; 0 waits for ever. */
  readonly timeout: number;
};

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
  /** Cordons a node and evicts its pods, respecting disruption budgets; says what stayed. */
  drain(target: Target, options: DrainChoices): Promise<Outcome>;
  remove(
    target: Target,
    options: {
      readonly force?: boolean;
      readonly cascade?: 'background' | 'foreground' | 'orphan';
      readonly gracePeriodSeconds?: number;
    },
  ): Promise<Outcome>;
  label(target: Target, changes: Readonly<Record<string, string | null>>): Promise<Outcome>;
  annotate(target: Target, changes: Readonly<Record<string, string | null>>): Promise<Outcome>;
}

/** The target of an object of a known type. */
export const targetOf = (
  object: KubeObject,
  ref: {readonly group: string; readonly version: string; readonly plural: string; readonly kind: string},
): Target => ({
  group: ref.group,
  version: ref.version,
  plural: ref.plural,
  kind: ref.kind,
  namespace: object.metadata.namespace,
  name: object.metadata.name ?? '',
  uid: object.metadata.uid,
});
