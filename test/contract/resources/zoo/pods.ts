// Pods in every state the server's printer tells apart. Nobody schedules them, so their status stays as it is written here.

type Status = Record<string, unknown>;
type Spec = Record<string, unknown>;
/** One pod: what to create, what to write into its status, and whether to delete it afterwards. */
export type ZooPod = {
  readonly name: string;
  readonly spec?: Spec;
  readonly metadata?: Record<string, unknown>;
  readonly status?: Status;
  readonly deleted?: true;
};

const STARTED = '2026-01-02T03:04:05Z';
const ENDED = '2026-01-02T04:04:05Z';
const base = {image: 'app:1', imageID: 'sha256:abc', ready: false, restartCount: 0};
const container = (name: string, more: Status): Status => ({...base, name, ...more});
const running = (name: string, more: Status = {}): Status =>
  container(name, {
    ready: true,
    started: true,
    containerID: `containerd://${name}`,
    state: {running: {startedAt: STARTED}},
    ...more,
  });
const waiting = (name: string, reason: string | undefined, more: Status = {}): Status =>
  container(name, {state: {waiting: reason === undefined ? {} : {reason, message: `message of ${reason}`}}, ...more});
const ended = (name: string, terminated: Status, more: Status = {}): Status =>
  container(name, {state: {terminated: {startedAt: STARTED, finishedAt: ENDED, ...terminated}}, ...more});
const last = (terminated: Status): Status => ({lastState: {terminated: {startedAt: STARTED, finishedAt: ENDED, ...terminated}}});
const condition = (type: string, status: string, reason = ''): Status => ({
  type,
  status,
  ...(reason === '' ? {} : {reason}),
  lastTransitionTime: STARTED,
});
const two = {
  containers: [
    {name: 'a', image: 'app:1'},
    {name: 'b', image: 'app:2'},
  ],
};
const inits = {
  initContainers: [
    {name: 'i', image: 'init:1'},
    {name: 'j', image: 'init:1'},
  ],
};
const sidecar = {
  initContainers: [
    {name: 'side', image: 's:1', restartPolicy: 'Always'},
    {name: 'i', image: 'init:1'},
  ],
};
const one = {name: 'a', image: 'app:1'};

