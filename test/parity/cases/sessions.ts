// `logs`, `exec`, `attach` and `port-forward` on pods with real containers, and their refusals.
import type {ParityCase} from '../case.ts';

const pod = (name: string, containers: string, more = ''): string => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: talk}${more}}
spec:
  terminationGracePeriodSeconds: 0
  restartPolicy: Never
  containers: [${containers}]
`;
const container = (name: string, script: string, more = ''): string =>
  `{name: ${name}, image: "kdeck.test/busybox:1", imagePullPolicy: IfNotPresent, command: [sh, -c, "${script}"]${more}}`;

const talker = pod('talk', container('main', 'seq 1 30; echo last; exec sleep 3600'));
const pair = pod(
  'pair',
  `${container('web', 'echo from web; exec sleep 3600')}, ${container('side', 'echo from side; exec sleep 3600')}`,
);
const ready = '--for=condition=Ready pod/talk';
const talk = {mutates: true, seed: talker, seeded: ready} as const;
const both = {mutates: true, seed: talker + pair, seeded: '--for=condition=Ready pod/talk pod/pair'} as const;
const web = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [${container('web', 'echo up; exec httpd -f -p 8080', ', ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]')}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: www, port: 80, targetPort: http}, {name: other, port: 81, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: blind}
spec: {ports: [{port: 80}]}
`;
const served = {mutates: true, seed: web, seeded: '--for=condition=Available deployment/web'} as const;
// The local port is a free one, different on each side.
const ports = [[/(127\.0\.0\.1|\[::1\]|<address>):\d+/g, '$1:<port>']] as const;

