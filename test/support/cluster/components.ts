// The command line of every program of a cluster, and how to tell that it is ready.
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {RunPaths} from './paths.ts';
import {realNode, serverUrl, type Plan} from './plan.ts';

export type Component = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** An address that answers 200 when the program is ready. */
  readonly ready: string;
};

type Flags = Readonly<Record<string, string | number | boolean>>;

function flags(values: Flags): string[] {
  return Object.entries(values).map(([flag, value]) => `--${flag}=${String(value)}`);
}

function etcd({binaries, ports}: Plan, paths: RunPaths): Component {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  const data = join(paths.data, 'etcd');
  mkdirSync(data, {recursive: true, mode: 0o700});
  return {
    name: 'etcd',
    command: binaries.etcd,
    args: flags({
      name: 'kdeck',
      'data-dir': data,
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `kdeck=${peer}`,
      'unsafe-no-fsync': true,
      'quota-backend-bytes': 8 * 1024 ** 3,
      'log-level': 'warn',
    }),
    ready: `${client}/health`,
  };
}

function apiserver(plan: Plan, paths: RunPaths): Component {
  const pki = (file: string): string => join(paths.pki, file);
  const isStore = plan.mode === 'store';
  return {
    name: 'kube-apiserver',
    command: plan.binaries.kubeApiserver,
    args: flags({
      'etcd-servers': `http://127.0.0.1:${plan.ports.etcd}`,
      'bind-address': '127.0.0.1',
      'secure-port': plan.ports.apiserver,
      // Loopback is refused here; nothing ever connects to it.
      'advertise-address': isStore || plan.mode === 'control-plane' ? '192.0.2.1' : `${plan.subnet}.1`,
      'tls-cert-file': pki('serving.crt'),
      'tls-private-key-file': pki('serving.key'),
      'client-ca-file': pki('ca.crt'),
      'token-auth-file': join(paths.config, 'tokens.csv'),
      ...(isStore ? {} : {'authentication-config': join(paths.config, 'authentication.yaml')}),
      'authorization-mode': 'Node,RBAC',
      'enable-admission-plugins': 'NodeRestriction',
      'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
      'service-account-key-file': pki('service-account.pub'),
      'service-account-signing-key-file': pki('service-account.key'),
      'service-cluster-ip-range': '10.96.0.0/16',
      'allow-privileged': true,
      'kubelet-client-certificate': pki('apiserver-kubelet.crt'),
      'kubelet-client-key': pki('apiserver-kubelet.key'),
      'kubelet-preferred-address-types': 'InternalIP',
      'requestheader-client-ca-file': pki('front-proxy-ca.crt'),
      'requestheader-allowed-names': 'front-proxy-client',
      'requestheader-username-headers': 'X-Remote-User',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'proxy-client-cert-file': pki('front-proxy-client.crt'),
      'proxy-client-key-file': pki('front-proxy-client.key'),
      profiling: false,
      'shutdown-delay-duration': '0s',
    }),
    ready: `${serverUrl(plan)}/readyz`,
  };
}

function controllerManager(plan: Plan, paths: RunPaths): Component {
  const pki = (file: string): string => join(paths.pki, file);
  return {
    name: 'kube-controller-manager',
    command: plan.binaries.kubeControllerManager,
    args: flags({
      kubeconfig: join(paths.config, 'component.yaml'),
      'leader-elect': false,
      'bind-address': '127.0.0.1',
      'secure-port': plan.ports.controllerManager,
      'tls-cert-file': pki('serving.crt'),
      'tls-private-key-file': pki('serving.key'),
      'service-account-private-key-file': pki('service-account.key'),
      'root-ca-file': pki('ca.crt'),
      'cluster-signing-cert-file': pki('ca.crt'),
      'cluster-signing-key-file': pki('ca.key'),
      'use-service-account-credentials': true,
      controllers: '*,bootstrapsigner,tokencleaner',
      // The usual 20 a second makes the start 4 s slower.
      'kube-api-qps': 300,
      'kube-api-burst': 600,
    }),
    ready: `https://127.0.0.1:${plan.ports.controllerManager}/healthz`,
  };
}

