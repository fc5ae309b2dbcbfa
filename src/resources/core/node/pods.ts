// What runs on a node and how much of it is taken, as in describe.
import {ageText} from '../../../base/age.ts';
import {parseQuantity, type Quantity, quantityMilli, quantityText, quantityValue, zeroQuantity} from '../../../base/quantity.ts';
import type {Node, Pod} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import {add, podResources, type ResourceSums} from '../../shared/pod-resources.ts';

type Amounts = Readonly<Record<string, string>>;

/** The two sections about pods. */
export const podLines = ({status}: Node, pods: readonly Pod[], now: Date, out: DescribeWriter): void => {
  const room = Object.keys(status?.allocatable ?? {}).length > 0 ? (status?.allocatable ?? {}) : (status?.capacity ?? {});
  out.line(0, 'Non-terminated Pods:', `(${pods.length} in total)`);
  out.line(1, 'Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age');
  out.line(1, '---------', '----', '', '------------', '----------', '---------------', '-------------', '---');
  for (const pod of pods) {
    const requests = podResources(pod, 'requests', {actual: true});
    const limits = podResources(pod, 'limits', {actual: true});
    const cells = [
      share(requests, 'cpu', room),
      share(limits, 'cpu', room),
      share(requests, 'memory', room),
      share(limits, 'memory', room),
    ];
    out.line(1, pod.metadata.namespace ?? '', pod.metadata.name ?? '', '', ...cells, ageText(pod.metadata.creationTimestamp, now));
  }
  totalLines(room, pods, out);
};

const totalLines = (room: Amounts, pods: readonly Pod[], out: DescribeWriter): void => {
  const requests: ResourceSums = new Map();
  const limits: ResourceSums = new Map();
  for (const pod of pods) {
    add(requests, podResources(pod, 'requests'));
    add(limits, podResources(pod, 'limits'));
  }
  out.line(0, 'Allocated resources:');
  out.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)');
  out.line(1, 'Resource', 'Requests', 'Limits');
  out.line(1, '--------', '--------', '------');
  const names = Object.keys(room).toSorted();
  const huge = names.filter((name) => name.startsWith('hugepages-'));
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...huge])
    out.line(1, name, share(requests, name, room, true), share(limits, name, room, true));
  for (const name of names) {
    if (['cpu', 'memory', 'ephemeral-storage', 'pods'].includes(name) || huge.includes(name)) continue;
    out.line(1, name, quantityText(requests.get(name) ?? zeroQuantity), quantityText(limits.get(name) ?? zeroQuantity));
  }
};

/** `100m (5%)`. Of nothing it is 0% in the totals; in a pod's row kubectl lets the division overflow. */
const share = (sums: ResourceSums, name: string, room: Amounts, guarded = false): string => {
  const amount = sums.get(name) ?? zeroQuantity;
  const all = parseQuantity(room[name] ?? '0') ?? zeroQuantity;
  const value = (quantity: Quantity): number => (name === 'cpu' ? quantityMilli(quantity) : quantityValue(quantity));
  if (value(all) === 0) return `${quantityText(amount)} (${guarded ? '0' : '-9223372036854775808'}%)`;
  return `${quantityText(amount)} (${Math.trunc((value(amount) / value(all)) * 100)}%)`;
};
