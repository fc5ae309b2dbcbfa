// What kdeck knows about Ingresses.
import type {Ingress} from '../../../kube/types/wire.ts';
import {type Health, kind, type ObjectRef} from '../../kind.ts';
import {balancerText} from '../../shared/balancer.ts';
import {ageColumn, metadataColumns, msSince, nameColumn, textColumn} from '../../shared/columns.ts';
import {ingresses, pointer} from '../../shared/refs.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {ownedBy} from '../../shared/relations.ts';
import {describe} from './describe.ts';

const HOSTS_SHOWN = 3;

const hostsText = ({spec}: Ingress): string => {
  const rules = spec?.rules ?? [];
  const hosts: string[] = [];
  let more = false;
  for (const {host} of rules) {
    if (hosts.length === HOSTS_SHOWN) more = true;
    if (!more && host) hosts.push(host);
  }
  if (hosts.length === 0) return '*';
  // The server counts all rules here, those without a host too.
  return more ? `${hosts.join(',')} + ${rules.length - HOSTS_SHOWN} more...` : hosts.join(',');
};

const health = ({metadata, spec, status}: Ingress, {now}: {readonly now: Date}): Health => {
  if (metadata.deletionTimestamp !== undefined) return {tone: 'busy', reason: 'It is being deleted.'};
  const address = balancerText(status?.loadBalancer?.ingress);
  if (address !== '') return {tone: 'ok', reason: `It is reachable at ${address}.`};
  const young = (msSince(metadata.creationTimestamp, now) ?? 0) < 120_000;
  if (young) return {tone: 'busy', reason: 'It waits for an ingress controller to give it an address.'};
  return {
    tone: 'warn',
    reason: `No ingress controller has given it an address${spec?.ingressClassName === undefined ? '; it names no class' : ` (class ${spec.ingressClassName})`}.`,
  };
};

const backends = ({metadata, spec}: Ingress): readonly ObjectRef[] => {
  const all = [spec?.defaultBackend, ...(spec?.rules ?? []).flatMap((rule) => rule.http?.paths.map((path) => path.backend) ?? [])];
  const names = new Set(all.map((backend) => backend?.service?.name).filter((name) => name !== undefined));
  return [...names].map((name) => pointer('', 'Service', name, metadata.namespace));
};

export const resource = kind<Ingress>({
  ref: ingresses,
  kind: 'Ingress',
  singular: 'ingress',
  shortNames: ['ing'],
  namespaced: true,
  family: 'network',
  columns: [
    nameColumn,
    textColumn<Ingress>('class', 'CLASS', ({spec}) => spec?.ingressClassName, {none: '<none>'}),
    textColumn<Ingress>('hosts', 'HOSTS', hostsText, {keep: 7}),
    textColumn<Ingress>('address', 'ADDRESS', ({status}) => balancerText(status?.loadBalancer?.ingress), {keep: 6}),
    textColumn<Ingress>('ports', 'PORTS', ({spec}) => ((spec?.tls ?? []).length === 0 ? '80' : '80, 443'), {keep: 4}),
    ageColumn,
    ...metadataColumns,
  ],
  keep: ['spec', 'status.loadBalancer'],
  health,
  describe,
  relations: [
    ownedBy,
    {type: 'routes to', targets: backends},
    {
      type: 'uses',
      targets: ({metadata, spec}) =>
        (spec?.tls ?? []).flatMap(({secretName}) => (secretName ? [pointer('', 'Secret', secretName, metadata.namespace)] : [])),
    },
    {
      type: 'uses',
      targets: ({spec}) => (spec?.ingressClassName ? [pointer('networking.k8s.io', 'IngressClass', spec.ingressClassName)] : []),
    },
  ],
  actions: metadataActions<Ingress>({...ingresses, kind: 'Ingress'}),
});
