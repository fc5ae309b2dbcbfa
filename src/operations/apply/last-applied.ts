// The annotation in which `kubectl apply` remembers what it last applied, and how it is written.
import {readJson} from '../../base/json/read.ts';
import {writeJson} from '../../base/json/write.ts';
import type {AnyObject} from '../../kube/types/object.ts';

/** Key of the annotation. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manifest as the annotation holds it: compact, keys sorted, itself left out, a line break at the end. */
export const lastAppliedText = (manifest: AnyObject): string => {
  const annotations = Object.fromEntries(
    Object.entries(manifest.metadata.annotations ?? {}).filter(([key]) => key !== LAST_APPLIED),
  );
  return `${writeJson({...manifest, metadata: {...manifest.metadata, annotations}})}\n`;
};

/**
 * A copy of the manifest with the annotation that describes it. `typed` manifests were built here, in the field order of Go's
 * structs, and are written down in it.
 */
export const withLastApplied = (manifest: AnyObject, options: {readonly typed?: true} = {}): AnyObject => {
  const text = options.typed === true ? `${writeJson(manifest, 'struct')}\n` : lastAppliedText(manifest);
  return {...manifest, metadata: {...manifest.metadata, annotations: {...manifest.metadata.annotations, [LAST_APPLIED]: text}}};
};

/** What was applied last; an empty map when nothing was, or the annotation cannot be read. */
export const lastAppliedOf = (object: AnyObject): AnyObject | undefined => {
  const text = object.metadata.annotations?.[LAST_APPLIED];
  return text === undefined || text === '' ? undefined : (readJson(text) as AnyObject);
};
