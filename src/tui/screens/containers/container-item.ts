// A container of a pod as a row: name, image, state in words, restarts, and what it asks for.
import type {KubeObject} from '../../../kube/types/object.ts';
import type {Container, ContainerStatus, Pod} from '../../../kube/types/wire.ts';
import type {Column, Tone} from '../../../resources/column.ts';
import {msSince, sinceText} from '../../../resources/shared/columns.ts';

/** One container with its status. */
export type ContainerItem = KubeObject & {
  readonly container: Container;
  readonly role: 'init' | 'sidecar' | 'main' | 'debug';
  readonly status: ContainerStatus | undefined;
  readonly pod: Pod;
};

const stateText = (status: ContainerStatus | undefined): string => {
  const {state} = status ?? {};
  if (state?.waiting !== undefined) return state.waiting.reason ?? 'Waiting';
  if (state?.terminated !== undefined) {
    const {reason, exitCode, signal} = state.terminated;
    return reason ?? (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
  }
  return state?.running === undefined ? 'Unknown' : 'Running';
};

const isWorking = new Set(['ContainerCreating', 'PodInitializing', 'Waiting']);

/** How a container is doing. */
export const containerTone = ({status, role}: ContainerItem): Tone => {
  const text = stateText(status);
  if (text === 'Completed') return role === 'init' ? 'idle' : 'idle';
  if (status?.state?.running !== undefined) return status.ready ? 'ok' : 'warn';
  return isWorking.has(text) || status === undefined ? 'busy' : 'bad';
};

const since = ({status}: ContainerItem): string | undefined =>
  status?.state?.running?.startedAt ?? status?.state?.terminated?.finishedAt ?? status?.state?.terminated?.startedAt;

const request = ({container}: ContainerItem, name: 'cpu' | 'memory'): string => {
  const ask = container.resources?.requests?.[name];
  const limit = container.resources?.limits?.[name];
  return ask === undefined && limit === undefined ? '-' : `${ask ?? '-'}/${limit ?? '-'}`;
};

export const containerColumns: readonly Column<ContainerItem>[] = [
  {id: 'name', title: 'NAME', value: ({container}) => container.name, keep: 9},
  {id: 'role', title: 'ROLE', value: ({role}) => role, keep: 3},
  {
    id: 'ready',
    title: 'READY',
    value: ({status}) => (status?.ready === true ? 'yes' : 'no'),
    tone: (value) => (value === 'no' ? 'warn' : undefined),
    keep: 7,
  },
  {id: 'status', title: 'STATE', value: ({status}) => stateText(status), keep: 8},
  {
    id: 'exit',
    title: 'LAST EXIT',
    value: ({status}) => {
      const last = status?.lastState?.terminated;
      return last === undefined ? '-' : `${last.reason ?? 'exit'} ${last.exitCode}`;
    },
    tone: (value) => (value === '-' || value === 'Completed 0' ? undefined : 'warn'),
    keep: 4,
  },
  {id: 'restarts', title: 'RESTARTS', value: ({status}) => status?.restartCount ?? 0, align: 'right', keep: 6},
  {id: 'cpu', title: 'CPU REQ/LIM', value: (item) => request(item, 'cpu'), keep: 3},
  {id: 'memory', title: 'MEM REQ/LIM', value: (item) => request(item, 'memory'), keep: 3},
  {id: 'image', title: 'IMAGE', value: ({container}) => container.image ?? '', keep: 5},
  {
    id: 'age',
    title: 'SINCE',
    value: (item, {now}) => msSince(since(item), now),
    text: (ms) => (ms === undefined ? '-' : sinceText(ms)),
    order: (a, b) => (a ?? -1) - (b ?? -1),
    align: 'right',
    ticks: true,
    keep: 6,
  },
];

/** The containers of a pod in the order they start. */
export const containersOf = (pod: Pod): ReadonlyMap<string, ContainerItem> => {
  const statuses = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.ephemeralContainerStatuses ?? []),
  ];
  const item = (container: Container, role: ContainerItem['role'], index: number): readonly [string, ContainerItem] => [
    `${pod.metadata.uid ?? ''}/${container.name}`,
    {
      // The index in front keeps the order of the spec where rows are not sorted.
      metadata: {
        name: container.name,
        namespace: String(index).padStart(3, '0'),
        ...(pod.metadata.uid === undefined ? {} : {uid: pod.metadata.uid}),
      },
      container,
      role,
      status: statuses.find(({name}) => name === container.name),
      pod,
    },
  ];
  const inits = pod.spec?.initContainers ?? [];
  const mains = pod.spec?.containers ?? [];
  return new Map([
    ...inits.map((container, index) => item(container, container.restartPolicy === 'Always' ? 'sidecar' : 'init', index)),
    ...mains.map((container, index) => item(container, 'main', inits.length + index)),
    ...(pod.spec?.ephemeralContainers ?? []).map((container, index) =>
      item(container, 'debug', inits.length + mains.length + index),
    ),
  ]);
};
