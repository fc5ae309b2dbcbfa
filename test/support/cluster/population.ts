// A large cluster's pods, nodes and namespaces as a real control plane would have left them in etcd: about 4.6 KB a pod,
// with managed fields, owners, volumes, conditions and every kind of trouble. The same number gives the same pod.
import {createHash} from 'node:crypto';

export type Population = {
  readonly pods: number;
  readonly namespaces: number;
  readonly nodes: number;
  /** Milliseconds; ages count from here. */
  readonly base: number;
};

type Plain = Record<string, unknown>;

const apps = [
  'checkout',
  'cart',
  'search',
  'payments',
  'ledger',
  'inventory',
  'pricing',
  'mailer',
  'gateway',
  'profile',
  'reviews',
  'shipping',
];
const tiers = ['api', 'web', 'worker', 'cache', 'sync'];
const teams = ['orange', 'violet', 'granite', 'harbor', 'meadow'];

/** Repeatable numbers from 0 to 1, by the pod's number and what they are for. */
function chance(index: number, purpose: number): number {
  let state = (Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b)) >>> 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}

function hash(text: string, length: number): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...createHash('sha1').update(text).digest().subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

function uid(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const at = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d+Z/, 'Z');

/** Pods come in workloads of 20, and namespaces in turn. */
function workloadOf(index: number, {namespaces}: Population): {app: string; namespace: string; owner: string; number: number} {
  const number = Math.floor(index / 20);
  const app = `${apps[number % apps.length]}-${tiers[Math.floor(number / apps.length) % tiers.length]}`;
  return {number, app, namespace: namespaceName(number % namespaces), owner: `${app}-${hash(`rs${number}`, 9)}`};
}

function namespaceName(index: number): string {
  return `${teams[index % teams.length]}-${String(index).padStart(3, '0')}`;
}

function nodeName(index: number): string {
  return `worker-${String(index).padStart(4, '0')}.region-${'abc'[index % 3]}.kdeck.test`;
}

/** What is the matter with the pod; most are well. */
export type Condition = 'running' | 'crash' | 'image' | 'pending' | 'completed' | 'failed' | 'evicted';

function conditionOf(index: number, turn: number): Condition {
  // A changed pod is well at one turn and crashes at the next, so that every change is one to see.
  if (turn > 0) return turn % 2 === 0 ? 'running' : 'crash';
  const fate = chance(index, 1);
  if (fate < 0.91) return 'running';
  if (fate < 0.94) return 'crash';
  if (fate < 0.95) return 'image';
  if (fate < 0.965) return 'pending';
  if (fate < 0.985) return 'completed';
  return fate < 0.995 ? 'failed' : 'evicted';
}

function containerState(condition: Condition, started: string, ended: string): {state: Plain; lastState: Plain; ready: boolean} {
  const exit = (exitCode: number, reason: string): Plain => ({
    terminated: {exitCode, reason, startedAt: started, finishedAt: ended, containerID: `containerd://${hash(started, 20)}`},
  });
  switch (condition) {
    case 'crash':
      return {
        state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container'}},
        lastState: exit(1, 'Error'),
        ready: false,
      };
    case 'image':
      return {state: {waiting: {reason: 'ImagePullBackOff', message: 'Back-off pulling image'}}, lastState: {}, ready: false};
    case 'completed':
      return {state: exit(0, 'Completed'), lastState: {}, ready: false};
    case 'failed':
      return {state: exit(137, 'OOMKilled'), lastState: {}, ready: false};
    default:
      return {state: {running: {startedAt: started}}, lastState: {}, ready: true};
  }
}

const phases: Readonly<Record<Condition, string>> = {
  running: 'Running',
  crash: 'Running',
  image: 'Pending',
  pending: 'Pending',
  completed: 'Succeeded',
  failed: 'Failed',
  evicted: 'Failed',
};

