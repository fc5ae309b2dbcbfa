// Names one object in the parameters of a screen, and reads it whole from the server.
import type {AnyObject} from '../../../kube/types/object.ts';
import {kindKey} from '../../../resources/kind.ts';
import type {App, TargetObject} from '../../session/app.ts';
import type {Io} from '../../session/effect.ts';
import {cleanLine} from '../../../base/text.ts';

/** One object, as plain data. */
export type ObjectParams = {readonly kind: string; readonly namespace: string | undefined; readonly name: string};

export const paramsOf = ({object, resource}: TargetObject): ObjectParams => ({
  kind: kindKey(resource),
  namespace: object.metadata.namespace,
  name: object.metadata.name ?? '',
});

/** Reads the object the parameters name. */
export const readTarget = async (params: ObjectParams, io: Io, app: App): Promise<TargetObject & {readonly object: AnyObject}> => {
  const known = app.kinds.get(params.kind);
  const connection = io.services.connection();
  if (known === undefined || connection === undefined) throw new Error('there is no connection to the cluster');
  const object = await connection.read(known.resource, {namespace: params.namespace, name: params.name}, io.signal);
  return {object, resource: known.resource, kind: known.kind};
};

/** `Describe deployment checkout`. */
export const objectCrumb = (verb: string, params: ObjectParams, app: App): string =>
  `${cleanLine(params.name)} ${app.look.glyphs.crumb} ${verb}`;
