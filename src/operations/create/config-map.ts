// A ConfigMap from flags: text under `data`, bytes that are no UTF-8 under `binaryData`.
import {goQuote} from '../../base/go-syntax.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {contentHash} from './hash.ts';
import {readSources, type Sources} from './sources.ts';
import {configKeyProblems, createError, newMeta, typed, type CreateTarget} from './typed.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** True when bytes are UTF-8. */
export const isUtf8 = (bytes: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** The object; throws kubectl's sentence for keys and files that do not work. */
export const newConfigMap = (target: CreateTarget, sources: Sources, env: Env, appendHash: boolean): AnyObject => {
  const data: Record<string, string> = {};
  const binaryData: Record<string, string> = {};
  readSources(sources, env, (key, bytes, from) => {
    const problems = configKeyProblems(key);
    if (problems.length > 0) throw createError(`${goQuote(key)} is not a valid key name for a ConfigMap: ${problems.join(',')}`);
    for (const [map, field] of [
      [data, 'Data'],
      [binaryData, 'BinaryData'],
    ] as const) {
      if (Object.hasOwn(map, key)) {
        throw createError(
          `cannot add key ${goQuote(key)}, another key by that name already exists in ${field} for ConfigMap ${goQuote(target.name)}`,
        );
      }
    }
    if (from === 'literal' || isUtf8(bytes)) data[key] = bytes.toString('utf8');
    else binaryData[key] = bytes.toString('base64');
  });
  const hasBinary = Object.keys(binaryData).length > 0;
  const hash = contentHash({kind: 'ConfigMap', name: target.name, data, ...(hasBinary ? {binaryData} : {})});
  const metadata = newMeta(appendHash ? {...target, name: `${target.name}-${hash}`} : target);
  return typed('ConfigMap', 'v1', metadata, {
    ...(Object.keys(data).length > 0 ? {data: sorted(data)} : {}),
    ...(hasBinary ? {binaryData: sorted(binaryData)} : {}),
  });
};

/** Maps print sorted, whatever order their keys were given in. */
export const sorted = (map: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
