// apply on both sides: creation, three-way changes, server-side apply and its migration, errors.
import type {ParityCase} from '../case.ts';

const deployment = (changes: {replicas?: number; image?: string; env?: string; extra?: string} = {}): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: ${changes.replicas ?? 0}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: app
        image: ${changes.image ?? 'kdeck.test/busybox:1'}
        command: [sleep, "3600"]
        env: [${changes.env ?? '{name: A, value: "1"}'}]
${changes.extra ?? ''}`;
const configMap = (data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata: ${data}\n`;
const state = 'get deployments,configmaps,services -o yaml --field-selector metadata.name!=kube-root-ca.crt';

export const cases: readonly ParityCase[] = [
  {argv: 'apply', namespaced: false},
  {argv: 'apply -f /nowhere.yaml'},
  {argv: 'apply extra -f x.yaml'},
  {argv: 'apply -f {dir}', files: {'note.txt': 'no manifest'}},
  {argv: 'apply -f a.yaml', files: {'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x-}\n'}},
  {argv: 'apply -f a.yaml', files: {'a.yaml': 'kind: ConfigMap\nmetadata: {name: x}\n'}},
  {argv: 'apply -f a.yaml', files: {'a.yaml': 'apiVersion: example.org/v1\nkind: Nothing\nmetadata: {name: x}\n'}},
  {argv: 'apply -f a.yaml --force-conflicts', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'apply -f a.yaml --server-side --dry-run=client', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'apply -f a.yaml --server-side --force', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'apply -f a.yaml --dry-run=server --force', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'apply -f a.yaml --subresource=status', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'apply -f a.yaml --dry-run=maybe', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'apply -f a.yaml --validate=perhaps', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'apply -f a.yaml -o nothing', files: {'a.yaml': configMap('{a: "1"}')}},
  {
    argv: 'apply -f a.yaml',
    mutates: true,
    files: {'a.yaml': deployment()},
    steps: ['apply -f a.yaml', 'apply -f a.yaml -o name'],
    after: state,
  },
  {
    argv: 'apply -f a.yaml',
    mutates: true,
    files: {
      'a.yaml': deployment(),
      'b.yaml': deployment({image: 'kdeck.test/busybox:2', env: '{name: B, value: "2"}, {name: A, value: "3"}'}),
      'c.yaml': deployment({env: ''}),
    },
    steps: ['apply -f b.yaml', 'apply -f c.yaml', 'apply -f a.yaml'],
    after: state,
  },
  {
    argv: 'apply -f a.yaml',
    mutates: true,
    files: {'a.yaml': configMap('{a: "1", b: "2"}'), 'b.yaml': configMap('{b: "3"}')},
    steps: ['apply -f b.yaml'],
    after: state,
  },
  {argv: 'apply -f -', mutates: true, stdin: configMap('{a: "1"}'), after: state},
  {argv: 'apply -f a.yaml --dry-run=client', mutates: true, files: {'a.yaml': deployment()}, after: state},
  {argv: 'apply -f a.yaml --dry-run=server', mutates: true, files: {'a.yaml': deployment()}, after: state},
  {argv: 'apply -f a.yaml --dry-run=server -o yaml', mutates: true, files: {'a.yaml': configMap('{a: "1"}')}, after: state},
  {argv: 'apply -f a.yaml -o json', mutates: true, files: {'a.yaml': configMap('{a: "1"}')}, after: state},
  {
    argv: 'apply -f a.yaml -o yaml',
    mutates: true,
    files: {'a.yaml': `${configMap('{a: "1"}')}---\n${configMap('{c: "1"}').replace('settings', 'other')}`},
    after: state,
  },
  {
    argv: 'apply -f a.yaml --dry-run=client -o yaml',
    mutates: true,
    seed: configMap('{a: "1"}'),
    files: {'a.yaml': configMap('{b: "2"}')},
    after: state,
  },
  {
    argv: 'create configmap settings --from-literal=a=1',
    mutates: true,
    files: {'a.yaml': configMap('{b: "2"}')},
    steps: ['apply -f a.yaml', 'apply -f a.yaml'],
    after: state,
  },
  {
    argv: 'apply -f a.yaml',
    mutates: true,
    files: {
      'a.yaml': `${configMap('{a: "1"}')}---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 0}]}\n`,
    },
    after: state,
  },
  {argv: 'apply -f a.yaml', mutates: true, files: {'a.yaml': `${configMap('{a: "1"}')}zz: 1\n`}, after: state},
  {argv: 'apply -f a.yaml --validate=warn', mutates: true, files: {'a.yaml': `${configMap('{a: "1"}')}zz: 1\n`}, after: state},
  {argv: 'apply -f a.yaml --validate=false', mutates: true, files: {'a.yaml': `${configMap('{a: "1"}')}zz: 1\n`}, after: state},
  {
    argv: 'apply -f a.yaml',
    mutates: true,
    seed: deployment(),
    files: {'a.yaml': deployment().replaceAll('app: web}', 'app: other}')},
    after: state,
  },
  {
    argv: 'apply -f a.yaml --force',
    mutates: true,
    seed: deployment(),
    files: {'a.yaml': deployment().replaceAll('app: web}', 'app: other}')},
    after: 'get deployments -o jsonpath={.items[*].spec.selector}',
  },
  {
    argv: 'apply -f {dir}',
    mutates: true,
    files: {
      'a.yaml': configMap('{a: "1"}'),
      'b.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"j"},"data":{"x":"1"}}',
    },
    after: state,
  },
  {
    argv: 'apply -f {dir} -R',
    mutates: true,
    files: {'a.yaml': configMap('{a: "1"}'), 'sub/b.yaml': configMap('{b: "1"}').replace('settings', 'sub')},
    after: state,
  },
  {
    argv: 'apply -f a.yaml -l app=web',
    mutates: true,
    files: {'a.yaml': `${configMap('{a: "1"}')}---\n${deployment()}`},
    after: state,
  },
  {
    argv: 'apply -f a.yaml',
    mutates: true,
    files: {'a.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${configMap('{a: "1"}').trimEnd().replaceAll('\n', '\n  ')}\n`},
    after: state,
  },
  {
    argv: 'apply -f a.yaml',
    mutates: true,
    files: {'a.yaml': configMap('{a: "1"}').replace('name: settings', 'name: settings\n  namespace: default')},
  },
  {
    argv: 'apply --server-side -f a.yaml',
    mutates: true,
    files: {'a.yaml': deployment()},
    steps: ['apply --server-side -f a.yaml'],
    after: `${state} --show-managed-fields`,
  },
  {
    argv: 'apply -f a.yaml',
    name: 'apply, then --server-side takes the ownership over',
    mutates: true,
    files: {'a.yaml': deployment(), 'b.yaml': deployment({env: ''})},
    steps: ['apply --server-side -f b.yaml', 'apply --server-side -f b.yaml'],
    after: `${state} --show-managed-fields`,
  },
  {
    argv: 'apply --server-side -f a.yaml --field-manager=one',
    mutates: true,
    files: {'a.yaml': configMap('{a: "1"}'), 'b.yaml': configMap('{a: "2"}')},
    steps: [
      'apply --server-side -f b.yaml --field-manager=two',
      'apply --server-side -f b.yaml --field-manager=two --force-conflicts',
    ],
    after: `${state} --show-managed-fields`,
  },
  {argv: 'apply --server-side -f a.yaml --dry-run=server', mutates: true, files: {'a.yaml': configMap('{a: "1"}')}, after: state},
];
