// The containers of a pod by name, and which one is meant when none is named.
import {KdeckError} from '../../base/errors.ts';
import type {Pod} from '../../kube/types/wire.ts';

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** A container and the list it stands in. */
export type FoundContainer = {
  readonly name: string;
  readonly list: 'containers' | 'initContainers' | 'ephemeralContainers';
  readonly tty: boolean;
};

/** Finds a container of any sort. */
export const findContainer = (pod: Pod, name: string): FoundContainer | undefined => {
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    const container = pod.spec?.[list]?.find((one) => one.name === name);
    if (container !== undefined) return {name, list, tty: container.tty === true};
  }
  return undefined;
};

/** `a, b, c (ephem), d (init)`. */
export const containerNames = (pod: Pod): string =>
  [
    ...(pod.spec?.containers ?? []).map(({name}) => name),
    ...(pod.spec?.ephemeralContainers ?? []).map(({name}) => `${name} (ephem)`),
    ...(pod.spec?.initContainers ?? []).map(({name}) => `${name} (init)`),
  ].join(', ');

/** The error for a name that is not there. */
export const unknownContainer = (pod: Pod, name: string): KdeckError =>
  new KdeckError(
    'KD-POD-CONTAINER',
    `container ${name} is not valid for pod ${pod.metadata.name ?? ''} out of: ${containerNames(pod)}`,
  );

const isOneOfMany = (pod: Pod): boolean =>
  (pod.spec?.containers ?? []).length > 1 ||
  (pod.spec?.initContainers ?? []).length > 0 ||
  (pod.spec?.ephemeralContainers ?? []).length > 0;

/** The annotation that names a pod's main container. */
export const annotatedContainer = (pod: Pod): string => pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '';

/** A choice made for the user, and the sentence that tells it. */
export type DefaultedContainer = {readonly container: FoundContainer; readonly note: string | undefined};

/** The first container, with kubectl's note when there are others. */
export const firstContainer = (pod: Pod): DefaultedContainer => {
  const name = pod.spec?.containers?.[0]?.name;
  const container = name === undefined ? undefined : findContainer(pod, name);
  if (container === undefined) {
    throw new KdeckError(
      'KD-POD-CONTAINER',
      `pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name ?? ''} does not have any containers`,
    );
  }
  return {container, note: isOneOfMany(pod) ? `Defaulted container "${container.name}" out of: ${containerNames(pod)}` : undefined};
};

/** The named container, else the annotated one, else the first one. */
export const containerOrDefault = (pod: Pod, given: string): DefaultedContainer => {
  const name = given === '' ? annotatedContainer(pod) : given;
  if (name === '') return firstContainer(pod);
  const container = findContainer(pod, name);
  if (container === undefined) throw unknownContainer(pod, name);
  return {container, note: undefined};
};
