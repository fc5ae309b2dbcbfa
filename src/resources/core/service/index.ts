// What kdeck knows about Services.
import type {Service} from '../../../kube/types/wire.ts';
import {type Health, kind} from '../../kind.ts';
import {balancerText} from '../../shared/balancer.ts';
import {ageColumn, metadataColumns, msSince, nameColumn, textColumn} from '../../shared/columns.ts';
import {endpointSlices, pods, services} from '../../shared/refs.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {ownedBy, selects} from '../../shared/relations.ts';
import {labelsText} from '../../shared/selector.ts';
import {describe} from './describe.ts';

const externalText = ({spec, status}: Service): string => {
  const fixed = spec?.externalIPs ?? [];
  switch (spec?.type) {
    case 'ClusterIP':
    case 'NodePort':
      return fixed.join(',') || '<none>';
    case 'LoadBalancer':
      // kubectl's printer cuts these to 16 characters, but servers always print wide, so nobody sees that.
      return [balancerText(status?.loadBalancer?.ingress), ...fixed].filter((address) => address !== '').join(',') || '<pending>';
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return '<unknown>';
  }
};

const portsText = ({spec}: Service): string =>
  (spec?.ports ?? [])
    .map(({port, nodePort, protocol}) =>
      nodePort !== undefined && nodePort > 0 ? `${port}:${nodePort}/${protocol ?? ''}` : `${port}/${protocol ?? ''}`,
    )
    .join(',');

const health = (service: Service, {now}: {readonly now: Date}): Health => {
  const {metadata, spec, status} = service;
  if (metadata.deletionTimestamp !== undefined) return {tone: 'busy', reason: 'It is being deleted.'};
  if (spec?.type === 'ExternalName') return {tone: 'ok', reason: `It is another name for ${spec.externalName ?? ''}.`};
  if (spec?.type === 'LoadBalancer' && (status?.loadBalancer?.ingress ?? []).length === 0) {
    const waiting = (msSince(metadata.creationTimestamp, now) ?? 0) > 120_000;
    return waiting
      ? {tone: 'warn', reason: 'No load balancer has given it an address; the cluster may have none.'}
      : {tone: 'busy', reason: 'It waits for an address from a load balancer.'};
  }
  if (Object.keys(spec?.selector ?? {}).length === 0)
    return {tone: 'idle', reason: 'It selects no pods; its endpoints are set by somebody else.'};
  return {
    tone: 'ok',
    reason:
      spec?.clusterIP === 'None' ? 'It has no address of its own and names its pods.' : `It answers at ${spec?.clusterIP ?? ''}.`,
  };
};

export const resource = kind<Service>({
  ref: services,
  kind: 'Service',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  family: 'network',
  columns: [
    nameColumn,
    textColumn<Service>('type', 'TYPE', ({spec}) => spec?.type, {keep: 7}),
    textColumn<Service>('cluster-ip', 'CLUSTER-IP', ({spec}) => spec?.clusterIPs?.[0], {none: '<none>', keep: 6}),
    textColumn<Service>('external-ip', 'EXTERNAL-IP', externalText, {
      tone: (address) => (address === '<pending>' ? 'busy' : undefined),
    }),
    textColumn<Service>('ports', 'PORT(S)', portsText, {none: '<none>', keep: 6}),
    ageColumn,
    textColumn<Service>('selector', 'SELECTOR', ({spec}) => labelsText(spec?.selector), {show: 'wide', keep: 1}),
    ...metadataColumns,
  ],
  keep: [
    'spec.type',
    'spec.clusterIP',
    'spec.clusterIPs',
    'spec.externalIPs',
    'spec.externalName',
    'spec.ports',
    'spec.selector',
    'status.loadBalancer',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    selects<Service>('routes to', pods, ({spec}) =>
      Object.keys(spec?.selector ?? {}).length === 0 ? undefined : {matchLabels: spec?.selector ?? {}},
    ),
    selects<Service>('owns', endpointSlices, ({metadata}) => ({matchLabels: {'kubernetes.io/service-name': metadata.name ?? ''}})),
  ],
  actions: metadataActions<Service>({...services, kind: 'Service'}),
  onEnter: 'open.pods',
});
