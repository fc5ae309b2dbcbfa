// What an object is now and what it would be once a manifest were applied: the two sides of `diff`. Changes nothing.
import {readJson} from '../../base/json/read.ts';
import {writeJson} from '../../base/json/write.ts';
import {pathOf, type KubeClient} from '../../kube/client.ts';
import {isStatus} from '../../kube/status-error.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {patchObject, type WriteOptions} from '../objects.ts';
import {fetchInfo} from '../resolve/resolve.ts';
import type {Info} from '../resolve/info.ts';
import {applyPatch} from './apply-patch.ts';
import {createObject} from './client-side.ts';
import {lastAppliedText} from './last-applied.ts';

/** Both sides; `live` is absent when the object would be created. */
export type WouldBe = {readonly live: AnyObject | undefined; readonly merged: AnyObject};

/** How the manifest would be applied. */
export type WouldBeOptions = {
  readonly fieldManager: string;
  readonly serverSide: boolean;
  readonly forceConflicts: boolean;
  readonly signal?: AbortSignal | undefined;
};

const RETRIES = 4;

/** Asks the server what would come of it. Retries while the object changes under our hands; the last try goes without a lock. */
export const wouldBe = async (client: KubeClient, info: Info, options: WouldBeOptions): Promise<WouldBe> => {
  for (let tries = 1; ; tries++) {
    const current: Info = {...info, object: undefined};
    try {
      await fetchInfo(client, current, undefined, options.signal);
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
    }
    try {
      return {live: current.object, merged: await merged(client, info, current.object, options, tries < RETRIES)};
    } catch (error) {
      if (!isStatus(error, 'Conflict') || tries >= RETRIES || options.serverSide) throw error;
    }
  }
};

const merged = async (
  client: KubeClient,
  info: Info,
  live: AnyObject | undefined,
  options: WouldBeOptions,
  lock: boolean,
): Promise<AnyObject> => {
  const resource = info.resource!;
  const manifest = info.object!;
  const write: WriteOptions = {fieldManager: options.fieldManager, dryRun: true, signal: options.signal};
  const at = {...resource, namespace: resource.namespaced ? info.namespace : undefined, name: info.name};
  if (options.serverSide) {
    const answer = await client.request({
      method: 'PATCH',
      path: pathOf(resource, at),
      query: {dryRun: 'All', fieldManager: options.fieldManager, force: options.forceConflicts},
      body: writeJson(manifest),
      contentType: 'application/apply-patch+yaml',
      signal: options.signal,
    });
    return readJson(answer.text()) as AnyObject;
  }
  if (live === undefined) return createObject(client, resource, info.namespace, manifest, write);
  const patch = applyPatch(readJson(lastAppliedText(manifest)) as AnyObject, live);
  if (patch.text === '{}') return live;
  const metadata = {...(patch.value['metadata'] as object | undefined), resourceVersion: live.metadata.resourceVersion};
  return patchObject(client, at, patch.type, lock ? {...patch.value, metadata} : patch.text, write);
};

/** Values of a Secret hidden on both sides, so that only the fact of a change shows. */
export const masked = ({live, merged: after}: WouldBe): WouldBe => {
  const from = {...(live?.['data'] as Record<string, string> | undefined)};
  const to = {...(after['data'] as Record<string, string> | undefined)};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const changed = from[key] !== undefined && to[key] !== undefined && from[key] !== to[key];
    if (from[key] !== undefined) from[key] = changed ? '*** (before)' : '***';
    if (to[key] !== undefined) to[key] = changed ? '*** (after)' : '***';
  }
  return {
    live: live?.['data'] === undefined ? live : {...live, data: from},
    merged: after['data'] === undefined ? after : {...after, data: to},
  };
};
