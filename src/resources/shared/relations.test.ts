import {expect, test} from 'vitest';
import type {AnyObject} from '../../kube/types/object.ts';
import {loadAllKinds} from '../catalogue.ts';

const relationsOf = async (object: AnyObject) => {
  const kind = (await loadAllKinds()).find((each) => each.kind === object.kind);
  return (kind?.relations ?? []).map((relation) => ({
    type: relation.type,
    targets: relation.targets?.(object).map((target) => `${target.kind}/${target.namespace ?? ''}/${target.name}`),
    selects: relation.selects?.(object)?.labelSelector,
  }));
};

test('a pod names its owner, node, volumes, variables, secrets and account', async () => {
  const pod: AnyObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-1',
      namespace: 'shop',
      ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u', controller: true}],
    },
    spec: {
      nodeName: 'n1',
      serviceAccountName: 'robot',
      imagePullSecrets: [{name: 'registry'}],
      initContainers: [{name: 'i', env: [{name: 'K', valueFrom: {secretKeyRef: {name: 'keys', key: 'k'}}}]}],
      containers: [
        {
          name: 'app',
          envFrom: [{configMapRef: {name: 'settings'}}, {secretRef: {name: 'keys'}}],
          env: [{name: 'C', valueFrom: {configMapKeyRef: {name: 'colors', key: 'c'}}}],
        },
      ],
      volumes: [
        {name: 'a', configMap: {name: 'files'}},
        {name: 'b', secret: {secretName: 'cert'}},
        {name: 'c', persistentVolumeClaim: {claimName: 'data'}},
        {
          name: 'd',
          projected: {
            sources: [{configMap: {name: 'kube-root-ca.crt'}}, {secret: {name: 'more'}}, {serviceAccountToken: {path: 't'}}],
          },
        },
        {name: 'e', ephemeral: {volumeClaimTemplate: {spec: {}}}},
      ],
    },
  };
  expect(await relationsOf(pod)).toEqual([
    {type: 'owned by', targets: ['ReplicaSet/shop/web'], selects: undefined},
    {type: 'runs on', targets: ['Node//n1'], selects: undefined},
    {
      type: 'mounts',
      targets: [
        'ConfigMap/shop/files',
        'Secret/shop/cert',
        'PersistentVolumeClaim/shop/data',
        'ConfigMap/shop/kube-root-ca.crt',
        'Secret/shop/more',
        'PersistentVolumeClaim/shop/web-1-e',
      ],
      selects: undefined,
    },
    {
      type: 'uses',
      targets: [
        'Secret/shop/keys',
        'ConfigMap/shop/settings',
        'ConfigMap/shop/colors',
        'Secret/shop/registry',
        'ServiceAccount/shop/robot',
      ],
      selects: undefined,
    },
  ]);
});

test('a service selects pods, and nothing without a selector', async () => {
  const service = (selector?: object): AnyObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name: 'web', namespace: 'shop'},
    spec: {selector},
  });
  expect((await relationsOf(service({app: 'web', tier: 'a'})))[1]).toEqual({
    type: 'routes to',
    targets: undefined,
    selects: 'app=web,tier=a',
  });
  expect((await relationsOf(service()))[1]).toEqual({type: 'routes to', targets: undefined, selects: undefined});
});

test('a deployment owns what its expressions select', async () => {
  const deployment: AnyObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'web', namespace: 'shop'},
    spec: {selector: {matchExpressions: [{key: 'app', operator: 'In', values: ['b', 'a']}]}, template: {spec: {containers: []}}},
  };
  expect((await relationsOf(deployment))[1]).toMatchObject({type: 'owns', selects: 'app in (a,b)'});
});

test('an ingress routes to services and uses certificates', async () => {
  const backend = (name: string) => ({service: {name, port: {number: 80}}});
  const ingress: AnyObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {name: 'web', namespace: 'shop'},
    spec: {
      ingressClassName: 'nginx',
      defaultBackend: backend('front'),
      tls: [{secretName: 'cert'}],
      rules: [{http: {paths: [{backend: backend('web')}, {backend: backend('front')}]}}],
    },
  };
  expect((await relationsOf(ingress)).slice(1).map(({targets}) => targets)).toEqual([
    ['Service/shop/front', 'Service/shop/web'],
    ['Secret/shop/cert'],
    ['IngressClass//nginx'],
  ]);
});
