// Containers in describe: of a pod with their state, of a pod template without.
import {rfc1123z} from '../../../base/age.ts';
import {canonicalQuantity} from '../../../base/quantity.ts';
import type {KubeObject} from '../../../kube/types/object.ts';
import type {Container, ContainerStatus} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import {boolText, compare} from './blocks.ts';
import {environmentLines} from './environment.ts';
import {probeText} from './probe.ts';

/** What stands around a list of containers. */
export type ContainerContext = {
  readonly statuses?: readonly ContainerStatus[] | undefined;
  /** The pod, so that field references can be resolved. */
  readonly pod?: KubeObject;
  /** Inside a pod template everything is one level deeper and names one blank more. */
  readonly inTemplate: boolean;
};

/** `Containers:` and each container. */
export const containerLines = (
  label: string,
  containers: readonly Container[],
  context: ContainerContext,
  out: DescribeWriter,
): void => {
  out.raw(`${context.inTemplate ? '  ' : ''}${label}:${containers.length === 0 ? ' <none>' : ''}\n`);
  for (const container of containers) {
    const status = context.statuses?.findLast((each) => each.name === container.name);
    basicLines(container, status, context.inTemplate, out);
    commandLines('Command', container.command, out);
    commandLines('Args', container.args, out);
    if (status !== undefined) stateLines(status, out);
    resourceLines(container.resources, 2, out);
    if (container.livenessProbe !== undefined) out.line(2, 'Liveness:', probeText(container.livenessProbe));
    if (container.readinessProbe !== undefined) out.line(2, 'Readiness:', probeText(container.readinessProbe));
    if (container.startupProbe !== undefined) out.line(2, 'Startup:', probeText(container.startupProbe));
    environmentLines(container, context.pod, out);
    mountLines(container, out);
  }
};

/** `Limits:` and `Requests:`, each when there are any. */
export const resourceLines = (resources: Container['resources'], level: number, out: DescribeWriter): void => {
  for (const [title, list] of [
    ['Limits', resources?.limits],
    ['Requests', resources?.requests],
  ] as const) {
    const names = Object.keys(list ?? {}).toSorted();
    if (names.length > 0) out.line(level, `${title}:`);
    for (const name of names) out.line(level + 1, `${name}:`, canonicalQuantity(list?.[name]));
  }
};

const basicLines = (container: Container, status: ContainerStatus | undefined, inTemplate: boolean, out: DescribeWriter): void => {
  out.line(1, `${inTemplate ? ' ' : ''}${container.name}:`);
  if (status !== undefined) out.line(2, 'Container ID:', status.containerID ?? '');
  out.line(2, 'Image:', container.image ?? '');
  if (status !== undefined) out.line(2, 'Image ID:', status.imageID ?? '');
  const ports = container.ports ?? [];
  portLine(
    'Port',
    ports.map((port) => portText(port.containerPort, port)),
    out,
  );
  portLine(
    'Host Port',
    ports.map((port) => portText(port.hostPort ?? 0, port)),
    out,
  );
  const profile = container.securityContext?.seccompProfile;
  if (profile !== undefined) {
    out.line(2, 'SeccompProfile:', profile.type);
    if (profile.type === 'Localhost') out.line(3, 'LocalhostProfile:', profile.localhostProfile ?? '');
  }
};

const portText = (number: number, port: {protocol?: string; name?: string}): string =>
  `${number}/${port.protocol ?? ''}${port.name === undefined || port.name === '' ? '' : ` (${port.name})`}`;

const portLine = (title: string, ports: readonly string[], out: DescribeWriter): void =>
  out.line(2, ports.length > 1 ? `${title}s:` : `${title}:`, ports.join(', ') || '<none>');

const commandLines = (title: string, words: readonly string[] | undefined, out: DescribeWriter): void => {
  if (words === undefined || words.length === 0) return;
  out.line(2, `${title}:`);
  for (const word of words) for (const line of word.split('\n')) out.line(3, line);
};

const stateLines = (status: ContainerStatus, out: DescribeWriter): void => {
  oneState('State', status.state, out);
  if (status.lastState?.terminated !== undefined) oneState('Last State', status.lastState, out);
  out.line(2, 'Ready:', boolText(status.ready));
  out.line(2, 'Restart Count:', String(status.restartCount));
};

const oneState = (title: string, state: ContainerStatus['state'], out: DescribeWriter): void => {
  if (state?.running !== undefined) {
    out.line(2, `${title}:`, 'Running');
    out.line(3, 'Started:', rfc1123z(state.running.startedAt));
  } else if (state?.waiting === undefined && state?.terminated !== undefined) {
    const {reason, message, exitCode, signal, startedAt, finishedAt} = state.terminated;
    out.line(2, `${title}:`, 'Terminated');
    if (reason) out.line(3, 'Reason:', reason);
    if (message) out.line(3, 'Message:', message);
    out.line(3, 'Exit Code:', String(exitCode));
    if (signal !== undefined && signal > 0) out.line(3, 'Signal:', String(signal));
    out.line(3, 'Started:', rfc1123z(startedAt));
    out.line(3, 'Finished:', rfc1123z(finishedAt));
  } else {
    out.line(2, `${title}:`, 'Waiting');
    if (state?.waiting?.reason) out.line(3, 'Reason:', state.waiting.reason);
  }
};

const mountLines = (container: Container, out: DescribeWriter): void => {
  const mounts = container.volumeMounts ?? [];
  const none = mounts.length === 0 ? ['<none>'] : [];
  out.line(2, 'Mounts:', ...none);
  for (const mount of mounts.toSorted((a, b) => compare(a.mountPath, b.mountPath))) {
    const path = mount.subPath ? `,path=${JSON.stringify(mount.subPath)}` : '';
    out.line(3, `${mount.mountPath} from ${mount.name} (${mount.readOnly === true ? 'ro' : 'rw'}${path})`);
  }
  const devices = container.volumeDevices ?? [];
  if (devices.length === 0) return;
  // The missing mounts are told again here, as kubectl does.
  out.line(2, 'Devices:', ...none);
  for (const device of devices.toSorted((a, b) => compare(a.devicePath, b.devicePath)))
    out.line(3, `${device.devicePath} from ${device.name}`);
};
