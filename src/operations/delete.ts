// Deletes objects, and waits until they are gone.
import {KdeckError} from '../base/errors.ts';
import {readJson} from '../base/json/read.ts';
import {pathOf, type KubeClient} from '../kube/client.ts';
import {isStatus} from '../kube/status-error.ts';
import type {KubeObject, Status} from '../kube/types/object.ts';
import {getObject, type ObjectAddress} from './objects.ts';
import {watchObject} from './watch-object.ts';

/** How to delete. */
export type DeleteOptions = {
  readonly cascade?: 'background' | 'foreground' | 'orphan' | undefined;
  /** Absent: the object's own. */
  readonly gracePeriodSeconds?: number | undefined;
  readonly dryRun?: boolean | undefined;
  /** Refuse when the object is another one, or a newer version, by now. */
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

const POLICY = {background: 'Background', foreground: 'Foreground', orphan: 'Orphan'} as const;

/** Asks for the deletion; gives the uid of what is deleted, if the server tells it. */
export const deleteObject = async (
  client: KubeClient,
  at: ObjectAddress,
  options: DeleteOptions = {},
): Promise<string | undefined> => {
  const {cascade, gracePeriodSeconds, dryRun, uid, resourceVersion, signal} = options;
  const preconditions = {...(uid === undefined ? {} : {uid}), ...(resourceVersion === undefined ? {} : {resourceVersion})};
  const answer = await client.request({
    method: 'DELETE',
    path: pathOf(at, at),
    // In the query too: a read-only client tells dry runs by it.
    query: dryRun === true ? {dryRun: 'All'} : {},
    body: {
      ...(gracePeriodSeconds === undefined ? {} : {gracePeriodSeconds}),
      ...(cascade === undefined ? {} : {propagationPolicy: POLICY[cascade]}),
      ...(Object.keys(preconditions).length === 0 ? {} : {preconditions}),
      ...(dryRun === true ? {dryRun: ['All']} : {}),
    },
    signal,
  });
  const object = readJson(answer.text()) as KubeObject & Partial<Status>;
  return object.kind === 'Status' ? object.details?.uid : object.metadata?.uid;
};

/** An object that was deleted. */
export type Deleted = {readonly at: ObjectAddress; readonly uid?: string | undefined};

/** A week: what kubectl means by "wait for ever". */
export const FOR_EVER = 168 * 3600_000;

/**
 * Waits until each object is gone or is another one of the same name. Without the right to look, waiting ends quietly.
 * Throws `timed out waiting for the condition on pods/x` after `timeout` milliseconds.
 */
export const waitUntilGone = async (
  client: KubeClient,
  deleted: readonly Deleted[],
  timeout: number,
  signal?: AbortSignal,
): Promise<void> => {
  // One timer for all: what one object takes, the next one lacks. setTimeout takes at most 24 days, more than a week.
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  try {
    for (const {at, uid} of deleted) {
      try {
        await oneGone(client, at, uid, both);
      } catch (error) {
        if (isStatus(error, 'Forbidden') || isStatus(error, 'MethodNotAllowed')) return;
        if (stop.signal.aborted)
          throw new KdeckError('KD-DELETE-TIMEOUT', `timed out waiting for the condition on ${at.plural}/${at.name}`);
        throw error;
      }
    }
  } finally {
    clearTimeout(timer);
  }
};

const oneGone = async (client: KubeClient, at: ObjectAddress, uid: string | undefined, signal: AbortSignal): Promise<void> => {
  try {
    const now = await getObject(client, at, {signal});
    if (uid !== undefined && now.metadata.uid !== uid) return;
  } catch (error) {
    if (isStatus(error, 'NotFound')) return;
    throw error;
  }
  for await (const seen of watchObject(client, at, signal)) {
    if (seen.type !== 'present') return;
    if (uid !== undefined && seen.object.metadata.uid !== uid) return;
  }
};
