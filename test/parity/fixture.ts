// What every read case finds: the namespace `parity-read` with one of most things in it, at rest.
import {execFileSync} from 'node:child_process';

export const readNamespace = 'parity-read';

/** Pods run on the simulated nodes: they are Running at once and need no image. */
const simulated = `
      nodeSelector: {type: kwok}
      tolerations: [{key: kwok.x-k8s.io/node, operator: Exists}]`;

const manifest = `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, labels: {app: shop, tier: config}, annotations: {note: "two\\nlines"}}
data:
  colour: blue
  "yes": "no"
  number: "0123"
  script: |
    #!/bin/sh
    echo "hello   world"
  empty: ""
binaryData: {bytes: AAECAwQ=}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: umlauts, labels: {app: other}}
data: {text: "Grüße, 世界 🚢 <b>&</b>", tab: "a\\tb"}
---
apiVersion: v1
kind: Secret
metadata: {name: login, labels: {app: shop}}
type: Opaque
stringData: {user: admin, password: "s3cr3t<&>"}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: worker}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: shop}}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: metrics, port: 9090}]}
---
apiVersion: v1
kind: Service
metadata: {name: headless}
spec: {clusterIP: None, selector: {app: web}, ports: [{port: 1234}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web, tier: front}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:${simulated}
      containers:
      - {name: web, image: "kdeck.test/busybox:1", command: [sleep, infinity], resources: {requests: {cpu: 100m, memory: 64Mi}}, ports: [{containerPort: 8080}]}
      - {name: side, image: "kdeck.test/busybox:2", command: [sleep, infinity]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, labels: {app: db}}
spec:
  replicas: 2
  serviceName: headless
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:${simulated}
      containers: [{name: db, image: "kdeck.test/busybox:1", command: [sleep, infinity]}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:${simulated}
      containers: [{name: agent, image: "kdeck.test/busybox:1", command: [sleep, infinity]}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  suspend: true
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: job, image: "kdeck.test/busybox:1"}]}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  rules:
  - {host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {minReplicas: 3, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}
---
apiVersion: v1
kind: Event
metadata: {name: first.1}
involvedObject: {apiVersion: v1, kind: ConfigMap, name: settings, namespace: parity-read}
type: Normal
reason: Noted
message: something happened
count: 3
firstTimestamp: "2024-01-01T00:00:00Z"
lastTimestamp: "2024-01-02T00:00:00Z"
source: {component: parity}
---
apiVersion: v1
kind: Event
metadata: {name: second.1}
involvedObject: {apiVersion: v1, kind: ConfigMap, name: umlauts, namespace: parity-read}
type: Warning
reason: Failed
message: it went wrong
count: 1
firstTimestamp: "2024-02-01T00:00:00Z"
lastTimestamp: "2024-02-01T00:00:00Z"
source: {component: parity}
`;

const clusterManifest = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ships.parity.kdeck.test}
spec:
  group: parity.kdeck.test
  scope: Namespaced
  names: {plural: ships, singular: ship, kind: Ship, shortNames: [sh], categories: [fleet]}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
    additionalPrinterColumns:
    - {name: Port, type: string, jsonPath: .spec.port}
    - {name: Crew, type: integer, jsonPath: .spec.crew}
    - {name: Flag, type: string, jsonPath: .spec.flag, priority: 1}
`;

const customManifest = `
apiVersion: parity.kdeck.test/v1
kind: Ship
metadata: {name: anna}
spec: {port: Hamburg, crew: 12, flag: DE, big: 9007199254740993, ratio: 1.0, tons: 1.5e3}
---
apiVersion: parity.kdeck.test/v1
kind: Ship
metadata: {name: bertha}
spec: {port: Oslo, flag: "NO"}
`;

/** Makes the namespace unless it is there already, and waits until nothing in it moves. */
export const prepareReads = (kubectl: string, kubeconfig: string): void => {
  const call = (words: readonly string[], input?: string): string =>
    execFileSync(kubectl, ['--kubeconfig', kubeconfig, ...words], {
      encoding: 'utf8',
      ...(input === undefined ? {} : {input}),
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 120_000,
    });
  const marker = call(['get', 'namespace', readNamespace, '--ignore-not-found', '-o', 'jsonpath={.metadata.annotations.ready}']);
  if (marker === 'yes') return;
  if (call(['get', 'namespace', readNamespace, '--ignore-not-found', '-o', 'name']) === '')
    call(['create', 'namespace', readNamespace]);
  call(['apply', '-f', '-'], clusterManifest);
  call(['wait', '--for=condition=Established', 'crd/ships.parity.kdeck.test']);
  call(['apply', '-n', readNamespace, '-f', '-'], manifest);
  call(['apply', '-n', readNamespace, '-f', '-'], customManifest);
  call(['-n', readNamespace, 'rollout', 'status', 'deployment/web', '--timeout=90s']);
  call(['-n', readNamespace, 'rollout', 'status', 'statefulset/db', '--timeout=90s']);
  call(['-n', readNamespace, 'rollout', 'status', 'daemonset/agent', '--timeout=90s']);
  call(['annotate', 'namespace', readNamespace, 'ready=yes', '--overwrite']);
};