function status(
  index: number,
  condition: Condition,
  containers: readonly Plain[],
  changed: number,
  node: string,
  turn: number,
): Plain {
  const started = at(changed - 40_000);
  if (condition === 'pending') {
    const message = '0/1000 nodes are available: 1000 Insufficient cpu. preemption: 0/1000 nodes are available.';
    return {
      phase: 'Pending',
      conditions: [
        {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastProbeTime: null, lastTransitionTime: started},
      ],
      qosClass: 'Burstable',
    };
  }
  if (condition === 'evicted') {
    return {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: memory.',
      startTime: started,
      qosClass: 'Burstable',
    };
  }
  const {state, lastState, ready} = containerState(condition, started, at(changed));
  const truth = (is: boolean): string => (is ? 'True' : 'False');
  const types = {PodReadyToStartContainers: true, Initialized: true, Ready: ready, ContainersReady: ready, PodScheduled: true};
  const ip = `10.${64 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
  const restarts = condition === 'crash' ? 3 + Math.floor(chance(index, 2) * 40) : chance(index, 3) < 0.1 ? 1 : 0;
  return {
    phase: phases[condition],
    conditions: Object.entries(types).map(([type, is]) => ({
      type,
      status: truth(is),
      lastProbeTime: null,
      lastTransitionTime: started,
      ...(is ? {} : {reason: 'ContainersNotReady', message: 'containers with unready status: [main]'}),
    })),
    hostIP: `10.32.${Number(node.slice(7, 11)) >> 8}.${Number(node.slice(7, 11)) & 255}`,
    podIP: ip,
    podIPs: [{ip}],
    startTime: started,
    containerStatuses: containers.map(({name, image}) => ({
      name,
      state,
      lastState,
      ready,
      restartCount: restarts + turn,
      image,
      imageID: `registry.kdeck.test/shop@sha256:${createHash('sha256').update(String(image)).digest('hex')}`,
      containerID: `containerd://${createHash('sha256')
        .update(`${index}${String(name)}`)
        .digest('hex')}`,
      started: ready,
    })),
    qosClass: 'Burstable',
  };
}

function managedFields(created: string, changed: string, names: readonly string[]): Plain[] {
  const container = {
    '.': {},
    ...Object.fromEntries(
      [
        'env',
        'image',
        'imagePullPolicy',
        'name',
        'ports',
        'resources',
        'terminationMessagePath',
        'terminationMessagePolicy',
        'volumeMounts',
      ].map((each) => [`f:${each}`, {}]),
    ),
  };
  const conditions = ['ContainersReady', 'Initialized', 'PodReadyToStartContainers', 'Ready'];
  return [
    {
      manager: 'kube-controller-manager',
      operation: 'Update',
      apiVersion: 'v1',
      time: created,
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:metadata': {
          'f:generateName': {},
          'f:labels': {'.': {}, 'f:app': {}, 'f:pod-template-hash': {}, 'f:team': {}},
          'f:ownerReferences': {},
        },
        'f:spec': {
          'f:containers': Object.fromEntries(names.map((name) => [`k:{"name":"${name}"}`, container])),
          ...Object.fromEntries(
            ['dnsPolicy', 'restartPolicy', 'schedulerName', 'securityContext', 'volumes'].map((each) => [`f:${each}`, {}]),
          ),
        },
      },
    },
    {
      manager: 'kubelet',
      operation: 'Update',
      apiVersion: 'v1',
      time: changed,
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:status': {
          'f:conditions': Object.fromEntries(
            conditions.map((type) => [
              `k:{"type":"${type}"}`,
              {'.': {}, 'f:lastProbeTime': {}, 'f:lastTransitionTime': {}, 'f:status': {}, 'f:type': {}},
            ]),
          ),
          ...Object.fromEntries(
            ['containerStatuses', 'hostIP', 'phase', 'podIP', 'podIPs', 'startTime'].map((each) => [`f:${each}`, {}]),
          ),
        },
      },
      subresource: 'status',
    },
  ];
}

function containersOf(index: number, app: string): Plain[] {
  const names = chance(index, 4) < 0.15 ? ['main', 'proxy'] : ['main'];
  return names.map((name) => ({
    name,
    image: `registry.kdeck.test/shop/${name === 'main' ? app : 'proxy'}:v${1 + (index % 7)}.${index % 20}.3`,
    ports: [{name: 'http', containerPort: 8080, protocol: 'TCP'}],
    env: [
      {name: 'POD_NAME', valueFrom: {fieldRef: {apiVersion: 'v1', fieldPath: 'metadata.name'}}},
      {name: 'LOG_LEVEL', value: 'info'},
    ],
    resources: {limits: {cpu: '500m', memory: '512Mi'}, requests: {cpu: '100m', memory: '128Mi'}},
    volumeMounts: [{name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount'}],
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  }));
}

/** Pod number `index` and its key in etcd. Each `turn` above 0 is one later change of its status. */
export function pod(population: Population, index: number, turn = 0): readonly [key: string, value: Plain] {
  const {app, namespace, owner, number} = workloadOf(index, population);
  const name = `${owner}-${hash(`pod${index}`, 5)}`;
  const created = population.base - Math.floor(chance(index, 5) ** 3 * 90 * 86_400_000) - 60_000;
  const changed = turn > 0 ? Date.now() : created + 30_000;
  const condition = conditionOf(index, turn);
  const node = condition === 'pending' ? undefined : nodeName(Math.floor(chance(index, 6) * population.nodes));
  const containers = containersOf(index, app);
  const value: Plain = {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      generateName: `${owner}-`,
      namespace,
      uid: uid(`pod${index}`),
      generation: 1,
      creationTimestamp: at(created),
      labels: {app, 'pod-template-hash': owner.slice(app.length + 1), team: teams[number % teams.length], tier: app.split('-')[1]},
      annotations: {'kdeck.test/revision': String(1 + (number % 9))},
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: owner,
          uid: uid(`rs${number}`),
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: managedFields(
        at(created),
        at(changed),
        containers.map((each) => String(each['name'])),
      ),
    },
    spec: {
      volumes: [
        {
          name: 'kube-api-access',
          projected: {
            sources: [
              {serviceAccountToken: {expirationSeconds: 3607, path: 'token'}},
              {configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: 'ca.crt'}]}},
            ],
            defaultMode: 420,
          },
        },
      ],
      containers,
      restartPolicy: condition === 'completed' || condition === 'failed' ? 'Never' : 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'default',
      serviceAccount: 'default',
      ...(node === undefined ? {} : {nodeName: node}),
      securityContext: {},
      schedulerName: 'default-scheduler',
      tolerations: ['not-ready', 'unreachable'].map((taint) => ({
        key: `node.kubernetes.io/${taint}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
      priority: 0,
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
    },
    status: status(index, condition, containers, changed, node ?? nodeName(0), turn),
  };
  return [`/registry/pods/${namespace}/${name}`, value];
}

