// The settings of the real node: kubelet, containerd and the pods' network. All paths under /run and /var are private
// to the run, see isolation.ts.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {writeWhole} from './files.ts';
import {images} from './images.ts';
import type {RunPaths} from './paths.ts';
import type {Plan} from './plan.ts';
import {toYaml} from './yaml.ts';

export const containerdSocket = '/run/containerd/containerd.sock';

/** Where Debian, or else everyone else, puts the CNI plugins. */
export function cniFolder(): string | undefined {
  return ['/usr/lib/cni', '/opt/cni/bin'].find(
    (folder) => existsSync(join(folder, 'bridge')) && existsSync(join(folder, 'host-local')),
  );
}

function containerdConfig(paths: RunPaths): string {
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp",
]

[grpc]
  address = "${containerdSocket}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${images.pause}"
  # Without CAP_SYS_RESOURCE a lower score is refused, and with it every container.
  restrict_oom_score_adj = true
  disable_hugetlb_controller = true
  stream_server_address = "127.0.0.1"
  stream_server_port = "0"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${cniFolder() ?? ''}"
    conf_dir = "${join(paths.config, 'cni')}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
`;
}

function cniConfig(plan: Plan, paths: RunPaths): string {
  return JSON.stringify({
    cniVersion: '0.4.0',
    name: 'kdeck',
    plugins: [
      {
        type: 'bridge',
        bridge: paths.bridge,
        // No gateway: the plugin would turn on the machine's IP forwarding. Pods reach each other and the machine.
        isGateway: false,
        ipMasq: false,
        hairpinMode: true,
        ipam: {
          type: 'host-local',
          dataDir: '/run/cni',
          ranges: [[{subnet: `${plan.subnet}.0/24`, rangeStart: `${plan.subnet}.10`, gateway: `${plan.subnet}.1`}]],
        },
      },
    ],
  });
}

function kubeletConfig(plan: Plan, paths: RunPaths): string {
  return toYaml({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    // Only this machine has the bridge, and the kubelet asks everyone for a certificate or token.
    address: `${plan.subnet}.1`,
    port: plan.ports.kubelet,
    readOnlyPort: 0,
    healthzBindAddress: '127.0.0.1',
    healthzPort: plan.ports.kubeletHealth,
    tlsCertFile: join(paths.pki, 'serving.crt'),
    tlsPrivateKeyFile: join(paths.pki, 'serving.key'),
    authentication: {
      anonymous: {enabled: false},
      webhook: {enabled: true},
      x509: {clientCAFile: join(paths.pki, 'ca.crt')},
    },
    authorization: {mode: 'Webhook'},
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${paths.cgroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    makeIPTablesUtilChains: false,
    protectKernelDefaults: true,
    resolvConf: join(paths.config, 'resolv.conf'),
    volumePluginDir: '/var/lib/kubelet/volume-plugins',
    serializeImagePulls: false,
    nodeStatusUpdateFrequency: '5s',
    // A build machine with a full disk must not lose its test pods or images.
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'memory.available': '0%',
      'nodefs.available': '0%',
      'nodefs.inodesFree': '0%',
      'imagefs.available': '0%',
      'imagefs.inodesFree': '0%',
    },
  });
}

/** Writes the node's settings into the run's folder. */
export function writeNodeFiles(plan: Plan, paths: RunPaths): void {
  writeWhole(join(paths.config, 'containerd.toml'), containerdConfig(paths));
  writeWhole(join(paths.config, 'cni', '10-kdeck.conflist'), cniConfig(plan, paths));
  writeWhole(join(paths.config, 'kubelet.yaml'), kubeletConfig(plan, paths));
  writeWhole(join(paths.config, 'resolv.conf'), 'options ndots:1\n', 0o644);
}
