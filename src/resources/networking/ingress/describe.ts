// An Ingress as kubectl describes it, with the endpoints behind each backend.
import {messageOf} from '../../../base/errors.ts';
import type {EndpointSlice, Ingress, Service} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {balancerText} from '../../shared/balancer.ts';
import {annotationLines, labelLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {endpointsText} from '../../shared/endpoints.ts';
import {endpointSlices, services} from '../../shared/refs.ts';

type Backend = NonNullable<NonNullable<Ingress['spec']>['defaultBackend']>;

export const describe = async (
  ingress: Ingress,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {metadata, spec, status} = ingress;
  out.line(0, 'Name:', metadata.name ?? '');
  labelLines(out, 'Labels', metadata.labels);
  out.line(0, 'Namespace:', metadata.namespace ?? '');
  out.line(0, 'Address:', balancerText(status?.loadBalancer?.ingress));
  out.line(0, 'Ingress Class:', spec?.ingressClassName ?? '<none>');
  const fallback =
    spec?.defaultBackend === undefined ? '<default>' : await backendText(spec.defaultBackend, metadata.namespace, view);
  out.line(0, 'Default backend:', fallback);
  if (spec?.tls !== undefined && spec.tls.length > 0) {
    out.line(0, 'TLS:');
    for (const {secretName, hosts = []} of spec.tls)
      out.line(1, secretName ? `${secretName} terminates ${hosts.join(',')}` : `SNI routes ${hosts.join(',')}`);
  }
  await ruleLines(ingress, fallback, view, out);
  annotationLines(out, 'Annotations', metadata.annotations);
  await eventLines(ingress, view, out, options);
};

const ruleLines = async ({metadata, spec}: Ingress, fallback: string, view: ClusterView, out: DescribeWriter): Promise<void> => {
  out.line(0, 'Rules:');
  out.line(1, 'Host', 'Path', 'Backends');
  out.line(1, '----', '----', '--------');
  const rules = (spec?.rules ?? []).filter((rule) => rule.http !== undefined);
  for (const {host, http} of rules) {
    out.line(1, host || '*', '');
    for (const {path = '', backend} of http?.paths ?? [])
      out.line(2, '', `${path} `, await backendText(backend, metadata.namespace, view));
  }
  if (rules.length === 0) out.line(1, '*', '*', fallback);
};

const backendText = async ({service, resource}: Backend, namespace: string | undefined, view: ClusterView): Promise<string> => {
  if (service !== undefined) {
    const {name, port} = service;
    const title = `${name}:${port?.number || (port?.name ?? '')}`;
    try {
      const slices = await view.list<EndpointSlice>(endpointSlices, {
        namespace,
        labelSelector: `kubernetes.io/service-name=${name}`,
      });
      const found = await view.get<Service>(services, {namespace, name});
      if (found === undefined) return `${title} (<error: services "${name}" not found>)`;
      const matching = found.spec?.ports?.findLast((each) =>
        port?.number ? each.port === port.number : port?.name !== undefined && port.name !== '' && each.name === port.name,
      );
      return `${title} (${endpointsText(slices, matching?.name ?? '')})`;
    } catch (error) {
      return `${title} (<error: ${messageOf(error)}>)`;
    }
  }
  if (resource !== undefined) return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
  return '';
};
