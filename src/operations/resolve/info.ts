// One object a command line or file points at, and the error texts of pointing wrongly.
import {KdeckError} from '../../base/errors.ts';
import type {AnyObject, ApiResource} from '../../kube/types/object.ts';

/** An object on its way through a verb. */
export type Info = {
  /** Its type; absent only when the server may not be asked (`--local`). */
  readonly resource: ApiResource | undefined;
  /** Empty for cluster-scoped objects. */
  namespace: string;
  name: string;
  /** File as typed, `STDIN` or URL; empty for objects named by argument. */
  readonly source: string;
  resourceVersion: string;
  readonly subresource: string;
  /** The object from the file or the server; a server Table when Tables were asked for. */
  object: AnyObject | undefined;
};

/** A sentence about what was asked for; kubectl prints it after `error: `. */
export const askedWrong = (message: string): KdeckError => new KdeckError('KD-RESOLVE-ARGUMENT', message);

/** What kubectl says when nothing at all was named. */
export const nothingNamed = (): KdeckError =>
  new KdeckError(
    'KD-RESOLVE-NOTHING',
    `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`,
  );

/** `pods/x`, as conditions and time-outs name an object. */
export const objectName = (info: Info): string =>
  `${info.resource?.plural ?? String(info.object?.kind ?? '').toLowerCase()}/${info.name}`;

/** `deployment.apps/x`: the way results name an object. */
export const kindName = (resource: {readonly group: string; readonly kind: string}, name: string): string =>
  `${resource.kind.toLowerCase()}${resource.group === '' ? '' : `.${resource.group}`}/${name}`;

/** True when the object's type belongs to namespaces. */
export const isNamespaced = (info: Info): boolean =>
  info.resource === undefined ? info.namespace !== '' : info.resource.namespaced;