const states: readonly ZooPod[] = [
  {name: 'fresh'},
  {name: 'gated', spec: {schedulingGates: [{name: 'example.com/wait'}]}},
  {
    name: 'unschedulable',
    status: {
      phase: 'Pending',
      conditions: [
        {...condition('PodScheduled', 'False', 'Unschedulable'), message: '0/3 nodes are available: 3 Insufficient cpu.'},
      ],
    },
  },
  {name: 'running', status: {phase: 'Running', containerStatuses: [running('a')], conditions: [condition('Ready', 'True')]}},
  {
    name: 'running-named-node',
    status: {
      phase: 'Running',
      startTime: STARTED,
      hostIP: '192.0.2.1',
      hostIPs: [{ip: '192.0.2.1'}],
      podIP: '10.0.0.1',
      podIPs: [{ip: '10.0.0.1'}, {ip: 'fd00::1'}],
      qosClass: 'BestEffort',
      nominatedNodeName: 'kwok-0',
      containerStatuses: [running('a')],
    },
  },
  {name: 'not-ready', status: {phase: 'Running', containerStatuses: [running('a', {ready: false})]}},
  {name: 'half-ready', spec: two, status: {phase: 'Running', containerStatuses: [running('a'), running('b', {ready: false})]}},
  {name: 'creating', status: {phase: 'Pending', containerStatuses: [waiting('a', 'ContainerCreating')]}},
  {name: 'waiting-silently', status: {phase: 'Pending', containerStatuses: [waiting('a', undefined)]}},
  {
    name: 'crashing',
    status: {
      phase: 'Running',
      containerStatuses: [
        waiting('a', 'CrashLoopBackOff', {restartCount: 7, ...last({exitCode: 1, reason: 'Error', message: 'boom'})}),
      ],
    },
  },
  {name: 'pull-failed', status: {phase: 'Pending', containerStatuses: [waiting('a', 'ImagePullBackOff')]}},
  {
    name: 'pull-failed-second',
    spec: two,
    status: {phase: 'Pending', containerStatuses: [running('a'), waiting('b', 'ErrImagePull')]},
  },
  {name: 'config-error', status: {phase: 'Pending', containerStatuses: [waiting('a', 'CreateContainerConfigError')]}},
  {name: 'ended-error', status: {phase: 'Failed', containerStatuses: [ended('a', {exitCode: 3, reason: 'Error'})]}},
  {name: 'ended-code', status: {phase: 'Failed', containerStatuses: [ended('a', {exitCode: 3})]}},
  {name: 'ended-signal', status: {phase: 'Failed', containerStatuses: [ended('a', {exitCode: 137, signal: 9})]}},
  {
    name: 'out-of-memory',
    status: {
      phase: 'Running',
      containerStatuses: [
        ended('a', {exitCode: 137, reason: 'OOMKilled'}, {restartCount: 2, ...last({exitCode: 137, reason: 'OOMKilled'})}),
      ],
    },
  },
  {name: 'completed', status: {phase: 'Succeeded', containerStatuses: [ended('a', {exitCode: 0, reason: 'Completed'})]}},
  {
    name: 'completed-beside-ready',
    spec: two,
    status: {
      phase: 'Running',
      conditions: [condition('Ready', 'True')],
      containerStatuses: [ended('a', {exitCode: 0, reason: 'Completed'}), running('b')],
    },
  },
  {
    name: 'completed-beside-unready',
    spec: two,
    status: {
      phase: 'Running',
      conditions: [condition('Ready', 'False')],
      containerStatuses: [ended('a', {exitCode: 0, reason: 'Completed'}), running('b')],
    },
  },
  {
    name: 'completed-beside-error',
    spec: two,
    status: {
      phase: 'Failed',
      containerStatuses: [ended('a', {exitCode: 0, reason: 'Completed'}), ended('b', {exitCode: 2, reason: 'Error'})],
    },
  },
  {
    name: 'error-beside-completed',
    spec: two,
    status: {
      phase: 'Failed',
      containerStatuses: [ended('a', {exitCode: 2, reason: 'Error'}), ended('b', {exitCode: 0, reason: 'Completed'})],
    },
  },
  {name: 'evicted', status: {phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.'}},
  {name: 'unknown', status: {phase: 'Unknown'}},
  {name: 'restarted-unknown-when', status: {phase: 'Running', containerStatuses: [running('a', {restartCount: 4})]}},
  {
    name: 'restarted-both',
    spec: two,
    status: {
      phase: 'Running',
      containerStatuses: [
        running('a', {restartCount: 4, ...last({exitCode: 1})}),
        running('b', {restartCount: 1, ...last({exitCode: 1, finishedAt: '2026-03-02T04:04:05Z'})}),
      ],
    },
  },
  {
    name: 'init-first',
    spec: inits,
    status: {
      phase: 'Pending',
      initContainerStatuses: [waiting('i', 'PodInitializing'), waiting('j', 'PodInitializing')],
      containerStatuses: [waiting('a', 'PodInitializing')],
    },
  },
  {
    name: 'init-second',
    spec: inits,
    status: {
      phase: 'Pending',
      initContainerStatuses: [
        ended('i', {exitCode: 0, reason: 'Completed'}),
        running('j', {ready: false, restartCount: 2, ...last({exitCode: 1})}),
      ],
    },
  },
  {
    name: 'init-crash',
    spec: inits,
    status: {
      phase: 'Pending',
      initContainerStatuses: [
        waiting('i', 'CrashLoopBackOff', {restartCount: 5, ...last({exitCode: 1, reason: 'Error'})}),
        waiting('j', 'PodInitializing'),
      ],
    },
  },
  {
    name: 'init-error',
    spec: inits,
    status: {phase: 'Pending', initContainerStatuses: [ended('i', {exitCode: 1, reason: 'Error'})]},
  },
  {name: 'init-code', spec: inits, status: {phase: 'Pending', initContainerStatuses: [ended('i', {exitCode: 4})]}},
  {name: 'init-signal', spec: inits, status: {phase: 'Pending', initContainerStatuses: [ended('i', {exitCode: 4, signal: 15})]}},
  {
    name: 'init-done',
    spec: inits,
    status: {
      phase: 'Running',
      conditions: [condition('Initialized', 'True')],
      initContainerStatuses: [ended('i', {exitCode: 0}, {restartCount: 3}), ended('j', {exitCode: 0})],
      containerStatuses: [running('a', {restartCount: 1})],
    },
  },
  {
    name: 'init-again',
    spec: inits,
    status: {
      phase: 'Running',
      conditions: [condition('Initialized', 'True')],
      initContainerStatuses: [running('i', {ready: false})],
      containerStatuses: [running('a')],
    },
  },
  {
    name: 'sidecar-starting',
    spec: sidecar,
    status: {
      phase: 'Pending',
      initContainerStatuses: [running('side', {started: false, ready: false}), waiting('i', 'PodInitializing')],
    },
  },
  {
    name: 'sidecar-started',
    spec: sidecar,
    status: {
      phase: 'Pending',
      initContainerStatuses: [running('side', {restartCount: 2, ...last({exitCode: 1})}), running('i', {ready: false})],
    },
  },
  {
    name: 'sidecar-running',
    spec: sidecar,
    status: {
      phase: 'Running',
      initContainerStatuses: [
        running('side', {restartCount: 2, ...last({exitCode: 1})}),
        ended('i', {exitCode: 0}, {restartCount: 9}),
      ],
      containerStatuses: [running('a', {restartCount: 1})],
    },
  },
  {
    name: 'sidecar-crashed',
    spec: sidecar,
    status: {
      phase: 'Running',
      conditions: [condition('Initialized', 'True')],
      initContainerStatuses: [waiting('side', 'CrashLoopBackOff', {restartCount: 2}), ended('i', {exitCode: 0})],
      containerStatuses: [running('a')],
    },
  },
  {
    name: 'waits-for-gates',
    spec: {readinessGates: [{conditionType: 'example.com/a'}, {conditionType: 'example.com/b'}, {conditionType: 'example.com/c'}]},
    status: {
      phase: 'Running',
      conditions: [condition('example.com/a', 'True'), condition('example.com/b', 'False')],
      containerStatuses: [running('a')],
    },
  },
  {
    name: 'leaving',
    metadata: {finalizers: ['example.com/hold']},
    status: {phase: 'Running', containerStatuses: [running('a')]},
    deleted: true,
  },
  {
    name: 'leaving-done',
    metadata: {finalizers: ['example.com/hold']},
    status: {phase: 'Succeeded', containerStatuses: [ended('a', {exitCode: 0, reason: 'Completed'})]},
    deleted: true,
  },
  {
    name: 'leaving-lost',
    metadata: {finalizers: ['example.com/hold']},
    status: {phase: 'Running', reason: 'NodeLost', containerStatuses: [running('a')]},
    deleted: true,
  },
];

const volumes: readonly Record<string, unknown>[] = [
  {hostPath: {path: '/p'}},
  {hostPath: {path: '/p', type: 'DirectoryOrCreate'}},
  {emptyDir: {}},
  {emptyDir: {medium: 'Memory', sizeLimit: '1024Mi'}},
  {gcePersistentDisk: {pdName: 'd', fsType: 'ext4', partition: 2}},
  {awsElasticBlockStore: {volumeID: 'v'}},
  {secret: {secretName: 's'}},
  {configMap: {name: 'c', optional: true}},
  {nfs: {server: 'srv', path: '/p', readOnly: true}},
  {
    iscsi: {
      targetPortal: '192.0.2.1:3260',
      iqn: 'iqn.2026-01.com.example:t',
      lun: 1,
      portals: ['192.0.2.2', '192.0.2.3'],
      secretRef: {name: 's'},
      chapAuthSession: true,
    },
  },
  {glusterfs: {endpoints: 'e', path: 'p'}},
  {persistentVolumeClaim: {claimName: 'bound', readOnly: true}},
  {
    ephemeral: {
      volumeClaimTemplate: {
        metadata: {labels: {b: 'c', a: 'b'}, annotations: {x: 'y', z: 'a\nb'}},
        spec: {accessModes: ['ReadWriteOnce'], storageClassName: 'k', resources: {requests: {storage: '1Gi'}}},
      },
    },
  },
  {
    ephemeral: {
      volumeClaimTemplate: {
        spec: {
          accessModes: ['ReadWriteOnce'],
          dataSource: {apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 's'},
          resources: {requests: {storage: '1Gi'}},
        },
      },
    },
  },
  {rbd: {monitors: ['m', 'n'], image: 'i'}},
  {rbd: {monitors: ['m'], image: 'i', secretRef: {name: 's'}}},
  {quobyte: {registry: 'r:1', volume: 'v'}},
  {
    downwardAPI: {
      items: [
        {path: 'l', fieldRef: {fieldPath: 'metadata.labels'}},
        {path: 'c', resourceFieldRef: {containerName: 'a', resource: 'limits.cpu'}},
      ],
    },
  },
  {azureDisk: {diskName: 'd', diskURI: 'https://account.blob.core.windows.net/vhds/d.vhd'}},
  {vsphereVolume: {volumePath: 'p', storagePolicyName: 'gold'}},
  {photonPersistentDisk: {pdID: 'p'}},
  {cinder: {volumeID: 'v', secretRef: {name: 's'}}},
  {scaleIO: {gateway: 'g', system: 's', secretRef: {name: 's'}, volumeName: 'v'}},
  {cephfs: {monitors: ['m'], secretRef: {name: 's'}}},
  {storageos: {volumeName: 'v', volumeNamespace: 'n'}},
  {fc: {targetWWNs: ['a', 'b'], lun: 0}},
  {azureFile: {secretName: 's', shareName: 'h'}},
  {flexVolume: {driver: 'd/e', options: {b: 'c', a: 'b'}}},
  {flocker: {datasetName: 'd'}},
  {
    projected: {
      sources: [
        {secret: {name: 's', optional: true}},
        {downwardAPI: {}},
        {configMap: {name: 'c'}},
        {serviceAccountToken: {path: 't', expirationSeconds: 900}},
      ],
    },
  },
  {csi: {driver: 'd.example.com', readOnly: true, volumeAttributes: {b: 'c', a: 'b', long: 'x'.repeat(150)}}},
  {csi: {driver: 'd.example.com'}},
  {image: {reference: 'data:1', pullPolicy: 'Never'}},
  {portworxVolume: {volumeID: 'v'}},
];

const probes = [
  {exec: {command: ['cat', '/a b']}, initialDelaySeconds: 1},
  {httpGet: {path: '/x?y=z&ü!', port: 8080, scheme: 'HTTPS', host: 'fd00::1'}},
  {httpGet: {path: 'x', port: 'named'}},
  {tcpSocket: {host: 'h', port: 'named'}},
  {grpc: {port: 90, service: 'svc'}},
];

const crowded: ZooPod = {
  name: 'crowded',
  metadata: {annotations: {b: 'x\n', a: 'y'.repeat(150), 'kubectl.kubernetes.io/last-applied-configuration': '{}'}},
  spec: {
    volumes: volumes.map((source, index) => ({name: `v${index}`, ...source})),
    priorityClassName: 'system-cluster-critical',
    securityContext: {seccompProfile: {type: 'Localhost', localhostProfile: 'p.json'}},
    nodeSelector: {z: 'y', a: 'b'},
    tolerations: [
      {key: 'k', value: 'v', effect: 'NoExecute', tolerationSeconds: 9},
      {operator: 'Exists', effect: 'NoSchedule'},
      {operator: 'Exists'},
    ],
    topologySpreadConstraints: [{maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule'}],
    containers: [
      ...probes.map((probe, index) => ({
        name: `p${index}`,
        image: 'app:1',
        ports: [
          {containerPort: 80 + index, name: index === 0 ? 'named' : `n${index}`, hostPort: 8000 + index},
          ...(index > 2 ? [{containerPort: 53, protocol: 'UDP'}] : []),
        ],
        readinessProbe: probe,
        livenessProbe: probe,
        startupProbe: probe,
        volumeMounts: [
          {name: 'v2', mountPath: '/b'},
          {name: 'v3', mountPath: '/a', readOnly: true, subPath: 's/t'},
        ],
      })),
      {
        name: 'environment',
        image: 'app:1',
        resources: {
          limits: {cpu: '1500m', memory: '1G', 'example.com/gpu': '2', 'ephemeral-storage': '2Gi'},
          requests: {cpu: '0.1'},
        },
        env: [
          {name: 'NAME', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}},
          {name: 'PLACE', valueFrom: {fieldRef: {fieldPath: 'metadata.namespace'}}},
          {name: 'UID', valueFrom: {fieldRef: {fieldPath: 'metadata.uid'}}},
          {name: 'LABEL', valueFrom: {fieldRef: {fieldPath: "metadata.labels['zoo']"}}},
          {name: 'NODE', valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}},
          {name: 'CPU', valueFrom: {resourceFieldRef: {resource: 'limits.cpu'}}},
          {name: 'MILLI', valueFrom: {resourceFieldRef: {resource: 'requests.cpu', divisor: '1m'}}},
          {name: 'MEM', valueFrom: {resourceFieldRef: {resource: 'limits.memory', divisor: '1Mi'}}},
          {name: 'DISK', valueFrom: {resourceFieldRef: {resource: 'limits.ephemeral-storage'}}},
          {name: 'NONE', valueFrom: {resourceFieldRef: {resource: 'requests.memory'}}},
          {name: 'OTHER', valueFrom: {resourceFieldRef: {resource: 'limits.cpu', containerName: 'p0'}}},
        ],
      },
      {name: 'block', image: 'app:1', volumeDevices: [{name: 'v11', devicePath: '/dev/b'}]},
      {
        name: 'limitless',
        image: 'app:1',
        command: ['a\nb', 'c'],
        env: [{name: 'MEM', valueFrom: {resourceFieldRef: {resource: 'limits.memory'}}}],
      },
    ],
    initContainers: [{name: 'i', image: 'init:1'}],
  },
  status: {
    phase: 'Pending',
    initContainerStatuses: [
      ended('i', {exitCode: 7, signal: 9, reason: 'Error', message: 'it broke\nbadly'}, last({exitCode: 1, message: 'before'})),
    ],
    containerStatuses: [running('p0'), waiting('p1', 'CrashLoopBackOff', last({exitCode: 2})), waiting('p2', undefined)],
  },
};

const resourceful: ZooPod = {
  name: 'resourceful',
  spec: {
    resources: {limits: {cpu: '2'}, requests: {cpu: '1', memory: '1Gi'}},
    containers: [{...one, resources: {requests: {cpu: '100m'}}}],
  },
};

/** The zoo. */
export const zooPods: readonly ZooPod[] = [...states, crowded, resourceful];

/** The manifest of a pod in a namespace. */
export const podManifest = ({name, spec, metadata}: ZooPod, namespace: string): Record<string, unknown> => {
  const held = metadata?.['finalizers'] === undefined ? 'free' : 'held';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace, labels: {zoo: held}, ...metadata},
    spec: {schedulerName: 'nobody', automountServiceAccountToken: name === 'running', containers: [one], ...spec},
  };
};

