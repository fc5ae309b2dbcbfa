// Reads and writes one object: the requests every operation is made of.
import {readJson} from '../base/json/read.ts';
import {writeJson} from '../base/json/write.ts';
import {pathOf, type KubeClient} from '../kube/client.ts';
import type {AnyObject, KubeObject, ResourceRef} from '../kube/types/object.ts';

/** Where an object is. */
export type ObjectAddress = ResourceRef & {readonly namespace?: string | undefined; readonly name: string};

/** What every write may be told. */
export type WriteOptions = {
  readonly fieldManager?: string | undefined;
  /** The server checks everything and keeps nothing. */
  readonly dryRun?: boolean | undefined;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore' | undefined;
  readonly subresource?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** How a patch is meant; the words of kubectl's `--type`. */
export type PatchType = 'json' | 'merge' | 'strategic';

/** Content type of a patch. */
export const PATCH_CONTENT_TYPE: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** Query parameters of a write. */
export const writeQuery = (options: WriteOptions): Record<string, string | undefined> => ({
  dryRun: options.dryRun === true ? 'All' : undefined,
  fieldManager: options.fieldManager,
  fieldValidation: options.fieldValidation,
});

/** Reads an object whole, numbers as the server wrote them. */
export const getObject = async <T extends KubeObject = AnyObject>(
  client: KubeClient,
  at: ObjectAddress,
  options: {readonly subresource?: string | undefined; readonly signal?: AbortSignal | undefined} = {},
): Promise<T> => {
  const answer = await client.request({path: pathOf(at, {...at, subresource: options.subresource}), signal: options.signal});
  return readJson(answer.text()) as T;
};

/** Sends a patch, as text or as a value, and gives the object that came of it. */
export const patchObject = async <T extends KubeObject = AnyObject>(
  client: KubeClient,
  at: ObjectAddress,
  type: PatchType,
  patch: unknown,
  options: WriteOptions = {},
): Promise<T> => {
  const answer = await client.request({
    method: 'PATCH',
    path: pathOf(at, {...at, subresource: options.subresource}),
    query: writeQuery(options),
    body: typeof patch === 'string' ? patch : writeJson(patch),
    contentType: PATCH_CONTENT_TYPE[type],
    signal: options.signal,
  });
  return readJson(answer.text()) as T;
};

/** Writes an object back whole. */
export const replaceObject = async <T extends KubeObject = AnyObject>(
  client: KubeClient,
  at: ObjectAddress,
  object: unknown,
  options: WriteOptions = {},
): Promise<T> => {
  const answer = await client.request({
    method: 'PUT',
    path: pathOf(at, {...at, subresource: options.subresource}),
    query: writeQuery(options),
    body: writeJson(object),
    signal: options.signal,
  });
  return readJson(answer.text()) as T;
};

/** A patch that only fits the object that was looked at: another one of the same name, or a newer version, is refused. */
export const withPreconditions = (
  patch: Readonly<Record<string, unknown>>,
  expected: {readonly uid?: string | undefined; readonly resourceVersion?: string | undefined},
): Readonly<Record<string, unknown>> => {
  const metadata = {
    ...(expected.uid === undefined ? {} : {uid: expected.uid}),
    ...(expected.resourceVersion === undefined ? {} : {resourceVersion: expected.resourceVersion}),
  };
  return Object.keys(metadata).length === 0
    ? patch
    : {...patch, metadata: {...(patch['metadata'] as object | undefined), ...metadata}};
};
