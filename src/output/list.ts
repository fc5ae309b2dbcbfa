// Puts the objects of a `get` together: one object stays itself, everything else becomes a `v1` List.
import type {AnyObject} from '../kube/types/object.ts';

/** A list as kubectl assembles it, whatever the kinds in it. `resourceVersion` is that of a single listing of one page, else empty. */
export const listOf = (items: readonly object[], resourceVersion = ''): object => ({
  apiVersion: 'v1',
  items,
  kind: 'List',
  metadata: {resourceVersion},
});

/**
 * What `get -o json` and the like print. `single` says that exactly one object was asked for (one name, one file with one
 * object); if then more or none came, it is a list all the same.
 */
export const singleOrList = (objects: readonly AnyObject[], single: boolean): object => {
  if (!single || objects.length !== 1) return listOf(objects);
  const only = objects[0]!;
  if (!Array.isArray(only['items'])) return only;
  return listOf(only['items'] as object[], only.metadata?.resourceVersion ?? '');
};
