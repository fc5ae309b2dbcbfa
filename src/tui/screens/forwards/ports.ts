// The ports an object names itself: what a person may want to forward to.
import type {AnyObject} from '../../../kube/types/object.ts';
import type {Container, PodSpec, Service} from '../../../kube/types/wire.ts';

/** A port by its number, with the name it goes by. */
export type NamedPort = {readonly number: number; readonly name: string | undefined; readonly of: string};

const isTcp = ({protocol}: {readonly protocol?: string | undefined}): boolean => (protocol ?? 'TCP') === 'TCP';

const ofContainer = ({name: of, ports = []}: Container): readonly NamedPort[] =>
  ports.filter(isTcp).map(({containerPort, name}) => ({number: containerPort, name, of: `container ${of}`}));

const podSpecOf = (object: AnyObject): PodSpec | undefined => {
  const spec = object['spec'] as (PodSpec & {readonly template?: {readonly spec?: PodSpec}}) | undefined;
  return spec?.template?.spec ?? spec;
};

/** TCP ports of a Service, of a pod's containers or of the pods a workload makes; `container` keeps those of one. */
export const portsOf = (object: AnyObject, container?: string): readonly NamedPort[] => {
  if (object.kind === 'Service')
    return ((object as unknown as Service).spec?.ports ?? [])
      .filter(isTcp)
      .map(({port, name}) => ({number: port, name, of: 'the Service'}));
  const {containers = [], initContainers = []} = podSpecOf(object) ?? {};
  const sidecars = initContainers.filter(({restartPolicy}) => restartPolicy === 'Always');
  return [...containers, ...sidecars].filter(({name}) => container === undefined || name === container).flatMap(ofContainer);
};

/** The local port to offer: the same number where anybody may listen on it and it is not in use, else a free one. */
export const localFor = (remote: number | undefined, taken: readonly number[]): number =>
  remote === undefined || remote < 1024 || taken.includes(remote) ? 0 : remote;

/** Complains about what is no port; undefined when it is one. */
export const complainAboutPort = (text: string): string | undefined => {
  if (/^\d+$/.test(text)) return Number(text) > 0 && Number(text) <= 65_535 ? undefined : 'a port is a number from 1 to 65535';
  return /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) ? undefined : 'give a port by its number, or by its name';
};
