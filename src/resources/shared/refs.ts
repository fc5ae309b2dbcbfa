// Names of the built-in types that other kinds point at.
import type {ResourceRef} from '../../kube/types/object.ts';
import type {ObjectRef} from '../kind.ts';

const core = (plural: string): ResourceRef => ({group: '', version: 'v1', plural});

export const pods = core('pods');
export const nodes = core('nodes');
export const services = core('services');
export const configMaps = core('configmaps');
export const secrets = core('secrets');
export const claims = core('persistentvolumeclaims');
export const resourceQuotas = core('resourcequotas');
export const limitRanges = core('limitranges');
export const deployments: ResourceRef = {group: 'apps', version: 'v1', plural: 'deployments'};
export const replicaSets: ResourceRef = {group: 'apps', version: 'v1', plural: 'replicasets'};
export const statefulSets: ResourceRef = {group: 'apps', version: 'v1', plural: 'statefulsets'};
export const daemonSets: ResourceRef = {group: 'apps', version: 'v1', plural: 'daemonsets'};
export const cronJobs: ResourceRef = {group: 'batch', version: 'v1', plural: 'cronjobs'};
export const ingresses: ResourceRef = {group: 'networking.k8s.io', version: 'v1', plural: 'ingresses'};
export const events = core('events');
export const eventsGroup: ResourceRef = {group: 'events.k8s.io', version: 'v1', plural: 'events'};
export const serviceAccounts = core('serviceaccounts');
export const namespaces = core('namespaces');
export const volumes = core('persistentvolumes');
export const jobs: ResourceRef = {group: 'batch', version: 'v1', plural: 'jobs'};
export const endpointSlices: ResourceRef = {group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices'};
export const leases: ResourceRef = {group: 'coordination.k8s.io', version: 'v1', plural: 'leases'};
export const resourceSlices: ResourceRef = {group: 'resource.k8s.io', version: 'v1', plural: 'resourceslices'};

/** Points at an object by kind and name. */
export const pointer = (group: string, kind: string, name: string, namespace?: string, uid?: string): ObjectRef => ({
  group,
  kind,
  name,
  namespace,
  uid,
});

/** Group of an `apiVersion`. */
export const groupOf = (apiVersion: string | undefined): string => {
  const slash = apiVersion?.indexOf('/') ?? -1;
  return slash < 0 || apiVersion === undefined ? '' : apiVersion.slice(0, slash);
};
