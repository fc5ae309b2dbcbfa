// A Node as kubectl describes it.
import {messageOf} from '../../../base/errors.ts';
import {rfc1123z} from '../../../base/age.ts';
import {canonicalQuantity} from '../../../base/quantity.ts';
import type {AnyObject} from '../../../kube/types/object.ts';
import type {Node, Pod} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {annotationLines, compare, creationLine, labelLines, manyLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {prefixed} from '../../shared/describe/prefix.ts';
import {leases, pods, resourceSlices} from '../../shared/refs.ts';
import {podLines} from './pods.ts';
import {rolesOf} from './roles.ts';

type Lease = AnyObject & {spec?: {holderIdentity?: string; acquireTime?: string; renewTime?: string}};
type ResourceSlice = AnyObject & {spec?: {driver?: string; pool?: {name?: string}; devices?: unknown[]}};

export const describe = async (
  node: Node,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {metadata, spec, status} = node;
  const running = await podsOn(node, view);
  out.line(0, 'Name:', metadata.name ?? '');
  out.line(0, 'Roles:', rolesOf(node).join(',') || '<none>');
  labelLines(out, 'Labels', metadata.labels);
  annotationLines(out, 'Annotations', metadata.annotations);
  creationLine(node, out);
  const taints = (spec?.taints ?? []).toSorted((a, b) => compare(`${a.effect},${a.key}`, `${b.effect},${b.key}`));
  manyLines(
    prefixed(out),
    'Taints',
    taints.map(({key, value, effect}) => `${key}${value ? `=${value}` : ''}:${effect}`),
  );
  out.line(0, 'Unschedulable:', String(spec?.unschedulable === true));
  await leaseLines(metadata.name ?? '', view, out);
  conditionLines(node, out);
  out.line(0, 'Addresses:');
  for (const {type, address} of status?.addresses ?? []) out.line(1, `${type}:`, address);
  amountLines('Capacity', status?.capacity, out);
  amountLines('Allocatable', status?.allocatable, out);
  await sliceLines(metadata.name ?? '', view, out);
  systemLines(node, out);
  if (spec?.podCIDR) out.line(0, 'PodCIDR:', spec.podCIDR);
  if (spec?.podCIDRs !== undefined && spec.podCIDRs.length > 0) out.line(0, 'PodCIDRs:', spec.podCIDRs.join(','));
  if (spec?.providerID) out.line(0, 'ProviderID:', spec.providerID);
  if (running === undefined) out.line(0, 'Pods:', 'not authorized');
  else podLines(node, running, view.now(), out);
  await eventLines(node, view, out, options);
};

/** Pods that still run there; undefined when the user may not see them. */
const podsOn = async (node: Node, view: ClusterView): Promise<readonly Pod[] | undefined> => {
  const fieldSelector = `spec.nodeName=${node.metadata.name},status.phase!=Failed,status.phase!=Succeeded`;
  try {
    return await view.list<Pod>(pods, {fieldSelector});
  } catch (error) {
    if ((error as {readonly status?: {readonly code?: number}}).status?.code === 403) return undefined;
    throw error;
  }
};

const leaseLines = async (name: string, view: ClusterView, out: DescribeWriter): Promise<void> => {
  try {
    const lease = await view.get<Lease>(leases, {namespace: 'kube-node-lease', name});
    if (lease === undefined) {
      out.line(0, 'Lease:', `Failed to get lease: leases.coordination.k8s.io "${name}" not found`);
      return;
    }
    const time = (at: string | undefined): string => (at === undefined ? '<unset>' : rfc1123z(at));
    out.line(0, 'Lease:');
    out.line(1, 'HolderIdentity:', lease.spec?.holderIdentity ?? '<unset>');
    out.line(1, 'AcquireTime:', time(lease.spec?.acquireTime));
    out.line(1, 'RenewTime:', time(lease.spec?.renewTime));
  } catch (error) {
    out.line(0, 'Lease:', `Failed to get lease: ${messageOf(error)}`);
  }
};

const conditionLines = ({status}: Node, out: DescribeWriter): void => {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return;
  out.line(0, 'Conditions:');
  out.line(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message');
  out.line(1, '----', '------', '-----------------', '------------------', '------', '-------');
  for (const {type, status: value, lastHeartbeatTime, lastTransitionTime, reason = '', message = ''} of conditions) {
    out.line(
      1,
      `${type} `,
      `${value} `,
      `${rfc1123z(lastHeartbeatTime)} `,
      `${rfc1123z(lastTransitionTime)} `,
      `${reason} `,
      message,
    );
  }
};

const amountLines = (title: string, amounts: Readonly<Record<string, string>> | undefined, out: DescribeWriter): void => {
  const names = Object.keys(amounts ?? {}).toSorted();
  if (names.length === 0) return;
  out.line(0, `${title}:`);
  for (const name of names) out.line(1, `${name}:`, canonicalQuantity(amounts?.[name]));
};

const POOLS_SHOWN = 10;

/** Devices this node alone has, by driver and pool; silent when they cannot be read. */
const sliceLines = async (name: string, view: ClusterView, out: DescribeWriter): Promise<void> => {
  const slices = await view.list<ResourceSlice>(resourceSlices, {fieldSelector: `spec.nodeName=${name}`}).catch(() => []);
  const found = new Map<string, {driver: string; pool: string; slices: number; devices: number}>();
  for (const {spec} of slices) {
    const driver = spec?.driver ?? '';
    const pool = spec?.pool?.name ?? '';
    const sofar = found.get(`${driver}/${pool}`) ?? {driver, pool, slices: 0, devices: 0};
    found.set(`${driver}/${pool}`, {...sofar, slices: sofar.slices + 1, devices: sofar.devices + (spec?.devices?.length ?? 0)});
  }
  if (found.size === 0) return;
  out.line(0, 'Node-Local ResourceSlices:');
  out.line(1, 'Driver', 'Pool', 'Slices', 'Devices');
  out.line(1, '------', '----', '------', '-------');
  for (const [index, key] of [...found.keys()].toSorted().entries()) {
    if (index >= POOLS_SHOWN) {
      out.line(1, `...and ${found.size - POOLS_SHOWN} more pools`);
      break;
    }
    const row = found.get(key);
    if (row !== undefined) out.line(1, row.driver, row.pool, String(row.slices), String(row.devices));
  }
};

const systemLines = ({status}: Node, out: DescribeWriter): void => {
  const info = status?.nodeInfo;
  out.line(0, 'System Info:');
  out.line(1, 'Machine ID:', info?.machineID ?? '');
  out.line(1, 'System UUID:', info?.systemUUID ?? '');
  out.line(1, 'Boot ID:', info?.bootID ?? '');
  out.line(1, 'Kernel Version:', info?.kernelVersion ?? '');
  out.line(1, 'OS Image:', info?.osImage ?? '');
  out.line(1, 'Operating System:', info?.operatingSystem ?? '');
  out.line(1, 'Architecture:', info?.architecture ?? '');
  out.line(1, 'Container Runtime Version:', info?.containerRuntimeVersion ?? '');
  out.line(1, 'Kubelet Version:', info?.kubeletVersion ?? '');
};
