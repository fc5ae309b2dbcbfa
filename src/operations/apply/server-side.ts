// Server-side apply: the server merges, knows who owns which field, and says where owners disagree.
import {readJson} from '../../base/json/read.ts';
import {KdeckError, messageOf} from '../../base/errors.ts';
import {writeJson} from '../../base/json/write.ts';
import {pathOf, type KubeClient} from '../../kube/client.ts';
import {isStatus, StatusError} from '../../kube/status-error.ts';
import {apiVersionOf, type AnyObject, type ApiResource} from '../../kube/types/object.ts';
import {patchObject, writeQuery, type WriteOptions} from '../objects.ts';
import type {Info} from '../resolve/info.ts';
import {LAST_APPLIED} from './last-applied.ts';
import {clientSideOwners, upgradePatch} from './managed-fields.ts';

/** The manager kubectl owns fields by when it applies on the server. */
export const SERVER_SIDE_MANAGER = 'kubectl';

const CONFLICT_ADVICE = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** How to apply on the server. */
export type ServerSideOptions = {
  readonly write: WriteOptions;
  readonly forceConflicts: boolean;
  readonly warn: (text: string) => void;
};

const send = async (
  client: KubeClient,
  info: Info,
  manifest: unknown,
  write: WriteOptions,
  force: boolean | undefined,
): Promise<AnyObject> => {
  const resource = info.resource as ApiResource;
  const answer = await client.request({
    method: 'PATCH',
    path: pathOf(resource, {
      namespace: resource.namespaced ? info.namespace : undefined,
      name: info.name,
      subresource: write.subresource === '' ? undefined : write.subresource,
    }),
    query: {...writeQuery(write), force},
    body: writeJson(manifest),
    contentType: 'application/apply-patch+yaml',
    signal: write.signal,
  });
  return readJson(answer.text()) as AnyObject;
};

/**
 * Applies one manifest on the server. Objects that client-side apply made before are moved over, as kubectl does; trouble
 * with that is a warning, because the manifest itself is applied already.
 *
 * @throws KdeckError with kubectl's advice when other managers own fields of the manifest.
 */
export const applyServerSide = async (client: KubeClient, info: Info, options: ServerSideOptions): Promise<AnyObject> => {
  const manifest = info.object!;
  let object: AnyObject;
  try {
    object = await send(client, info, manifest, options.write, options.forceConflicts);
  } catch (error) {
    if (error instanceof StatusError && error.status.code === 415) {
      throw new KdeckError('KD-APPLY-SERVER-SIDE', `Server-side apply not available on the server: (${messageOf(error)})`, {
        cause: error,
      });
    }
    if (isStatus(error, 'Conflict'))
      throw new KdeckError('KD-APPLY-CONFLICT', `${messageOf(error)}${CONFLICT_ADVICE}`, {cause: error});
    throw error;
  }
  return migrate(client, info, manifest, object, options);
};

const migrate = async (
  client: KubeClient,
  info: Info,
  manifest: AnyObject,
  applied: AnyObject,
  options: ServerSideOptions,
): Promise<AnyObject> => {
  let object = applied;
  try {
    object = await keepLastApplied(client, info, object, options);
  } catch (error) {
    options.warn(
      `Warning: failed to migrate kubectl.kubernetes.io/last-applied-configuration for Server-Side Apply. This is non-fatal and will be retried next time you apply. Error: ${messageOf(error)}\n`,
    );
    return object;
  }
  let moved: boolean;
  try {
    ({object, moved} = await moveOwnership(client, info, object, options));
  } catch (error) {
    options.warn(
      `Warning: server rejected managed fields migration to Server-Side Apply. This is non-fatal and will be retried next time you apply. Error: ${messageOf(error)}\n`,
    );
    return object;
  }
  if (!moved) return object;
  try {
    // Fields the manifest no longer has can only go now that they are ours.
    return await send(client, info, manifest, options.write, options.forceConflicts);
  } catch (error) {
    options.warn(
      `Warning: failed to re-apply configuration after performing Server-Side Apply migration. This is non-fatal and will be retried next time you apply. Error: ${messageOf(error)}\n`,
    );
    return object;
  }
};

/** Gives the annotation an owner of its own, so that applying without it does not remove it. */
const keepLastApplied = async (
  client: KubeClient,
  info: Info,
  object: AnyObject,
  options: ServerSideOptions,
): Promise<AnyObject> => {
  const text = object.metadata.annotations?.[LAST_APPLIED];
  if (options.write.fieldManager !== SERVER_SIDE_MANAGER || text === undefined) return object;
  if (clientSideOwners(object, 'Apply').length > 0) return object;
  const resource = info.resource as ApiResource;
  const annotation = {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      name: info.name,
      ...(resource.namespaced ? {namespace: info.namespace} : {}),
      annotations: {[LAST_APPLIED]: text},
    },
  };
  return send(client, info, annotation, {...options.write, fieldManager: 'kubectl-last-applied'}, undefined);
};

const moveOwnership = async (
  client: KubeClient,
  info: Info,
  applied: AnyObject,
  options: ServerSideOptions,
): Promise<{object: AnyObject; moved: boolean}> => {
  const resource = info.resource as ApiResource;
  const at = {...resource, namespace: resource.namespaced ? info.namespace : undefined, name: info.name};
  const owners = clientSideOwners(applied, 'Update');
  let object = applied;
  for (let tries = 0; ; tries++) {
    const patch = upgradePatch(object, owners, options.write.fieldManager ?? SERVER_SIDE_MANAGER);
    if (patch === undefined) return {object, moved: false};
    try {
      return {object: await patchObject(client, at, 'json', patch, options.write), moved: true};
    } catch (error) {
      if (!isStatus(error, 'Conflict') || tries >= 5) throw error;
      const answer = await client.request({path: pathOf(resource, at), signal: options.write.signal});
      object = readJson(answer.text()) as AnyObject;
    }
  }
};
