// What a pod asks for and may use in total, counted as the scheduler counts: sidecars, init containers, pod level, overhead.
import {addQuantities, compareQuantities, parseQuantity, type Quantity, zeroQuantity} from '../../base/quantity.ts';
import type {ContainerStatus, Pod, PodSpec} from '../../kube/types/wire.ts';

/** Amounts by resource name. */
export type ResourceSums = Map<string, Quantity>;

type Amounts = Readonly<Record<string, string>> | undefined;
type Side = 'requests' | 'limits';

/** Sum of requests or limits. `actual` counts what a resize has really reached, as describe's pod rows do. */
export const podResources = (
  pod: {readonly spec?: PodSpec; readonly status?: Pod['status']},
  side: Side,
  options: {readonly actual: boolean} = {actual: false},
): ResourceSums => {
  const statuses = options.actual ? [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])] : [];
  const infeasible = pod.status?.conditions?.find((condition) => condition.type === 'PodResizePending')?.reason === 'Infeasible';
  const effective = (name: string, spec: Amounts): ResourceSums => {
    const status = statuses.findLast((each) => each.name === name);
    return status?.resources === undefined ? sums(spec) : reached(spec, status, side, infeasible);
  };

  const total: ResourceSums = new Map();
  for (const container of pod.spec?.containers ?? []) add(total, effective(container.name, container.resources?.[side]));
  const sidecars: ResourceSums = new Map();
  const starting: ResourceSums = new Map();
  for (const container of pod.spec?.initContainers ?? []) {
    const spec = container.resources?.[side];
    if (container.restartPolicy === 'Always') {
      const own = effective(container.name, spec);
      add(total, own);
      add(sidecars, own);
      keepLarger(starting, sidecars);
    } else {
      const own = sums(spec);
      add(own, sidecars);
      keepLarger(starting, own);
    }
  }
  keepLarger(total, starting);

  for (const [name, amount] of sums(pod.spec?.resources?.[side])) {
    if (name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')) total.set(name, amount);
  }
  for (const [name, amount] of sums(pod.spec?.overhead)) {
    const sofar = total.get(name);
    // A limit of nothing stays no limit.
    if (side === 'requests' || (sofar !== undefined && sofar.nanos !== 0n))
      total.set(name, addQuantities(sofar ?? zeroQuantity, amount));
  }
  return total;
};

/** Adds each amount of `more` to `total`. */
export const add = (total: ResourceSums, more: ResourceSums): void => {
  for (const [name, amount] of more) {
    const sofar = total.get(name);
    total.set(name, sofar === undefined ? amount : addQuantities(sofar, amount));
  }
};

const reached = (spec: Amounts, status: ContainerStatus, side: Side, infeasible: boolean): ResourceSums => {
  const lists = [
    ...(infeasible ? [] : [spec]),
    status.resources?.[side],
    ...(side === 'requests' ? [status.allocatedResources] : []),
  ];
  const largest: ResourceSums = new Map();
  for (const each of lists) keepLarger(largest, sums(each));
  return largest;
};

const keepLarger = (total: ResourceSums, other: ResourceSums): void => {
  for (const [name, amount] of other) {
    const sofar = total.get(name);
    if (sofar === undefined || compareQuantities(amount, sofar) > 0) total.set(name, amount);
  }
};

const sums = (amounts: Amounts): ResourceSums =>
  new Map(Object.entries(amounts ?? {}).map(([name, text]) => [name, parseQuantity(text) ?? zeroQuantity]));
