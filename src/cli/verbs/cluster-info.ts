// `cluster-info`: where the control plane and the services of the cluster itself answer.
import type {KubeList} from '../../kube/types/object.ts';
import type {Service} from '../../kube/types/wire.ts';
import type {Verb, VerbContext} from '../verb.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {client} = await context.cluster();
  const namespace = context.connection.namespace ?? 'kube-system';
  const {stdout} = context.streams;
  const colour = stdout.isTTY === true && (context.env['NO_COLOR'] ?? '') === '' && context.env['TERM'] !== 'dumb';
  const line = (name: string, link: string): string =>
    colour ? `\u001b[0;32m${name}\u001b[0m is running at \u001b[0;33m${link}\u001b[0m\n` : `${name} is running at ${link}\n`;
  const hint = `\nTo further debug and diagnose cluster problems, use '${context.program} cluster-info dump'.\n`;
  try {
    const answer = await client.request({
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/services`,
      query: {labelSelector: 'kubernetes.io/cluster-service=true'},
    });
    stdout.write(line('Kubernetes control plane', client.server));
    for (const service of answer.json<KubeList<Service>>().items) {
      stdout.write(
        line(service.metadata.labels?.['kubernetes.io/name'] || (service.metadata.name ?? ''), linkOf(service, client.server)),
      );
    }
  } finally {
    stdout.write(hint);
  }
  return 0;
};

const linkOf = (service: Service, server: string): string => {
  const ports = service.spec?.ports ?? [];
  const [balancer] = service.status?.loadBalancer?.ingress ?? [];
  if (balancer !== undefined) return ports.map(({port}) => `http://${balancer.ip || balancer.hostname || ''}:${port} `).join('');
  let {name = ''} = service.metadata;
  const [port] = ports;
  if (port !== undefined) {
    const scheme = port.name === 'https' || port.port === 443 ? 'https' : '';
    const portName = port.name ?? '';
    if (scheme !== '') name = `${scheme}:${name}:${portName}`;
    else if (portName !== '') name = `${name}:${portName}`;
  }
  return `${server}/api/v1/namespaces/${service.metadata.namespace ?? ''}/services/${name}/proxy`;
};

export const verb: Verb = {
  name: 'cluster-info',
  short: 'Display cluster information',
  long: 'Show the addresses of the control plane and of services labelled kubernetes.io/cluster-service=true.',
  examples: `
  # Where is the control plane?
  {program} cluster-info`,
  usage: '[flags]',
  flags: [],
  run,
};
