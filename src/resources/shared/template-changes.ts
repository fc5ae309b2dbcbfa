// What differs between two pod templates, one line each, in words a person reads before rolling back.
import {goSprint} from '../../base/go-format.ts';
import type {PodTemplateSpec} from '../../kube/types/wire.ts';

type Flat = Map<string, string>;

const HIDDEN = new Set(['metadata.labels.pod-template-hash', 'metadata.creationTimestamp']);

/** Lines such as `app image: nginx:2 → nginx:1`; empty when nothing differs. */
export const templateChanges = (from: PodTemplateSpec | undefined, to: PodTemplateSpec | undefined): readonly string[] => {
  const before = flatten(from);
  const after = flatten(to);
  const changes: string[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is || HIDDEN.has(path)) continue;
    changes.push(`${titleOf(path)}: ${was ?? '(not set)'} → ${is ?? '(removed)'}`);
  }
  return changes;
};

const flatten = (template: PodTemplateSpec | undefined): Flat => {
  const flat: Flat = new Map();
  walk(template, '', flat);
  return flat;
};

const walk = (value: unknown, path: string, flat: Flat): void => {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, `${path}[${nameOf(item) ?? index}]`, flat);
  } else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`, flat);
  } else {
    flat.set(path, goSprint(value));
  }
};

// Containers, variables and volumes are known by name, mounts by path: moving one is no change.
const nameOf = (item: unknown): string | undefined => {
  const {name, mountPath, containerPort} = (typeof item === 'object' && item !== null ? item : {}) as {
    name?: unknown;
    mountPath?: unknown;
    containerPort?: unknown;
  };
  const found = mountPath ?? name ?? containerPort;
  return found === undefined ? undefined : goSprint(found);
};

const titleOf = (path: string): string =>
  path
    .replace(/^spec\.(?:containers|initContainers)\[([^\]]+)\]\.env\[([^\]]+)\]\.value$/, '$1 $2')
    .replace(/^spec\.(?:containers|initContainers)\[([^\]]+)\]\./, '$1 ')
    .replace(/^spec\./, '')
    .replace(/^metadata\./, '');
