// Changes the images of containers in a pod or in a workload's pod template.
import type {KubeObject} from '../kube/types/object.ts';
import type {Container} from '../kube/types/wire.ts';
import {podSpecOf, templatePatch} from './pod-template.ts';

/** What setting images would do. */
export type ImagePlan = {
  /** Strategic merge patch; undefined when every image is already as wanted. */
  readonly patch: Record<string, unknown> | undefined;
  /** Images before, by container, of those that change. */
  readonly before: Readonly<Record<string, string>>;
  /** Names for which there is no container. */
  readonly missing: readonly string[];
};

type Named = Pick<Container, 'name' | 'image'>;

/** Works the patch out. `*` stands for every container, init containers too. Throws nothing: an unknown name is in `missing`. */
export const planImages = (object: KubeObject, images: Readonly<Record<string, string>>): ImagePlan => {
  const spec = podSpecOf(object);
  const before: Record<string, string> = {};
  const lists: Record<string, {name: string; image: string}[]> = {};
  const found = new Set<string>();
  for (const field of ['initContainers', 'containers'] as const) {
    for (const container of (spec?.[field] ?? []) as readonly Named[]) {
      for (const [name, image] of Object.entries(images)) {
        if (name !== '*' && name !== container.name) continue;
        found.add(name);
        if (container.image === image) continue;
        before[container.name] = container.image ?? '';
        (lists[field] ??= []).push({name: container.name, image});
      }
    }
  }
  return {
    patch: Object.keys(lists).length === 0 ? undefined : templatePatch(object, {spec: lists}),
    before,
    missing: Object.keys(images).filter((name) => !found.has(name)),
  };
};

/** A copy of the object with the images set, for a dry run on this side. */
export const withImages = <T extends KubeObject>(object: T, images: Readonly<Record<string, string>>): T => {
  const copy = structuredClone(object);
  const spec = podSpecOf(copy);
  for (const field of ['initContainers', 'containers'] as const) {
    for (const container of (spec?.[field] ?? []) as {name: string; image?: string}[]) {
      const image = images[container.name] ?? images['*'];
      if (image !== undefined) container.image = image;
    }
  }
  return copy;
};