function namespaces(population: Population): (readonly [string, Plain])[] {
  return Array.from({length: population.namespaces}, (_, index) => {
    const name = namespaceName(index);
    const metadata = {
      name,
      uid: uid(`namespace${index}`),
      creationTimestamp: at(population.base - 100 * 86_400_000),
      labels: {'kubernetes.io/metadata.name': name, team: teams[index % teams.length]},
    };
    const value = {kind: 'Namespace', apiVersion: 'v1', metadata, spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}};
    return [`/registry/namespaces/${name}`, value] as const;
  });
}

function nodes(population: Population): (readonly [string, Plain])[] {
  return Array.from({length: population.nodes}, (_, index) => {
    const name = nodeName(index);
    const isDown = index % 97 === 96;
    const time = at(population.base - 60_000);
    const condition = (type: string, state: string, reason: string): Plain => ({
      type,
      status: state,
      reason,
      message: reason,
      lastHeartbeatTime: time,
      lastTransitionTime: time,
    });
    const capacity = {cpu: '16', memory: '65536Mi', pods: '110', 'ephemeral-storage': '200Gi'};
    const value = {
      kind: 'Node',
      apiVersion: 'v1',
      metadata: {
        name,
        uid: uid(`node${index}`),
        creationTimestamp: at(population.base - 100 * 86_400_000),
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'amd64',
          'topology.kubernetes.io/zone': `region-${'abc'[index % 3]}`,
        },
      },
      spec: {},
      status: {
        capacity,
        allocatable: capacity,
        conditions: [
          condition('MemoryPressure', isDown ? 'Unknown' : 'False', 'KubeletHasSufficientMemory'),
          condition('DiskPressure', isDown ? 'Unknown' : 'False', 'KubeletHasNoDiskPressure'),
          condition('Ready', isDown ? 'Unknown' : 'True', isDown ? 'NodeStatusUnknown' : 'KubeletReady'),
        ],
        addresses: [
          {type: 'InternalIP', address: `10.32.${index >> 8}.${index & 255}`},
          {type: 'Hostname', address: name},
        ],
        nodeInfo: {
          machineID: '',
          systemUUID: '',
          bootID: '',
          kernelVersion: '6.12.0',
          osImage: 'Debian GNU/Linux 13 (trixie)',
          operatingSystem: 'linux',
          containerRuntimeVersion: 'containerd://2.1.0',
          kubeletVersion: 'v1.36.3',
          kubeProxyVersion: '',
          architecture: 'amd64',
        },
      },
    };
    return [`/registry/minions/${name}`, value] as const;
  });
}

/** Every object, namespaces first. */
export function* allObjects(population: Population): Generator<readonly [key: string, value: Plain]> {
  yield* namespaces(population);
  yield* nodes(population);
  for (let index = 0; index < population.pods; index++) yield pod(population, index);
}
