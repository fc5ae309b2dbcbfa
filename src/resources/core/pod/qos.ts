// The quality-of-service class of a pod.
import {parseQuantity} from '../../../base/quantity.ts';
import type {Pod} from '../../../kube/types/wire.ts';

type Amounts = Readonly<Record<string, string>> | undefined;

const COMPUTE = ['cpu', 'memory'] as const;

/** The class the server wrote down, else worked out from requests and limits. */
export const qosOf = (pod: Pod): string => pod.status?.qosClass || computed(pod);

const computed = (pod: Pod): string => {
  const {spec} = pod;
  const parts =
    spec?.resources !== undefined
      ? [spec.resources]
      : [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map((each) => each.resources);
  const requests = total(parts.map((part) => part?.requests));
  const limits = total(parts.map((part) => part?.limits));
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const allLimited = parts.every((part) => COMPUTE.every((name) => amount(part?.limits, name) > 0n));
  const equal = requests.size === limits.size && [...requests].every(([name, value]) => limits.get(name) === value);
  return allLimited && equal ? 'Guaranteed' : 'Burstable';
};

const total = (lists: readonly Amounts[]): Map<string, bigint> => {
  const sum = new Map<string, bigint>();
  for (const list of lists) {
    for (const name of COMPUTE) {
      const value = amount(list, name);
      if (value > 0n) sum.set(name, (sum.get(name) ?? 0n) + value);
    }
  }
  return sum;
};

const amount = (list: Amounts, name: string): bigint =>
  list?.[name] === undefined ? 0n : (parseQuantity(list[name])?.nanos ?? 0n);
