// `label`, `annotate` and `patch`: results, refusals, dry runs, files.
import type {ParityCase} from '../case.ts';

const seed = `apiVersion: v1
kind: ConfigMap
metadata: {name: one, labels: {app: shop, tier: front}, annotations: {note: old}}
data: {a: b}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: two, labels: {app: shop}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 0
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "a:1"}, {name: side, image: "b:1"}]}}
`;
const change = {mutates: true, seed} as const;
const labels = 'get cm one two -o custom-columns=N:.metadata.name,L:.metadata.labels';
const notes = 'get cm one two -o custom-columns=N:.metadata.name,A:.metadata.annotations.note,B:.metadata.annotations.b';
const file = `apiVersion: v1
kind: ConfigMap
metadata: {name: one, labels: {app: shop}}
data: {a: b}
`;

export const cases: readonly ParityCase[] = [
  // label
  {...change, argv: 'label cm one new=1', after: labels},
  {...change, argv: 'label cm one new=1 other=2 tier-', after: labels},
  {...change, argv: 'label cm one tier-', after: labels},
  {...change, argv: 'label cm one nothing-', after: labels},
  {...change, argv: 'label cm one tier=front', after: labels},
  {...change, argv: 'label cm one tier=back', after: labels},
  {...change, argv: 'label cm one tier=back --overwrite', after: labels},
  {...change, argv: 'label cm one two new=1', after: labels},
  {
    ...change,
    argv: 'label cm --all new=1',
    steps: ['label cm -l app=shop more=2'],
    after: labels,
    normalise: [[/configmap\/kube-root-ca.crt.*\n/g, '']],
  },
  {...change, argv: 'label cm one new=1 --dry-run=client', after: labels},
  {...change, argv: 'label cm one new=1 --dry-run=server', after: labels},
  {...change, argv: 'label cm one new=1 -o name', after: labels},
  {...change, argv: 'label cm one new=1 -o jsonpath={.metadata.labels}', after: labels},
  {...change, argv: 'label cm one new=1 --resource-version=1', after: labels},
  {...change, argv: 'label cm one two new=1 --resource-version=1', after: labels},
  {...change, argv: 'label -f f.yaml new=1', files: {'f.yaml': file}, after: labels},
  {...change, argv: 'label cm/one svc/web new=1', after: labels},
  {
    ...change,
    argv: 'label cm one app=x tier=y',
    firstErrorLine: true,
    normalise: [[/'(app|tier)' already has a value \((shop|front)\)/g, '<taken>']],
    after: labels,
  },
  {argv: 'label cm settings --list'},
  {argv: 'label cm settings umlauts --list', unordered: true},
  {argv: 'label cm settings --list -o name'},
  {argv: 'label cm settings'},
  {argv: 'label cm settings a=b=c'},
  {argv: ['label', 'cm', 'settings', 'a=b c']},
  {argv: 'label cm settings a=b a-'},
  {argv: 'label cm settings a=b other'},
  {argv: 'label a=b'},
  {argv: 'label cm a=b'},
  {argv: 'label cm nope a=b'},
  {argv: 'label cm --all -l app=shop a=b'},
  {argv: 'label cm --all --field-selector metadata.name=x a=b'},
  {argv: 'label cm settings a=b --local'},
  {argv: 'label a=b --local'},
  {argv: 'label -f f.yaml new=1 --local -o yaml', files: {'f.yaml': file}},
  {argv: 'label -f f.yaml new=1 --local', files: {'f.yaml': file}},
  {argv: 'label cm settings a=b', user: 'readonly', name: 'label without the right'},

  // annotate
  {...change, argv: 'annotate cm one b=1', after: notes},
  {...change, argv: ['annotate', 'cm', 'one', 'b=a text, with=signs'], after: notes},
  {...change, argv: 'annotate cm one note-', after: notes},
  {...change, argv: 'annotate cm one nothing-', after: notes},
  {...change, argv: 'annotate cm one note=new', after: notes},
  {...change, argv: 'annotate cm one note=new --overwrite', after: notes},
  {...change, argv: 'annotate cm one note=old', after: notes},
  {...change, argv: 'annotate cm one two b=1', after: notes},
  {...change, argv: 'annotate cm one b=1 --dry-run=client', after: notes},
  {...change, argv: 'annotate cm one b=1 --dry-run=server -o name', after: notes},
  {...change, argv: 'annotate cm one b=1 --resource-version=1', after: notes},
  {argv: 'annotate cm settings --list'},
  {argv: 'annotate cm settings'},
  {argv: 'annotate cm settings =b'},
  {argv: 'annotate cm settings a=b a-'},
  {argv: 'annotate cm nope a=b'},
  {argv: 'annotate cm settings a=b --all -l x=y'},
  {argv: 'annotate -f f.yaml a=b --local -o json', files: {'f.yaml': file}},

  // patch
  {...change, argv: ['patch', 'cm', 'one', '-p', '{"data":{"c":"d"}}'], after: 'get cm one -o jsonpath={.data}'},
  {...change, argv: ['patch', 'cm', 'one', '-p', '{"data":{"a":"b"}}'], after: 'get cm one -o jsonpath={.data}'},
  {...change, argv: ['patch', 'cm', 'one', '-p', 'data:\n  c: d\n'], after: 'get cm one -o jsonpath={.data}'},
  {...change, argv: ['patch', 'cm/one', '--type=merge', '-p', '{"data":{"a":null}}'], after: 'get cm one -o jsonpath={.data}'},
  {
    ...change,
    argv: ['patch', 'cm', 'one', '--type=json', '-p', '[{"op":"replace","path":"/data/a","value":"z"}]'],
    after: 'get cm one -o jsonpath={.data}',
  },
  {
    ...change,
    argv: ['patch', 'deploy', 'web', '-p', '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"c:1"}]}}}}'],
    after: 'get deploy web -o jsonpath={.spec.template.spec.containers[*].image}',
  },
  {
    ...change,
    argv: ['patch', 'deploy', 'web', '--subresource=scale', '--type=merge', '-p', '{"spec":{"replicas":1}}'],
    after: 'get deploy web -o jsonpath={.spec.replicas}',
  },
  {
    ...change,
    argv: ['patch', 'cm', 'one', '-p', '{"data":{"c":"d"}}', '--dry-run=client'],
    after: 'get cm one -o jsonpath={.data}',
  },
  {
    ...change,
    argv: ['patch', 'cm', 'one', '-p', '{"data":{"c":"d"}}', '--dry-run=client', '-o', 'jsonpath={.data}'],
    after: 'get cm one -o jsonpath={.data}',
  },
  {
    ...change,
    argv: [
      'patch',
      'deploy',
      'web',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"c:1"}]}}}}',
      '--dry-run=client',
      '-o',
      'jsonpath={.spec.template.spec.containers[*].image}',
    ],
  },
  {
    ...change,
    argv: ['patch', 'cm', 'one', '-p', '{"data":{"c":"d"}}', '--dry-run=server'],
    after: 'get cm one -o jsonpath={.data}',
  },
  {...change, argv: ['patch', 'cm', 'one', '-p', '{"data":{"c":"d"}}', '-o', 'yaml'], after: 'get cm one -o jsonpath={.data}'},
  {
    ...change,
    argv: ['patch', 'cm', 'one', '--patch-file', 'p.yaml'],
    files: {'p.yaml': 'data: {c: d}\n'},
    after: 'get cm one -o jsonpath={.data}',
  },
  {
    ...change,
    argv: ['patch', '-f', 'f.yaml', '-p', '{"data":{"c":"d"}}'],
    files: {'f.yaml': file},
    after: 'get cm one -o jsonpath={.data}',
  },
  {...change, argv: ['patch', 'deploy', 'web', '-p', '{"spec":{"replicas":"x"}}']},
  {...change, argv: ['patch', 'svc', 'web', '-p', '{"spec":{"ports":[{"name":"http","port":0}]}}']},
  {...change, argv: ['patch', 'cm', 'one', '--type=json', '-p', '[{"op":"replace","path":"/data/nope","value":"z"}]']},
  {
    ...change,
    argv: ['patch', 'cm', 'one', '--type=json', '-p', '[{"op":"replace","path":"/data/nope","value":"z"}]', '--dry-run=client'],
  },
  {...change, argv: ['patch', 'cm', 'one', '--type=json', '-p', '[{"op":"remove","path":"/data/nope"}]', '--dry-run=client']},
  {
    ...change,
    argv: ['patch', 'cm', 'one', '--type=json', '-p', '[{"op":"test","path":"/data/a","value":"x"}]', '--dry-run=client'],
  },
  {argv: ['patch', '-f', 'f.yaml', '-p', '{"data":{"c":"d"}}', '--local', '-o', 'yaml'], files: {'f.yaml': file}},
  {argv: ['patch', '-f', 'f.yaml', '-p', '{"data":{"c":"d"}}', '--local'], files: {'f.yaml': file}},
  {argv: ['patch', 'ship', 'anna', '-p', '{"spec":{"x":1}}']},
  {argv: ['patch', 'cm', 'settings', '-p', '{"data":']},
  {argv: ['patch', 'cm', 'settings', '--type=odd', '-p', '{}']},
  {argv: 'patch cm settings'},
  {argv: 'patch cm settings -p {} --patch-file x'},
  {argv: 'patch cm settings --patch-file nope.yaml'},
  {argv: 'patch cm nope -p {}'},
  {argv: 'patch cm -p {}'},
  {argv: 'patch -p {}'},
  {argv: 'patch cm settings -p {} --local'},
];
