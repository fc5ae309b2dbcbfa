// `delete`: by name, selector, file; waiting, forcing, asking.
import type {ParityCase} from '../case.ts';

const seed = `apiVersion: v1
kind: ConfigMap
metadata: {name: one, labels: {app: shop}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: two, labels: {app: shop}}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: shop}}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: lone, labels: {app: lone}}
spec:
  nodeSelector: {type: kwok}
  tolerations: [{key: kwok.x-k8s.io/node, operator: Exists}]
  containers: [{name: c, image: "a:1"}]
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: set}
spec:
  replicas: 1
  selector: {matchLabels: {app: set}}
  template:
    metadata: {labels: {app: set}}
    spec:
      nodeSelector: {type: kwok}
      tolerations: [{key: kwok.x-k8s.io/node, operator: Exists}]
      containers: [{name: c, image: "a:1"}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kept, finalizers: [parity.kdeck.test/kept]}
`;
const left = 'get cm,svc,pod,rs -o name --field-selector metadata.name!=kube-root-ca.crt';
const change = {mutates: true, seed, seeded: '--for=condition=Ready pod/lone', after: left} as const;
const file = `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
---
apiVersion: v1
kind: Service
metadata: {name: web}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: absent}
`;

export const cases: readonly ParityCase[] = [
  {...change, argv: 'delete cm one'},
  {...change, argv: 'delete cm one two'},
  {...change, argv: 'delete cm/one svc/web'},
  {...change, argv: 'delete cm,svc -l app=shop'},
  {...change, argv: 'delete cm -l app=nobody'},
  {...change, argv: 'delete svc --all'},
  {...change, argv: 'delete svc --field-selector metadata.name=web'},
  {...change, argv: 'delete pod lone'},
  {...change, argv: 'delete pod lone --now'},
  {...change, argv: 'delete pod lone --force'},
  {...change, argv: 'delete pod lone --force --grace-period=0'},
  {...change, argv: 'delete pod lone --grace-period=0'},
  {...change, argv: 'delete pod lone --wait=false', after: 'get cm one -o name'},
  {...change, argv: 'delete rs set --cascade=orphan', after: 'get rs'},
  {...change, argv: 'delete rs set --cascade=foreground', after: 'get rs'},
  {...change, argv: 'delete rs set --cascade=true', after: 'get rs'},
  {...change, argv: 'delete rs set --cascade=false', after: 'get rs'},
  {...change, argv: 'delete cm one -o name'},
  {...change, argv: 'delete cm one --dry-run=client'},
  {...change, argv: 'delete cm one --dry-run=server'},
  {...change, argv: 'delete cm one --dry-run'},
  {...change, argv: 'delete cm one --dry-run=true'},
  {...change, argv: 'delete cm nope one'},
  {...change, argv: 'delete cm nope --ignore-not-found'},
  {...change, argv: 'delete cm nope one --ignore-not-found'},
  {...change, argv: 'delete -f f.yaml', files: {'f.yaml': file}},
  {...change, argv: 'delete -f f.yaml --ignore-not-found', files: {'f.yaml': file}},
  {...change, argv: 'delete -f -', stdin: file},
  {...change, argv: 'delete -f f.yaml -l app=shop', files: {'f.yaml': file}},
  {...change, argv: 'delete cm -i -l app=shop', stdin: 'y\n'},
  {...change, argv: 'delete cm one -i', stdin: 'n\n'},
  {...change, argv: 'delete cm one -i', stdin: '', name: 'delete -i without an answer'},
  {...change, argv: 'delete cm nope -i --ignore-not-found', stdin: 'y\n'},
  {
    ...change,
    argv: 'delete cm kept --timeout=2s',
    steps: [['patch', 'cm', 'kept', '--type=merge', '-p', '{"metadata":{"finalizers":null}}']],
    name: 'delete of what a finalizer keeps',
  },
  {...change, argv: 'delete --raw /api/v1/namespaces/{ns}/configmaps/one', namespaced: false},
  {
    mutates: true,
    seed: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: "parity-{id}"}\n',
    argv: 'delete clusterrole parity-{id}',
    name: 'a namespace given for what has none is mentioned',
  },
  {argv: 'delete cm'},
  {argv: 'delete'},
  {argv: 'delete cm nope'},
  {argv: 'delete nope nope'},
  {argv: 'delete cm settings -o yaml'},
  {argv: 'delete cm settings --now --grace-period=3'},
  {argv: 'delete cm settings --force --grace-period=3'},
  {argv: 'delete cm settings --cascade=odd'},
  {argv: 'delete cm --all -l app=shop'},
  {argv: 'delete cm --all settings'},
  {argv: 'delete cm/settings cm'},
  {argv: 'delete cm settings --dry-run=odd'},
  {argv: 'delete cm settings', user: 'readonly', name: 'delete without the right'},
  {argv: 'delete ns parity-nope'},
  {argv: 'delete -f nope.yaml'},
  {argv: 'delete --raw /api -i'},
  {argv: 'delete --raw /api -o name'},
];
