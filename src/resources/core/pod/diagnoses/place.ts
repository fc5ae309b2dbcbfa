// Where a container status stands, for the paths findings rest on, and how to name the container to a person.
import type {Container, ContainerStatus, Pod} from '../../../../kube/types/wire.ts';

/** A container with its status. */
export type Placed = {
  readonly container: Container;
  readonly status: ContainerStatus;
  /** Such as `status.containerStatuses[app]`. */
  readonly path: string;
  /** `Container app`, `Start-up step 1 of 2, migrate,`, `Sidecar proxy`. */
  readonly title: string;
};

/** All containers that have a status: start-up steps first, as they run first. */
export const placedContainers = (pod: Pod): readonly Placed[] => {
  const inits = pod.spec?.initContainers ?? [];
  const place = (
    list: 'initContainerStatuses' | 'containerStatuses',
    containers: readonly Container[],
    title: (container: Container) => string,
  ): readonly Placed[] =>
    containers.flatMap((container) => {
      const status = pod.status?.[list]?.find((each) => each.name === container.name);
      return status === undefined ? [] : [{container, status, path: `status.${list}[${container.name}]`, title: title(container)}];
    });
  const steps = inits.filter((each) => each.restartPolicy !== 'Always');
  return [
    ...place('initContainerStatuses', inits, (each) =>
      each.restartPolicy === 'Always'
        ? `Sidecar ${each.name}`
        : `Start-up step ${steps.indexOf(each) + 1} of ${steps.length} (${each.name})`,
    ),
    ...place('containerStatuses', pod.spec?.containers ?? [], (each) => `Container ${each.name}`),
  ];
};
