// Leaves `metadata.managedFields` out of what is printed, without touching the object.
import {isList} from './printer.ts';

const stripped = (object: object): object => {
  const metadata = (object as {metadata?: Record<string, unknown>}).metadata;
  if (metadata === undefined || metadata === null || metadata['managedFields'] === undefined) return object;
  // Rebuilt field by field, so that the order of a client-made object stays.
  const rest: Record<string, unknown> = {...metadata};
  delete rest['managedFields'];
  return {...object, metadata: rest};
};

/** The object, or the list with each item, without managedFields. */
export const omitManagedFields = (object: object): object =>
  isList(object) ? {...object, items: object.items.map(stripped)} : stripped(object);
