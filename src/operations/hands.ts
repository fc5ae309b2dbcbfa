// What a kind's actions may have done to a cluster, with a sentence about it and the way back where there is one.
import {KdeckError} from '../base/errors.ts';
import type {KubeClient} from '../kube/client.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {Outcome} from '../resources/action.ts';
import type {DrainChoices, Operations, Target} from '../resources/operations.ts';
import {cordonNode} from './cordon.ts';
import {deleteObject} from './delete.ts';
import {type DrainOptions, evictPods, planDrain} from './drain.ts';
import {planMetadata, type MetadataChanges, type MetadataField} from './metadata-changes.ts';
import {getObject, patchObject, withPreconditions, type ObjectAddress} from './objects.ts';
import {pauseRollout, restartWorkload} from './rollout/pause-restart.ts';
import type {Revision} from './rollout/revisions.ts';
import {planUndo, sameTemplate, undoRollout} from './rollout/undo.ts';
import {scaleObject, wantedReplicas} from './scale.ts';
import {planImages} from './set-image.ts';
import {manualJobName, suspendObject, triggerCronJob} from './suspend.ts';

/** How the hands work. */
export type HandsOptions = {
  readonly now: () => Date;
  /** Name under which changed fields are owned. */
  readonly fieldManager?: string;
  readonly signal?: AbortSignal | undefined;
};

const label = (target: Target): string => `${target.kind} ${target.name}`;

const times = (count: number): string => `${count} ${count === 1 ? 'replica' : 'replicas'}`;

const listed = (words: readonly string[]): string => words.join(', ');

/** The hands on one cluster. Each call works on the object that was looked at: one of the same name that came since is left alone. */
export const handsOf = (client: KubeClient, options: HandsOptions): Operations => new Hands(client, options);

class Hands implements Operations {
  readonly #client: KubeClient;
  readonly #options: HandsOptions;

  constructor(client: KubeClient, options: HandsOptions) {
    this.#client = client;
    this.#options = options;
  }

  get #write() {
    return {fieldManager: this.#options.fieldManager ?? 'kdeck', signal: this.#options.signal};
  }

  /** Reads the object, and refuses when it is not the one that was meant. */
  async #read(target: Target): Promise<KubeObject> {
    const object = await getObject<KubeObject>(this.#client, at(target), {signal: this.#options.signal});
    if (target.uid !== undefined && object.metadata.uid !== target.uid) throw replaced(target);
    if (target.resourceVersion !== undefined && object.metadata.resourceVersion !== target.resourceVersion) {
      throw new KdeckError('KD-HANDS-CHANGED', `${label(target)} was changed meanwhile; look again before you do this`);
    }
    return {...object, apiVersion: object.apiVersion ?? '', kind: target.kind};
  }

