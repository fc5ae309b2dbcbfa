// A Service as kubectl describes it.
import type {EndpointSlice, Service} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {startLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {endpointsText} from '../../shared/endpoints.ts';
import {endpointSlices} from '../../shared/refs.ts';
import {labelsText} from '../../shared/selector.ts';

export const describe = async (
  service: Service,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {spec, status} = service;
  const optional = (title: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== '' && value !== 0) out.line(0, `${title}:`, String(value));
  };
  startLines(service, out);
  out.line(0, 'Selector:', labelsText(spec?.selector));
  out.line(0, 'Type:', spec?.type ?? '');
  optional('IP Family Policy', spec?.ipFamilyPolicy);
  out.line(0, 'IP Families:', spec?.ipFamilies?.join(',') || '<none>');
  out.line(0, 'IP:', spec?.clusterIP ?? '');
  out.line(0, 'IPs:', spec?.clusterIPs?.join(',') || '<none>');
  optional('External IPs', spec?.externalIPs?.join(','));
  optional('Desired LoadBalancer IP', spec?.loadBalancerIP);
  optional('External Name', spec?.externalName);
  const points = status?.loadBalancer?.ingress ?? [];
  optional(
    'LoadBalancer Ingress',
    points
      .map(({ip, ipMode, hostname}) => (ip ? `${ip}${ipMode === undefined ? '' : ` (${ipMode})`}` : (hostname ?? '')))
      .join(', '),
  );
  await portLines(service, view, out);
  out.line(0, 'Session Affinity:', spec?.sessionAffinity ?? '');
  optional('External Traffic Policy', spec?.externalTrafficPolicy);
  optional('Internal Traffic Policy', spec?.internalTrafficPolicy);
  optional('HealthCheck NodePort', spec?.healthCheckNodePort);
  optional('LoadBalancer Source Ranges', spec?.loadBalancerSourceRanges?.join(','));
  optional('Traffic Distribution', spec?.trafficDistribution);
  await eventLines(service, view, out, options);
};

const portLines = async ({metadata, spec}: Service, view: ClusterView, out: DescribeWriter): Promise<void> => {
  const ports = spec?.ports ?? [];
  if (ports.length === 0) return;
  const labelSelector = `kubernetes.io/service-name=${metadata.name}`;
  const slices = await view.list<EndpointSlice>(endpointSlices, {namespace: metadata.namespace, labelSelector}).catch(() => []);
  for (const port of ports) {
    const name = port.name || '<unset>';
    const protocol = port.protocol ?? '';
    out.line(0, 'Port:', name, `${port.port}/${protocol}`);
    out.line(0, 'TargetPort:', `${port.targetPort ?? 0}/${protocol}`);
    if (port.appProtocol !== undefined) out.line(0, 'AppProtocol:', port.appProtocol);
    if (port.nodePort) out.line(0, 'NodePort:', name, `${port.nodePort}/${protocol}`);
    out.line(0, 'Endpoints:', endpointsText(slices, port.name ?? ''));
  }
};
