// Port specs such as `8080:http`, and what they mean for a pod or a Service.
import {KdeckError} from '../base/errors.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {Pod, Service} from '../kube/types/wire.ts';

/** A pair of ports; `local` 0 takes a free one. */
export type PortPair = {readonly local: number; readonly remote: number};

const wrong = (message: string): KdeckError => new KdeckError('KD-FORWARD-PORTS', message);

const split = (spec: string): readonly [local: string, remote: string] => {
  const parts = spec.split(':');
  return parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : [parts[0] ?? '', parts[0] ?? ''];
};

// Go's Atoi, which says whether a word is a name or a number.
const isNumber = (text: string): boolean => /^[+-]?\d+$/.test(text);

const join = (local: string, remote: number, same: boolean): string => (same ? String(remote) : `${local}:${remote}`);

const servicePortByName = (service: Service, name: string): number => {
  const port = service.spec?.ports?.find((one) => one.name === name);
  if (port === undefined) throw wrong(`Service '${service.metadata.name ?? ''}' does not have a named port '${name}'`);
  return port.port;
};

const podPortByName = (pod: Pod, name: string): number => {
  for (const container of [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]) {
    const port = container.ports?.find((one) => one.name === name);
    if (port !== undefined) return port.containerPort;
  }
  throw wrong(`Pod '${pod.metadata.name ?? ''}' does not have a named port '${name}'`);
};

const targetPort = (service: Service, pod: Pod, number: number): number => {
  const port = service.spec?.ports?.find((one) => one.port === number);
  if (port === undefined) throw wrong(`Service ${service.metadata.name ?? ''} does not have a service port ${number}`);
  if (service.spec?.clusterIP === 'None') return number;
  const target = port.targetPort;
  if (typeof target === 'string') return podPortByName(pod, target);
  return target === undefined || target === 0 ? port.port : target;
};

const refuseUdp = (
  specs: readonly string[],
  ports: readonly {readonly number: number; readonly protocol: string | undefined}[],
  numberOf: (name: string) => number,
): void => {
  const tcp = new Set(ports.filter(({protocol}) => (protocol ?? 'TCP') === 'TCP').map(({number}) => number));
  const udpOnly = new Set(ports.filter(({protocol, number}) => protocol === 'UDP' && !tcp.has(number)).map(({number}) => number));
  for (const spec of specs) {
    const [, remote] = split(spec);
    if (udpOnly.has(isNumber(remote) ? Number(remote) : numberOf(remote)))
      throw wrong(`UDP protocol is not supported for ${remote}`);
  }
};

/** Specs with names replaced by numbers, and a Service's ports by those of its pod. */
export const resolvePorts = (specs: readonly string[], object: KubeObject, pod: Pod): readonly string[] => {
  if (object.apiVersion === 'v1' && object.kind === 'Service') {
    const service = object as Service;
    refuseUdp(
      specs,
      (service.spec?.ports ?? []).map(({port, protocol}) => ({number: port, protocol})),
      (name) => servicePortByName(service, name),
    );
    return specs.map((spec) => {
      const [local, remote] = split(spec);
      const number = isNumber(remote) ? Number(remote) : servicePortByName(service, remote);
      const from = local === remote ? String(number) : local;
      const target = targetPort(service, pod, number);
      return join(from, target, from === String(target));
    });
  }
  const ports = (pod.spec?.containers ?? []).flatMap((container) =>
    (container.ports ?? []).map(({containerPort, protocol}) => ({number: containerPort, protocol})),
  );
  refuseUdp(specs, ports, (name) => podPortByName(pod, name));
  return specs.map((spec) => {
    const [local, remote] = split(spec);
    if (remote === '') throw wrong('remote port cannot be empty');
    return join(local, isNumber(remote) ? Number(remote) : podPortByName(pod, remote), local === remote);
  });
};

const parsePort = (which: string, text: string): number => {
  const problem = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65_535 ? 'value out of range' : undefined;
  if (problem !== undefined) throw wrong(`error parsing ${which} port '${text}': strconv.ParseUint: parsing "${text}": ${problem}`);
  return Number(text);
};

/** Reads `5000`, `8888:5000`, `:5000`. */
export const parsePorts = (specs: readonly string[]): readonly PortPair[] =>
  specs.map((spec) => {
    const parts = spec.split(':');
    if (parts.length > 2) throw wrong(`invalid port format '${spec}'`);
    const [first = '', second] = parts;
    const local = parsePort('local', second === undefined ? first : first === '' ? '0' : first);
    const remote = parsePort('remote', second ?? first);
    if (remote === 0) throw wrong('remote port must be > 0');
    return {local, remote};
  });
