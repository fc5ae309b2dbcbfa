// `cordon`, `uncordon`, `drain` and `taint`, each on a simulated node of its own.
import type {ParityCase} from '../case.ts';

// The taint keeps every other pod of the test cluster away.
const node = `apiVersion: v1
kind: Node
metadata: {name: "parity-{id}", labels: {type: kwok, parity: "{id}"}, annotations: {kwok.x-k8s.io/node: fake}}
spec: {taints: [{key: parity, value: only, effect: NoSchedule}]}
`;
const pod = (name: string, more = ''): string => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {nodeName: "parity-{id}", terminationGracePeriodSeconds: 0, containers: [{name: c, image: "a:1"}]${more}}
`;
const managed = `---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: set}
spec:
  replicas: 2
  selector: {matchLabels: {app: set}}
  template:
    metadata: {labels: {app: set}}
    spec:
      nodeSelector: {parity: "{id}"}
      terminationGracePeriodSeconds: 0
      tolerations: [{key: parity, operator: Exists}]
      containers: [{name: c, image: "a:1"}]
`;
const daemons = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      nodeSelector: {parity: "{id}"}
      tolerations: [{key: parity, operator: Exists}]
      containers: [{name: c, image: "a:1"}]
`;
const budget = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: set}
spec: {minAvailable: 2, selector: {matchLabels: {app: set}}}
`;
const gone = 'delete node parity-{id} --wait=false';
const ready = '--for=condition=Ready node/parity-{id}';
const taints = 'get node parity-{id} -o jsonpath={.spec.taints}{.spec.unschedulable}';
// Not ready nodes are tainted by a controller whenever it comes round.
const quiet = [
  [/\{[^{}]*node\.kubernetes\.io\/[^{}]*\},?/g, ''],
  [/,\]/g, ']'],
] as const;
const one = (argv: string, more: Partial<ParityCase> = {}): ParityCase => ({
  mutates: true,
  namespaced: false,
  seed: node,
  seeded: ready,
  argv,
  normalise: quiet,
  ...more,
  steps: [...(more.steps ?? []), taints, gone],
});

export const cases: readonly ParityCase[] = [
  one('cordon parity-{id}', {steps: ['cordon parity-{id}', 'uncordon parity-{id}', 'uncordon parity-{id}']}),
  one('cordon -l parity={id}'),
  one('cordon node/parity-{id}'),
  one('cordon parity-{id} --dry-run=client'),
  one('cordon parity-{id} --dry-run=server'),
  {argv: 'cordon', namespaced: false},
  {argv: 'uncordon', namespaced: false},
  {argv: 'cordon nope', namespaced: false},
  {argv: 'cordon nope -l a=b', namespaced: false},
  {argv: 'cordon pod/nope'},
  {argv: 'cordon kwok-0', user: 'readonly', namespaced: false, name: 'cordon without the right'},

  one('taint node parity-{id} a=b:NoSchedule'),
  one('taint nodes parity-{id} a=b:NoSchedule c:NoExecute'),
  one('taint node parity-{id} parity=other:NoSchedule'),
  one('taint node parity-{id} parity=other:NoSchedule --overwrite'),
  one('taint node parity-{id} parity:NoSchedule-'),
  one('taint node parity-{id} parity-'),
  one('taint node parity-{id} nope-'),
  one('taint node parity-{id} nope:NoSchedule-'),
  one('taint node parity-{id} a=b:NoSchedule parity-'),
  one('taint node -l parity={id} a=b:PreferNoSchedule'),
  one('taint node parity-{id} a=b:NoSchedule --dry-run=client'),
  one('taint node parity-{id} a=b:NoSchedule --dry-run=server'),
  one('taint node parity-{id} a=b:NoSchedule -o name'),
  {argv: 'taint', namespaced: false},
  {argv: 'taint node kwok-0', namespaced: false},
  {argv: 'taint node a=b:NoSchedule', namespaced: false},
  {argv: 'taint node kwok-0 a=b:Odd', namespaced: false},
  {argv: 'taint node kwok-0 a=b', namespaced: false},
  {argv: 'taint node kwok-0 a=b=c:NoSchedule', namespaced: false},
  {argv: 'taint node kwok-0 a:NoSchedule a:NoSchedule', namespaced: false},
  {argv: ['taint', 'node', 'kwok-0', 'a b:NoSchedule'], namespaced: false},
  {argv: 'taint node kwok-0 a:NoSchedule a:NoSchedule-', namespaced: false},
  {argv: 'taint node kwok-0 a:NoSchedule more', namespaced: false},
  {argv: 'taint pod x a:NoSchedule', namespaced: false},
  {argv: 'taint node nope a:NoSchedule', namespaced: false},
  {argv: 'taint node --all -l x=y a:NoSchedule', namespaced: false},

  one('drain parity-{id}', {name: 'drain of an empty node'}),
  one('drain parity-{id}', {seed: node + pod('lone'), name: 'drain refused: no controller'}),
  one('drain parity-{id} --force', {seed: node + pod('lone')}),
  one('drain parity-{id}', {
    seed: node + managed,
    seeded: '--for=jsonpath={.status.readyReplicas}=2 rs/set',
    unordered: true,
    name: 'drain of a ReplicaSet',
  }),
  one('drain parity-{id} --disable-eviction', {
    seed: node + managed,
    seeded: '--for=jsonpath={.status.readyReplicas}=2 rs/set',
    unordered: true,
  }),
  one('drain parity-{id} --dry-run=client', {
    seed: node + managed,
    seeded: '--for=jsonpath={.status.readyReplicas}=2 rs/set',
    unordered: true,
  }),
  one('drain parity-{id} --dry-run=server', {
    seed: node + managed,
    seeded: '--for=jsonpath={.status.readyReplicas}=2 rs/set',
    unordered: true,
  }),
  one('drain parity-{id}', {
    seed: node + daemons,
    seeded: '--for=jsonpath={.status.numberReady}=1 ds/agent',
    name: 'drain refused: DaemonSet',
  }),
  one('drain parity-{id} --ignore-daemonsets', {seed: node + daemons, seeded: '--for=jsonpath={.status.numberReady}=1 ds/agent'}),
  one('drain parity-{id} --force', {
    seed: node + pod('data', ', volumes: [{name: d, emptyDir: {}}]'),
    name: 'drain refused: emptyDir',
  }),
  one('drain parity-{id} --force --delete-emptydir-data', {seed: node + pod('data', ', volumes: [{name: d, emptyDir: {}}]')}),
  one('drain parity-{id} --timeout=3s', {
    seed: node + managed + budget,
    seeded: '--for=jsonpath={.status.disruptionsAllowed}=0 pdb/set',
    name: 'drain held back by a budget',
    unordered: true,
    firstErrorLine: true,
    normalise: [...quiet, [/(evicting pod .*\n)+/g, 'evicting pod …\n'], [/(?:set-?\S*)/g, '<pod>']],
  }),
  one('drain parity-{id} --pod-selector app=nothing --force', {seed: node + pod('lone')}),
  {argv: 'drain', namespaced: false},
  {argv: 'drain nope', namespaced: false},
  {argv: 'drain kwok-0 -l a=b', namespaced: false},
  {argv: ['drain', 'kwok-0', '--pod-selector', 'a in b'], namespaced: false},
];
