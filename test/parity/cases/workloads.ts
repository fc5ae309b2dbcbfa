// `scale`, `set image` and `rollout`: results, preconditions, history, refusals.
import type {ParityCase} from '../case.ts';

const simulated = `
      nodeSelector: {type: kwok}
      tolerations: [{key: kwok.x-k8s.io/node, operator: Exists}]`;

const seed = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:${simulated}
      initContainers: [{name: prepare, image: "kdeck.test/busybox:1"}]
      containers: [{name: web, image: "kdeck.test/busybox:1"}, {name: side, image: "kdeck.test/busybox:1"}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, labels: {app: agent}}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:${simulated}
      containers: [{name: agent, image: "kdeck.test/busybox:1"}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, labels: {app: db}}
spec:
  replicas: 1
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:${simulated}
      containers: [{name: db, image: "kdeck.test/busybox:1"}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec: {schedule: "0 3 * * *", suspend: true, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: job, image: "a:1"}]}}}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
`;
const replicas = 'get deployment,sts -o custom-columns=NAME:.metadata.name,N:.spec.replicas';
const images = 'get deployment,ds,sts -o custom-columns=NAME:.metadata.name,I:.spec.template.spec.containers[*].image';
const change = {mutates: true, seed, seeded: '--for=jsonpath={.status.observedGeneration}=1 deployment/web'} as const;

export const cases: readonly ParityCase[] = [
  // scale
  {...change, argv: 'scale --replicas=3 deployment/web', after: replicas},
  {...change, argv: 'scale --replicas=0 deployment web', after: replicas},
  {...change, argv: 'scale --replicas=3 deploy/web sts/db', after: replicas},
  {...change, argv: 'scale --replicas=4 --current-replicas=2 deploy/web', after: replicas},
  {...change, argv: 'scale --replicas=4 --current-replicas=7 deploy/web', after: replicas},
  {
    ...change,
    argv: 'scale --replicas=4 --resource-version=1 deploy/web',
    after: replicas,
    normalise: [[/was \d+/g, 'was <version>']],
  },
  {...change, argv: 'scale --replicas=3 deploy/web -o name', after: replicas},
  {...change, argv: 'scale --replicas=3 deploy/web --dry-run=client', after: replicas},
  {...change, argv: 'scale --replicas=3 deploy/web --dry-run=server', after: replicas},
  {...change, argv: 'scale --replicas=3 deploy --all', after: replicas},
  {...change, argv: 'scale --replicas=3 deploy -l app=web', after: replicas},
  {...change, argv: 'scale --replicas=3 deploy/web deploy/nope', after: replicas},
  {...change, argv: 'scale --replicas=1 cm/settings'},
  {...change, argv: 'scale --replicas=3 deploy/web --dry-run=client -o jsonpath={.spec.replicas}'},
  {argv: 'scale deploy/web'},
  {argv: 'scale --replicas=-1 deploy/web'},
  {argv: 'scale --replicas=x deploy/web'},
  {argv: 'scale --replicas=1'},
  {argv: 'scale --replicas=1 deploy'},
  {argv: 'scale --replicas=1 --current-replicas=-2 deploy/web'},
  {argv: 'scale --replicas=1 deploy/nope'},
  {argv: 'scale --replicas=1 --resource-version=3 deploy/web sts/db'},
  {argv: 'scale --replicas=1 deploy -l app=nobody'},
  {argv: 'scale --replicas=1 deploy/web', user: 'readonly', name: 'scale without the right'},

  // set image
  {...change, argv: 'set image deployment/web web=new:1', after: images},
  {
    ...change,
    argv: 'set image deployment/web *=new:2',
    after: 'get deploy web -o jsonpath={.spec.template.spec.initContainers[*].image},{.spec.template.spec.containers[*].image}',
  },
  {
    ...change,
    argv: 'set image deployment/web web=new:1 side=new:2 prepare=new:3',
    after: 'get deploy web -o jsonpath={.spec.template.spec.initContainers[*].image},{.spec.template.spec.containers[*].image}',
  },
  {...change, argv: 'set image deploy,ds,sts --all *=new:1', after: images},
  {...change, argv: 'set image cronjob/nightly job=new:1', after: 'get cronjob nightly -o jsonpath={..image}'},
  {...change, argv: 'set image deployment/web web=kdeck.test/busybox:1', after: images},
  {...change, argv: 'set image deployment/web nope=new:1', after: images},
  {...change, argv: 'set image deployment/web web=new:1 nope=new:1', after: images},
  {...change, argv: 'set image deployment/web web=new:1 --dry-run=client', after: images},
  {...change, argv: 'set image deployment/web web=new:1 --dry-run=server', after: images},
  {...change, argv: 'set image deployment/web web=new:1 -o name', after: images},
  {...change, argv: 'set image deployment/web web=new:1 -o jsonpath={.spec.template.spec.containers[0].image}', after: images},
  {argv: 'set image cm/settings web=new:1'},
  {argv: 'set image deployment/web'},
  {argv: 'set image web=new:1'},
  {argv: 'set image deployment/web web=a *=b'},
  {argv: 'set image deployment/web web=a side'},
  {argv: 'set image deployment/nope web=a'},
  {argv: 'set image deployment --all -l app=web web=a'},

  // rollout status
  {argv: 'rollout status deployment/web'},
  {argv: 'rollout status deployment web'},
  {argv: 'rollout status ds/agent'},
  {argv: 'rollout status sts/db'},
  {argv: 'rollout status deploy/web sts/db'},
  {argv: 'rollout status deploy -l app=web'},
  {argv: 'rollout status deploy -l app=nobody'},
  {argv: 'rollout status deploy/web --revision=1'},
  {argv: 'rollout status deploy/web --revision=7'},
  {argv: 'rollout status deploy/web --revision=-1'},
  {argv: 'rollout status'},
  {argv: 'rollout status cm/settings'},
  {argv: 'rollout status deploy/nope'},
  {
    argv: 'rollout',
    shape: [/Available Commands:\n {2}history {7}View rollout history\n/, /Usage:\n {2}kubectl rollout SUBCOMMAND \[options\]\n/],
  },
  {argv: 'rollout nope'},
  {
    ...change,
    // No node is like that; an image nobody serves would run on kwok's nodes.
    argv: ['patch', 'deployment', 'web', '-p', '{"spec":{"template":{"spec":{"nodeSelector":{"no":"node"}}}}}'],
    steps: ['rollout status deploy/web --watch=false', 'rollout status deploy/web --timeout=3s'],
    name: 'rollout status of one that does not finish',
    normalise: [[/(Waiting for .*\n)+/g, 'Waiting …\n']],
  },

  // rollout history
  {argv: 'rollout history deploy/web'},
  {argv: 'rollout history ds/agent'},
  {argv: 'rollout history sts/db'},
  {argv: 'rollout history deploy/web --revision=1'},
  {argv: 'rollout history sts/db --revision=1'},
  {argv: 'rollout history deploy/web --revision=9'},
  {argv: 'rollout history sts/db --revision=9'},
  {argv: 'rollout history deploy/web --revision=-1'},
  {argv: 'rollout history deploy/web -o name'},
  {argv: 'rollout history deploy/web --revision=1 -o jsonpath={.spec.template.spec.containers[*].name}'},
  {argv: 'rollout history deploy/web -o yaml'},
  {argv: 'rollout history cm/settings'},
  {argv: 'rollout history rs'},
  {argv: 'rollout history deploy,sts'},
  {argv: 'rollout history'},
  {
    ...change,
    argv: 'annotate deploy/web kubernetes.io/change-cause=first',
    steps: [
      'set image deploy/web web=new:1',
      'annotate deploy/web kubernetes.io/change-cause=second --overwrite',
      'rollout history deploy/web',
      'rollout history deploy/web --revision=2',
    ],
    name: 'rollout history with causes',
  },

  // rollout undo
  {
    ...change,
    argv: 'set image deploy/web web=new:1',
    steps: [
      'rollout undo deploy/web',
      'rollout undo deploy/web --to-revision=3',
      'rollout undo deploy/web --to-revision=2',
      'rollout undo deploy/web --to-revision=77',
    ],
    after: images,
    name: 'rollout undo of a Deployment',
  },
  {
    ...change,
    argv: 'set image ds/agent agent=new:1',
    steps: [
      'rollout undo ds/agent --to-revision=1',
      'rollout undo ds/agent --to-revision=1',
      'rollout undo ds/agent --to-revision=9',
    ],
    after: images,
    name: 'rollout undo of a DaemonSet',
  },
  {
    ...change,
    argv: 'set image sts/db db=new:1',
    steps: ['rollout undo sts/db --to-revision=1'],
    after: images,
    name: 'rollout undo of a StatefulSet',
  },
  {
    ...change,
    argv: 'set image deploy/web web=new:1',
    steps: ['rollout undo deploy/web --dry-run=client'],
    after: images,
    name: 'rollout undo --dry-run=client',
  },
  {
    ...change,
    argv: 'set image ds/agent agent=new:1',
    steps: ['rollout undo ds/agent --to-revision=1 --dry-run=client'],
    after: images,
    name: 'rollout undo --dry-run=client of a DaemonSet',
  },
  {
    ...change,
    argv: 'set image deploy/web web=new:1',
    steps: ['rollout undo deploy/web --dry-run=server'],
    after: images,
    name: 'rollout undo --dry-run=server',
  },
  {...change, argv: 'rollout undo deploy/web', after: images},
  {...change, argv: 'rollout undo sts/db', after: images},
  {
    ...change,
    argv: 'rollout pause deploy/web',
    steps: ['rollout undo deploy/web --to-revision=1'],
    name: 'rollout undo of a paused one',
  },
  {argv: 'rollout undo cm/settings'},
  {argv: 'rollout undo deploy/nope'},
  {argv: 'rollout undo'},

  // rollout pause, resume, restart
  {
    ...change,
    argv: 'rollout pause deploy/web',
    steps: ['rollout pause deploy/web', 'rollout restart deploy/web', 'rollout resume deploy/web', 'rollout resume deploy/web'],
    after: 'get deploy web -o jsonpath={.spec.paused}',
    name: 'rollout pause and resume',
  },
  {...change, argv: 'rollout restart deploy/web', after: 'get deploy web -o jsonpath={.spec.template.metadata.annotations}'},
  {...change, argv: 'rollout restart deploy', after: 'get deploy web -o jsonpath={.spec.template.metadata.annotations}'},
  {...change, argv: 'rollout restart ds/agent sts/db deploy/web'},
  {...change, argv: 'rollout restart deploy -l app=web'},
  {...change, argv: 'rollout restart deploy/web -o name'},
  {argv: 'rollout restart cm/settings'},
  {argv: 'rollout restart deploy -l app=nobody'},
  {argv: 'rollout restart deploy/nope'},
  {argv: 'rollout restart deploy/web', user: 'readonly', name: 'rollout restart without the right'},
  {argv: 'rollout pause sts/db'},
  {argv: 'rollout resume cm/settings'},
  {argv: 'rollout resume'},
];
