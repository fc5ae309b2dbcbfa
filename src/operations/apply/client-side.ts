// `kubectl apply` as it works from the client: compare with what was applied last, and patch what differs.
import {setTimeout as sleep} from 'node:timers/promises';
import {readJson} from '../../base/json/read.ts';
import {KdeckError, messageOf} from '../../base/errors.ts';
import {writeJson} from '../../base/json/write.ts';
import {pathOf, type KubeClient} from '../../kube/client.ts';
import {isStatus} from '../../kube/status-error.ts';
import type {AnyObject, ApiResource} from '../../kube/types/object.ts';
import {deleteObject, waitUntilGone} from '../delete.ts';
import {getObject, patchObject, writeQuery, type WriteOptions} from '../objects.ts';
import {fetchInfo} from '../resolve/resolve.ts';
import type {Info} from '../resolve/info.ts';
import {applyPatch, patchedLocally, type ApplyPatch} from './apply-patch.ts';
import {LAST_APPLIED, withLastApplied} from './last-applied.ts';
import {aboutSource} from './source-error.ts';

/** How to apply. */
export type ApplyOptions = {
  readonly write: WriteOptions;
  /** Work everything out and send nothing but reads. */
  readonly clientDryRun: boolean;
  /** Delete and create again what the server refuses to patch. */
  readonly force?: {
    readonly gracePeriodSeconds?: number;
    readonly cascade?: 'background' | 'foreground' | 'orphan';
    readonly timeout: number;
  };
  readonly signal?: AbortSignal | undefined;
};

/** What applying one object came to, and what kubectl would warn about on the way. */
export type Applied = {
  readonly result: 'created' | 'configured' | 'unchanged';
  readonly object: AnyObject;
  /** The object was not made by apply: it had no annotation. */
  readonly unannotated: boolean;
};

const RETRIES = 5;

/** A copy without nulls in maps, which a create would keep and an update would drop. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])));
};

/** Creates an object from a manifest; gives it as the server keeps it. */
export const createObject = async (
  client: KubeClient,
  resource: ApiResource,
  namespace: string,
  manifest: unknown,
  options: WriteOptions = {},
): Promise<AnyObject> => {
  const answer = await client.request({
    method: 'POST',
    path: pathOf(resource, {namespace: resource.namespaced ? namespace : undefined}),
    query: writeQuery(options),
    body: writeJson(manifest),
    signal: options.signal,
  });
  return readJson(answer.text()) as AnyObject;
};

/** Applies one manifest. The info's object is the manifest; it is not changed. Throws kubectl's error. */
export const applyClientSide = async (client: KubeClient, info: Info, options: ApplyOptions): Promise<Applied> => {
  const {resource, namespace, name, source} = info;
  const object = info.object;
  if (resource === undefined || object === undefined) throw new KdeckError('KD-APPLY-OBJECT', 'nothing to apply');
  const manifest = withLastApplied(object);
  const live: Info = {...info, object: undefined};
  try {
    await fetchInfo(client, live, undefined, options.signal);
  } catch (error) {
    if (!isStatus(error, 'NotFound'))
      throw aboutSource(`retrieving current configuration of:\n${infoText(info)}\nfrom server for:`, source, error);
    const made = withoutNulls(manifest) as AnyObject;
    if (options.clientDryRun) return {result: 'created', object: made, unannotated: false};
    try {
      return {result: 'created', object: await createObject(client, resource, namespace, made, options.write), unannotated: false};
    } catch (refused) {
      throw aboutSource('creating', source, refused);
    }
  }
  const current = live.object!;
  const unannotated = current.metadata.annotations?.[LAST_APPLIED] === undefined;
  let patch: ApplyPatch | undefined;
  try {
    patch = applyPatch(manifest, current);
    if (patch.text === '{}') return {result: 'unchanged', object: current, unannotated};
    if (options.clientDryRun) return {result: 'configured', object: patchedLocally(current, patch), unannotated};
    const at = {...resource, namespace: resource.namespaced ? namespace : undefined, name};
    const {sent, object: patched} = await patchWithRetries(client, at, manifest, patch, options);
    return {result: sent.text === '{}' ? 'unchanged' : 'configured', object: patched, unannotated};
  } catch (error) {
    if (options.force !== undefined && (isStatus(error, 'Conflict') || isStatus(error, 'Invalid'))) {
      const made = await recreate(client, resource, info, manifest, current, options);
      return {result: 'configured', object: made, unannotated};
    }
    const verb = `applying patch:\n${patch?.text ?? ''}\nto:\n${infoText(live)}\nfor:`;
    throw aboutSource(verb, source, aboutSource('patching', source, error));
  }
};

/** How kubectl shows an object inside long error texts. */
const infoText = (info: Info): string => {
  const {resource, name, namespace} = info;
  const {group = '', version = '', plural = '', kind = ''} = resource ?? {};
  return (
    `Resource: "${group === '' ? '' : `${group}/`}${version}, Resource=${plural}", GroupVersionKind: "${group === '' ? '' : `${group}/`}${version}, Kind=${kind}"\n` +
    `Name: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace)}`
  ).replaceAll('"v1, ', '"/v1, ');
};

type Address = ApiResource & {readonly namespace: string | undefined; readonly name: string};

const patchWithRetries = async (
  client: KubeClient,
  at: Address,
  manifest: AnyObject,
  first: ApplyPatch,
  options: ApplyOptions,
): Promise<{sent: ApplyPatch; object: AnyObject}> => {
  let patch = first;
  for (let tries = 0; ; tries++) {
    try {
      return {sent: patch, object: await patchObject(client, at, patch.type, patch.text, options.write)};
    } catch (error) {
      if (!isStatus(error, 'Conflict') || tries >= RETRIES) throw error;
      // kubectl waits a second from the second conflict on.
      if (tries > 0) await sleep(1000, undefined, options.signal === undefined ? {} : {signal: options.signal});
      const newer = await getObject(client, at, {signal: options.signal});
      patch = applyPatch(manifest, newer);
      if (patch.text === '{}') return {sent: patch, object: newer};
    }
  }
};

const recreate = async (
  client: KubeClient,
  resource: ApiResource,
  info: Info,
  manifest: AnyObject,
  current: AnyObject,
  options: ApplyOptions,
): Promise<AnyObject> => {
  const at = {...resource, namespace: resource.namespaced ? info.namespace : undefined, name: info.name};
  const {cascade, gracePeriodSeconds, timeout} = options.force!;
  await deleteObject(client, at, {cascade, gracePeriodSeconds, signal: options.signal});
  await waitUntilGone(client, [{at, uid: current.metadata.uid}], timeout, options.signal);
  try {
    return await createObject(client, resource, info.namespace, manifest, options.write);
  } catch (error) {
    // The user's object comes back even when the new one cannot be made.
    const {resourceVersion: _version, uid: _uid, ...metadata} = current.metadata;
    try {
      await createObject(client, resource, info.namespace, {...current, metadata}, options.write);
    } catch (second) {
      throw new KdeckError(
        'KD-APPLY-RECREATE',
        `An error occurred force-replacing the existing object with the newly provided one:\n\n${messageOf(error)}.\n\n` +
          `Additionally, an error occurred attempting to restore the original object:\n\n${messageOf(second)}`,
        {cause: error},
      );
    }
    throw error;
  }
};