/** Persistent volumes, one for each source. */
export const volumeManifests = (namespace: string): readonly Record<string, unknown>[] => {
  const secretRef = {name: 's', namespace: 'n'};
  const sources: readonly Record<string, unknown>[] = [
    {hostPath: {path: '/p'}},
    {nfs: {server: 's', path: '/p'}},
    {local: {path: '/l'}},
    {csi: {driver: 'd.example.com', volumeHandle: 'h', volumeAttributes: {a: 'b', c: 'd'}}},
    {csi: {driver: 'd.example.com', volumeHandle: 'h', fsType: 'xfs', readOnly: true}},
    {
      iscsi: {
        targetPortal: '192.0.2.1:3260',
        iqn: 'iqn.2026-01.com.example:t',
        lun: 0,
        initiatorName: 'iqn.2026-01.com.example:i',
        secretRef,
      },
    },
    {glusterfs: {endpoints: 'e', path: 'p'}},
    {rbd: {monitors: ['m'], image: 'i', secretRef}},
    {cephfs: {monitors: ['m', 'n'], secretRef}},
    {cinder: {volumeID: 'v'}},
    {scaleIO: {gateway: 'g', system: 's', secretRef, volumeName: 'v'}},
    {azureFile: {secretName: 's', shareName: 'h', secretNamespace: 'n'}},
    {flexVolume: {driver: 'd/e', secretRef}},
    {fc: {wwids: ['a']}},
    {storageos: {volumeName: 'v', volumeNamespace: 'n'}},
  ];
  const local = {
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              {key: 'zone', operator: 'In', values: ['a', 'b']},
              {key: 'disk', operator: 'Exists'},
            ],
          },
          {matchExpressions: [{key: 'x', operator: 'DoesNotExist'}]},
        ],
      },
    },
  };
  return sources.map((source, index) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {name: `${namespace}-${index}`, labels: {zoo: namespace}},
    spec: {
      capacity: {storage: '1024Mi'},
      accessModes: index % 2 === 0 ? ['ReadWriteMany', 'ReadWriteOnce'] : ['ReadOnlyMany'],
      persistentVolumeReclaimPolicy: index % 2 === 0 ? 'Retain' : 'Delete',
      storageClassName: index === 1 ? 'slow' : 'none-such',
      ...(index === 0 ? {claimRef: {name: 'someone', namespace: 'nowhere'}, volumeMode: 'Block'} : {}),
      ...(source['local'] === undefined ? {} : local),
      ...source,
    },
  }));
};

/** A claim that binds to the second of the volumes. */
export const boundClaim = (namespace: string): Record<string, unknown> => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {name: 'matched'},
  spec: {
    storageClassName: 'slow',
    accessModes: ['ReadOnlyMany'],
    volumeName: `${namespace}-1`,
    resources: {requests: {storage: '1Gi'}},
  },
});