  async scale(target: Target, replicas: number): Promise<Outcome> {
    const before = await wantedReplicas(this.#client, at(target), this.#options.signal);
    const {uid, resourceVersion} = target;
    const now = await scaleObject(this.#client, at(target), {replicas, uid, resourceVersion, signal: this.#options.signal});
    return {
      said: `${label(target)} scaled from ${before} to ${times(now)}`,
      undo: {
        title: `Scale ${target.name} back to ${before}`,
        run: async () => {
          // Somebody else, or an autoscaler, may have scaled it since; their number is not ours to take back.
          await scaleObject(this.#client, at(target), {replicas: before, currentReplicas: now, uid, signal: this.#options.signal});
          return {said: `${label(target)} scaled back to ${times(before)}`};
        },
      },
    };
  }

  async restart(target: Target): Promise<Outcome> {
    const object = await this.#read(target);
    await restartWorkload(this.#client, at(target), object, this.#options.now(), {...this.#write, uid: target.uid});
    return {said: `${label(target)} restarts its pods`};
  }

  async rollBack(target: Target, toRevision: number): Promise<Outcome> {
    const undoOptions = {toRevision, uid: target.uid, signal: this.#options.signal};
    const plan = await planUndo(this.#client, at(target), undoOptions);
    if (target.uid !== undefined && plan.workload.metadata.uid !== target.uid) throw replaced(target);
    const result = await undoRollout(this.#client, at(target), plan, undoOptions);
    if (result === 'skipped') return {said: `${label(target)} runs revision ${plan.to.number} already`};
    const said = `${label(target)} rolled back to revision ${plan.to.number}`;
    const {from} = plan;
    if (from === undefined || from.number === plan.to.number) return {said};
    return {
      said,
      undo: {
        title: `Roll ${target.name} forward to what was revision ${from.number}`,
        run: async () => this.#rollForward(target, from.number, plan.to),
      },
    };
  }

  async #rollForward(target: Target, revision: number, since: Revision): Promise<Outcome> {
    const undoOptions = {toRevision: revision, uid: target.uid, signal: this.#options.signal};
    const plan = await planUndo(this.#client, at(target), undoOptions);
    const running = plan.workload.spec?.template;
    if (running === undefined || !sameTemplate(running, since.template)) throw changedSince(target, 'pod template');
    await undoRollout(this.#client, at(target), plan, undoOptions);
    return {said: `${label(target)} rolled forward to what was revision ${revision}`};
  }

  async setImage(target: Target, images: Readonly<Record<string, string>>): Promise<Outcome> {
    const plan = planImages(await this.#read(target), images);
    if (plan.missing.length > 0)
      throw new KdeckError('KD-HANDS-CONTAINER', `${label(target)} has no container named ${listed(plan.missing)}`);
    if (plan.patch === undefined)
      return {said: `${label(target)} has ${Object.keys(images).length === 1 ? 'this image' : 'these images'} already`};
    await patchObject(this.#client, at(target), 'strategic', withPreconditions(plan.patch, {uid: target.uid}), this.#write);
    const changed = Object.entries(plan.before).map(([name, was]) => `${name} ${was} → ${images[name] ?? images['*'] ?? ''}`);
    return {
      said: `${label(target)}: ${listed(changed)}`,
      undo: {
        title: `Set the ${changed.length === 1 ? 'image' : 'images'} of ${target.name} back`,
        run: async () => {
          if (planImages(await this.#read(unversioned(target)), images).patch !== undefined) throw changedSince(target, 'images');
          return {said: (await this.setImage(unversioned(target), plan.before)).said};
        },
      },
    };
  }

  async pauseRollout(target: Target, paused: boolean): Promise<Outcome> {
    const object = await this.#read(target);
    if (((object as {spec?: {paused?: boolean}}).spec?.paused ?? false) === paused)
      return {said: `${label(target)} is ${paused ? 'paused' : 'not paused'} already`};
    await pauseRollout(this.#client, at(target), object, paused, {...this.#write, uid: target.uid});
    return {
      said: `Rollouts of ${target.name} are ${paused ? 'paused' : 'resumed'}`,
      undo: {
        title: `${paused ? 'Resume' : 'Pause'} rollouts of ${target.name}`,
        run: async () => ({said: (await this.pauseRollout(unversioned(target), !paused)).said}),
      },
    };
  }

  async suspend(target: Target, suspended: boolean): Promise<Outcome> {
    const object = await this.#read(target);
    if (((object as {spec?: {suspend?: boolean}}).spec?.suspend ?? false) === suspended)
      return {said: `${label(target)} is ${suspended ? 'suspended' : 'not suspended'} already`};
    await suspendObject(this.#client, at(target), suspended, {...this.#write, uid: target.uid});
    return {
      said: `${label(target)} ${suspended ? 'is suspended' : 'goes on'}`,
      undo: {
        title: `${suspended ? 'Resume' : 'Suspend'} ${target.name}`,
        run: async () => ({said: (await this.suspend(unversioned(target), !suspended)).said}),
      },
    };
  }

  async triggerCronJob(target: Target): Promise<Outcome> {
    await this.#read(target);
    const job = await triggerCronJob(this.#client, at(target), manualJobName(target.name, this.#options.now()), this.#write);
    const {name = '', uid} = job.metadata;
    return {
      said: `Job ${name} started from ${label(target)}`,
      undo: {
        title: `Delete Job ${name}`,
        run: async () => {
          await deleteObject(
            this.#client,
            {group: 'batch', version: 'v1', plural: 'jobs', namespace: target.namespace, name},
            {cascade: 'background', uid, signal: this.#options.signal},
          );
          return {said: `Job ${name} deleted`};
        },
      },
    };
  }

  async cordon(target: Target, unschedulable: boolean): Promise<Outcome> {
    const node = await this.#read(target);
    if (((node as {spec?: {unschedulable?: boolean}}).spec?.unschedulable ?? false) === unschedulable) {
      return {said: `${label(target)} is ${unschedulable ? 'cordoned' : 'not cordoned'} already`};
    }
    await cordonNode(this.#client, target.name, unschedulable, {...this.#write, uid: target.uid});
    return {
      said: `${label(target)} ${unschedulable ? 'takes no new pods' : 'takes new pods again'}`,
      undo: {
        title: `${unschedulable ? 'Uncordon' : 'Cordon'} ${target.name}`,
        run: async () => ({said: (await this.cordon(unversioned(target), !unschedulable)).said}),
      },
    };
  }

  async drain(target: Target, choices: DrainChoices): Promise<Outcome> {
    const node = await this.#read(target);
    const options: DrainOptions = {
      force: choices.force,
      ignoreDaemonSets: true,
      deleteEmptyDirData: choices.deleteEmptyDirData,
      gracePeriodSeconds: choices.gracePeriodSeconds ?? -1,
      timeout: choices.timeout,
      podSelector: '',
      chunkSize: 500,
      disableEviction: false,
      skipWaitForDeleteTimeoutSeconds: 0,
      dryRun: false,
      now: this.#options.now,
      signal: this.#options.signal,
    };
    const plan = await planDrain(this.#client, target.name, options);
    if (plan.errors.length > 0)
      throw new KdeckError('KD-HANDS-DRAIN', `${label(target)} cannot be drained: ${plan.errors.join('; ')}`);
    if ((node as {spec?: {unschedulable?: boolean}}).spec?.unschedulable !== true)
      await cordonNode(this.#client, target.name, true, {...this.#write, uid: target.uid});
    await evictPods(this.#client, plan.pods, options, () => undefined);
    return {
      said: `${label(target)} is cordoned and ${plan.pods.length} ${plan.pods.length === 1 ? 'pod has' : 'pods have'} moved on`,
      undo: {title: `Uncordon ${target.name}`, run: async () => ({said: (await this.cordon(unversioned(target), false)).said})},
    };
  }

  async remove(target: Target, how: Parameters<Operations['remove']>[1]): Promise<Outcome> {
    const {force = false, cascade = 'background', gracePeriodSeconds} = how;
    await deleteObject(this.#client, at(target), {
      cascade,
      gracePeriodSeconds: force ? 0 : gracePeriodSeconds,
      uid: target.uid,
      resourceVersion: target.resourceVersion,
      signal: this.#options.signal,
    });
    return {said: `${label(target)} ${force ? 'deleted at once, without waiting for its processes to end' : 'deleted'}`};
  }

  label(target: Target, changes: MetadataChanges): Promise<Outcome> {
    return this.#changeMetadata(target, 'labels', changes);
  }

  annotate(target: Target, changes: MetadataChanges): Promise<Outcome> {
    return this.#changeMetadata(target, 'annotations', changes);
  }

  async #changeMetadata(target: Target, field: MetadataField, changes: MetadataChanges): Promise<Outcome> {
    const plan = planMetadata(await this.#read(target), field, changes);
    if (plan.patch === undefined) return {said: `The ${field} of ${label(target)} are as wanted already`};
    await patchObject(this.#client, at(target), 'merge', withPreconditions(plan.patch, {uid: target.uid}), this.#write);
    const parts = [
      ...(plan.added.length > 0 ? [`${listed(plan.added)} set`] : []),
      ...(plan.removed.length > 0 ? [`${listed(plan.removed)} removed`] : []),
    ];
    return {
      said: `${field === 'labels' ? 'Labels' : 'Annotations'} of ${label(target)}: ${listed(parts)}`,
      undo: {
        title: `Set the ${field} of ${target.name} back`,
        run: async () => {
          if (planMetadata(await this.#read(unversioned(target)), field, changes).patch !== undefined)
            throw changedSince(target, field);
          return {said: (await this.#changeMetadata(unversioned(target), field, plan.undo)).said};
        },
      },
    };
  }
}

const at = ({group, version, plural, namespace, name}: Target): ObjectAddress => ({group, version, plural, namespace, name});

// Our own change has moved the version on; the identity still holds.
const unversioned = ({resourceVersion: _version, ...target}: Target): Target => target;

// What others did since is not ours to take back.
const changedSince = (target: Target, what: string): KdeckError =>
  new KdeckError(
    'KD-HANDS-CHANGED',
    `somebody changed the ${what} of ${label(target)} since, so ${what.endsWith('s') ? 'they were' : 'it was'} left alone`,
  );

const replaced = (target: Target): KdeckError =>
  new KdeckError('KD-HANDS-REPLACED', `${label(target)} was deleted and made anew meanwhile; this is another one`);
