// The objects every cluster starts with: the people's rights, two team namespaces, simulated nodes, the metrics API.
import {people} from './tokens.ts';
import {teamNamespaces, type Plan} from './plan.ts';

export type FirstObject = {readonly path: string; readonly body: Readonly<Record<string, unknown>>};

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const rbacGroup = 'rbac.authorization.k8s.io';

const group = (name: string): object => ({kind: 'Group', apiGroup: rbacGroup, name});
const user = (name: string): object => ({kind: 'User', apiGroup: rbacGroup, name});

function clusterBinding(name: string, role: string, subjects: readonly object[]): FirstObject {
  return {
    path: `${rbac}/clusterrolebindings`,
    body: {metadata: {name}, roleRef: {apiGroup: rbacGroup, kind: 'ClusterRole', name: role}, subjects},
  };
}

function teamObjects(namespace: string): FirstObject[] {
  // The limited user has this and nothing else; the others have it beside their view of the whole cluster.
  const subjects = [user('limited'), ...Object.values(people).flatMap(({groups}) => groups.map(group)), group('kdeck-certificate')];
  return [
    {path: '/api/v1/namespaces', body: {metadata: {name: namespace, labels: {team: namespace.replace('team-', '')}}}},
    {
      path: `${rbac}/namespaces/${namespace}/roles`,
      body: {metadata: {name: 'team-member'}, rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]},
    },
    {
      path: `${rbac}/namespaces/${namespace}/rolebindings`,
      body: {metadata: {name: 'team-members'}, roleRef: {apiGroup: rbacGroup, kind: 'Role', name: 'team-member'}, subjects},
    },
  ];
}

const readOnly: FirstObject[] = [
  {
    path: `${rbac}/clusterroles`,
    body: {
      metadata: {name: 'kdeck-cluster-reader'},
      rules: [
        {apiGroups: [''], resources: ['nodes', 'persistentvolumes', 'namespaces'], verbs: ['get', 'list', 'watch']},
        {
          apiGroups: ['storage.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io'],
          resources: ['*'],
          verbs: ['get', 'list', 'watch'],
        },
        {apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch']},
      ],
    },
  },
  clusterBinding('kdeck-readers', 'kdeck-cluster-reader', [group('kdeck-readonly')]),
  clusterBinding('kdeck-viewers', 'view', [
    group('kdeck-readonly'),
    ...Object.values(people).flatMap(({groups}) => groups.map(group)),
    group('kdeck-certificate'),
  ]),
];

/** A simulated node, number 0 and up. Beside a real node it is tainted, so that only pods that ask for it land there. */
export function kwokNode(plan: Plan, index: number): FirstObject {
  const name = `kwok-${index}`;
  return {
    path: '/api/v1/nodes',
    body: {
      metadata: {
        name,
        labels: {
          type: 'kwok',
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'amd64',
          'topology.kubernetes.io/zone': `zone-${'abc'[index % 3]}`,
        },
        annotations: {
          'kwok.x-k8s.io/node': 'fake',
          'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource`,
        },
      },
      spec: plan.mode === 'full' ? {taints: [{key: 'kwok.x-k8s.io/node', value: 'fake', effect: 'NoSchedule'}]} : {},
      status: {
        allocatable: {cpu: '32', memory: '128Gi', pods: '1000'},
        capacity: {cpu: '32', memory: '128Gi', pods: '1000'},
        nodeInfo: {kubeletVersion: plan.binaries.kubernetesVersion},
      },
    },
  };
}

/** metrics-server as an aggregated API. An ExternalName service reaches it on loopback without kube-proxy. */
function metricsObjects({ports}: Plan): FirstObject[] {
  const service = {name: 'metrics-server', namespace: 'kube-system', port: ports.metricsServer};
  return [
    {
      path: '/api/v1/namespaces/kube-system/services',
      body: {
        metadata: {name: service.name, labels: {'k8s-app': 'metrics-server'}},
        spec: {type: 'ExternalName', externalName: 'localhost', ports: [{name: 'https', port: service.port, protocol: 'TCP'}]},
      },
    },
    {
      path: '/apis/apiregistration.k8s.io/v1/apiservices',
      body: {
        metadata: {name: 'v1beta1.metrics.k8s.io', labels: {'k8s-app': 'metrics-server'}},
        spec: {
          group: 'metrics.k8s.io',
          version: 'v1beta1',
          groupPriorityMinimum: 100,
          versionPriority: 100,
          insecureSkipTLSVerify: true,
          service,
        },
      },
    },
  ];
}

/** The objects in the order they are created. */
export function firstObjects(plan: Plan): FirstObject[] {
  if (plan.mode === 'store') return [];
  return [
    ...teamNamespaces.flatMap(teamObjects),
    ...readOnly,
    ...Array.from({length: plan.kwokNodes}, (_, index) => kwokNode(plan, index)),
    ...(plan.mode === 'full' ? metricsObjects(plan) : []),
  ];
}
