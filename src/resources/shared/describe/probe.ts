// A probe in one line, as describe prints it.
import type {Container} from '../../../kube/types/wire.ts';

type Probe = NonNullable<Container['livenessProbe']>;

/** `http-get http://:8080/x delay=0s timeout=1s period=10s #success=1 #failure=3`. */
export const probeText = (probe: Probe): string => {
  const seconds = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s`;
  const attributes = `${seconds} #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
  if (probe.exec !== undefined) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`;
  if (probe.httpGet !== undefined) return `http-get ${urlText(probe.httpGet)} ${attributes}`;
  if (probe.tcpSocket !== undefined) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`;
  if (probe.grpc !== undefined) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
};

const urlText = (get: NonNullable<Probe['httpGet']>): string => {
  const host = get.host ?? '';
  const path = get.path ?? '';
  const scheme = get.scheme === undefined ? '' : `${get.scheme.toLowerCase()}:`;
  const slash = path === '' || path.startsWith('/') ? '' : '/';
  return `${scheme}//${host.includes(':') ? `[${host}]` : host}:${get.port}${slash}${escapePath(path)}`;
};

// Go's url escapes everything in a path but these (net/url, encodePath).
const escapePath = (path: string): string =>
  path === '*'
    ? path
    : path.replace(/[^A-Za-z0-9\-_.~$&+,/:;=@]/gu, (char) =>
        [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
      );