export const cases: readonly ParityCase[] = [
  // logs
  {
    ...talk,
    argv: 'logs talk',
    steps: [
      'logs pod/talk',
      'logs talk main',
      'logs talk -c main --tail=3',
      'logs talk --tail=0',
      'logs talk --limit-bytes=20',
      'logs talk --prefix --tail=2',
      'logs talk --since=1h --tail=1',
      'logs talk --since-time=2020-01-01T00:00:00Z --tail=1',
      'logs talk --since-time=2099-01-01T00:00:00Z',
      'logs talk --all-containers --tail=1',
      'logs -l app=talk',
      'logs -l app=talk --tail=2 --prefix',
      'logs talk -c nope',
      'logs talk nope',
      'logs talk -p',
      'logs talk -c main --all-containers',
    ],
    name: 'logs of a pod with one container',
  },
  {
    ...both,
    argv: 'logs pair',
    steps: [
      'logs pair -c side',
      'logs pair --all-containers --prefix',
      'logs pair --all-containers',
      'logs -l app=talk --tail=1 --prefix',
      'logs pair -c nope',
    ],
    unordered: true,
    name: 'logs of a pod with two containers',
  },
  {...both, argv: 'logs -f -l app=talk --max-log-requests=1 --all-containers'},
  {...talk, argv: 'logs -f talk --tail=2', until: /last/},
  {...talk, argv: 'logs talk --timestamps --tail=1', normalise: [[/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, '<time>']]},
  {
    ...served,
    argv: 'logs deploy/web',
    steps: ['logs svc/web', 'logs deploy/web --all-pods', 'logs rs -l app=web', 'logs svc/blind'],
    name: 'logs of workloads',
  },
  {argv: 'logs'},
  {argv: 'logs a b c'},
  {argv: 'logs nope'},
  {argv: 'logs deploy/nope'},
  {argv: 'logs cm/settings'},
  {argv: 'logs db-0 -l app=x'},
  {argv: 'logs -l app=nobody'},
  {argv: 'logs db-0 --since=1h --since-time=2020-01-01T00:00:00Z'},
  {argv: 'logs db-0 --since-time=yesterday'},
  {argv: 'logs db-0 --tail=-2'},
  {argv: 'logs db-0 --limit-bytes=-1'},
  {argv: 'logs db-0 db -c db'},
  {argv: 'logs db-0 --since=-1h'},

  // exec
  {
    ...talk,
    argv: ['exec', 'talk', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3'],
    steps: [
      'exec talk -- echo hello',
      'exec pod/talk -- echo hello',
      'exec talk -c main -- pwd',
      'exec talk -c nope -- pwd',
      'exec talk -- nope',
      'exec -it talk -- echo hello',
      'exec -it -q talk -- echo hello',
      'exec -t talk -- echo hello',
      ['exec', 'talk', '--', 'sh', '-c', 'kill -9 $$'],
    ],
    name: 'exec in a pod with one container',
    // The container runtime's own words hold ids.
    normalise: [[/failed to start exec .*/g, '<runtime>']],
  },
  {...talk, argv: ['exec', '-i', 'talk', '--', 'cat'], stdin: 'one\ntwo\n'},
  {...talk, argv: ['exec', '-i', 'talk', '--', 'wc', '-c'], stdin: 'x'.repeat(300_000), name: 'exec -i with 300,000 bytes'},
  {
    ...both,
    argv: 'exec pair -- echo hello',
    steps: ['exec pair -q -- echo hello', 'exec pair -c side -- echo hello'],
    name: 'exec in a pod with two containers',
  },
  {
    ...served,
    argv: 'exec deploy/web -- echo hello',
    steps: ['exec svc/web -- echo hello', 'exec svc/blind -- echo hello'],
    name: 'exec in workloads',
  },
  {argv: 'exec'},
  {argv: 'exec db-0'},
  {argv: 'exec db-0 ls'},
  {argv: 'exec db-0 --'},
  {argv: 'exec nope -- ls'},
  {argv: 'exec cm/settings -- ls'},
  {argv: 'exec -- ls'},
  {argv: 'exec db-0 --pod-running-timeout=0s -- ls'},
  {...talk, argv: 'exec talk -- ls', user: 'readonly', name: 'exec without the right'},
  {
    mutates: true,
    seed: pod('done', container('main', 'true')),
    seeded: '--for=jsonpath={.status.phase}=Succeeded pod/done',
    argv: 'exec done -- ls',
    steps: ['attach done'],
  },

  // attach
  {argv: 'attach'},
  {argv: 'attach a b c'},
  {argv: 'attach nope'},
  {argv: 'attach cm/settings'},
  {argv: 'attach db-0 -c nope'},
  {...talk, argv: 'attach talk -c nope'},
  {
    mutates: true,
    seed: pod('short', container('main', 'sleep 4; echo attached; exit 5')),
    seeded: '--for=condition=Ready pod/short',
    argv: 'attach short',
    name: 'attach until the process ends',
  },

  // port-forward
  {...served, argv: 'port-forward deploy/web :8080', until: /\[::1\]/, normalise: ports},
  {...served, argv: 'port-forward svc/web :www', until: /\[::1\]/, normalise: ports},
  {...served, argv: 'port-forward svc/web :81', until: /\[::1\]/, normalise: ports},
  {...served, argv: 'port-forward deploy/web :http', until: /\[::1\]/, normalise: ports},
  {...served, argv: 'port-forward --address 127.0.0.1 deploy/web :http', until: /Forwarding/, normalise: ports},
  {
    ...served,
    argv: 'port-forward svc/web :99',
    steps: [
      'port-forward svc/web :nope',
      'port-forward deploy/web :nope',
      'port-forward deploy/web :dns',
      'port-forward deploy/web :',
      'port-forward deploy/web x:80',
      'port-forward deploy/web :0',
      'port-forward deploy/web :99999',
      'port-forward svc/blind :80',
      'port-forward --address nope deploy/web :80',
    ],
    name: 'port-forward to wrong ports',
  },
  {argv: 'port-forward'},
  {argv: 'port-forward db-0'},
  {argv: 'port-forward nope 80'},
  {argv: 'port-forward cm/settings 80'},
  {...served, argv: 'port-forward deploy/web :8080', user: 'readonly', name: 'port-forward without the right'},
  {
    mutates: true,
    seed: pod('done', container('main', 'true')),
    seeded: '--for=jsonpath={.status.phase}=Succeeded pod/done',
    argv: 'port-forward done :80',
  },
];