function scheduler(plan: Plan, paths: RunPaths): Component {
  return {
    name: 'kube-scheduler',
    command: plan.binaries.kubeScheduler,
    args: flags({
      kubeconfig: join(paths.config, 'component.yaml'),
      'leader-elect': false,
      'bind-address': '127.0.0.1',
      'secure-port': plan.ports.scheduler,
      'tls-cert-file': join(paths.pki, 'serving.crt'),
      'tls-private-key-file': join(paths.pki, 'serving.key'),
    }),
    ready: `https://127.0.0.1:${plan.ports.scheduler}/healthz`,
  };
}

function kwok(plan: Plan, paths: RunPaths): Component {
  return {
    name: 'kwok',
    command: plan.binaries.kwok,
    args: flags({
      kubeconfig: join(paths.config, 'component.yaml'),
      config: join(paths.config, 'kwok.yaml'),
      'manage-all-nodes': false,
      'manage-nodes-with-label-selector': 'type=kwok',
      'node-ip': '127.0.0.1',
      'node-port': plan.ports.kwok,
      'server-address': `127.0.0.1:${plan.ports.kwok}`,
      'tls-cert-file': join(paths.pki, 'serving.crt'),
      'tls-private-key-file': join(paths.pki, 'serving.key'),
      'node-lease-duration-seconds': 40,
      cidr: '10.251.0.0/16',
      // Its usual level tells of every lease it renews.
      v: 'WARN',
    }),
    ready: `https://127.0.0.1:${plan.ports.kwok}/healthz`,
  };
}

function containerd(_plan: Plan, paths: RunPaths): Component {
  return {
    name: 'containerd',
    command: 'containerd',
    args: ['--config', join(paths.config, 'containerd.toml'), '--log-level', 'info'],
    // Answers only on its socket; the supervisor asks there.
    ready: 'containerd:',
  };
}

function kubelet(plan: Plan, paths: RunPaths): Component {
  return {
    name: 'kubelet',
    command: plan.binaries.kubelet,
    args: flags({
      config: join(paths.config, 'kubelet.yaml'),
      kubeconfig: join(paths.config, 'kubelet-client.yaml'),
      'root-dir': '/var/lib/kubelet',
      'cert-dir': '/var/lib/kubelet/pki',
      'hostname-override': realNode,
      // The bridge's address: the kubelet refuses loopback, and then exec and logs find no address.
      'node-ip': `${plan.subnet}.1`,
      'node-labels': 'kdeck.test/real=true',
    }),
    ready: `http://127.0.0.1:${plan.ports.kubeletHealth}/healthz`,
  };
}

function metricsServer(plan: Plan, paths: RunPaths): Component {
  const kubeconfig = join(paths.config, 'component.yaml');
  return {
    name: 'metrics-server',
    command: plan.binaries.metricsServer,
    args: [
      ...flags({
        kubeconfig,
        'authentication-kubeconfig': kubeconfig,
        'authorization-kubeconfig': kubeconfig,
        'bind-address': '127.0.0.1',
        'secure-port': plan.ports.metricsServer,
        'tls-cert-file': join(paths.pki, 'serving.crt'),
        'tls-private-key-file': join(paths.pki, 'serving.key'),
        'kubelet-preferred-address-types': 'InternalIP',
        'metric-resolution': '15s',
      }),
      '--kubelet-insecure-tls',
      '--kubelet-use-node-status-port',
    ],
    // Its readyz waits for two rounds of figures, half a minute; being served is enough to go on.
    ready: `https://127.0.0.1:${plan.ports.metricsServer}/livez`,
  };
}

function issuer(plan: Plan, paths: RunPaths): Component {
  return {
    name: 'issuer',
    command: process.execPath,
    args: [join(import.meta.dirname, 'issuer.ts'), paths.folder],
    ready: `https://127.0.0.1:${plan.ports.issuer}/.well-known/openid-configuration`,
  };
}

/** The components of the run in the order they start. */
export function componentsOf(plan: Plan, paths: RunPaths): Component[] {
  const makers = {
    store: [etcd, apiserver],
    'control-plane': [issuer, etcd, apiserver, controllerManager, scheduler, kwok],
    full: [issuer, etcd, containerd, apiserver, controllerManager, scheduler, kwok, kubelet, metricsServer],
  }[plan.mode];
  return makers.map((make) => make(plan, paths));
}
