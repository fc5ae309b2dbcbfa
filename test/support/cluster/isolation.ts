// The walls around a run: its own mounts, cgroups and network bridge, made by the supervisor inside its namespaces.
// The kubelet and containerd insist on fixed folders and change kernel settings; here both happen to copies.
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {RunPaths} from './paths.ts';
import {runCommand, tryCommand} from './run-command.ts';

const cgroups = '/sys/fs/cgroup';

/** Folders that get an empty, private tmpfs: the fixed paths of kubelet, containerd, its shims, CNI and runc. */
const shadowed = ['/run', '/var/log', '/var/lib'];

/** The kernel settings the kubelet demands. It sees these; the machine keeps its own. */
const kernelSettings: Readonly<Record<string, number>> = {
  'vm/overcommit_memory': 1,
  'vm/panic_on_oom': 0,
  'kernel/panic': 10,
  'kernel/panic_on_oops': 1,
  'kernel/keys/root_maxkeys': 1_000_000,
  'kernel/keys/root_maxbytes': 25_000_000,
};

/** Makes the private mounts. Only ever called inside a mount namespace of our own. */
export async function makeMounts(paths: RunPaths): Promise<void> {
  if (process.pid > 100) throw new Error('refusing to mount outside of a namespace of our own');
  const needed = [dirname(dirname(paths.folder)), import.meta.dirname, dirname(process.execPath)];
  const aside = '/tmp';
  for (const folder of shadowed) {
    const hidden = needed.filter((path) => path.startsWith(`${folder}/`));
    const doors = hidden.map((path, index) => ({path, door: join(aside, `.kdeck-door-${process.ppid}-${index}`)}));
    for (const {path, door} of doors) {
      mkdirSync(door, {recursive: true});
      await runCommand('mount', ['--rbind', path, door]);
    }
    await runCommand('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'kdeck', folder]);
    for (const {path, door} of doors) {
      mkdirSync(path, {recursive: true});
      await runCommand('mount', ['--move', door, path]);
      await tryCommand('rmdir', [door]);
    }
  }
  for (const folder of [
    '/run/lock',
    '/run/netns',
    '/run/kdeck/sysctl',
    '/var/log/pods',
    '/var/log/containers',
    '/var/lib/kubelet',
  ]) {
    mkdirSync(folder, {recursive: true});
  }
  for (const [setting, value] of Object.entries(kernelSettings)) {
    const real = join('/proc/sys', setting);
    if (!existsSync(real)) continue;
    const copy = join('/run/kdeck/sysctl', setting.replaceAll('/', '.'));
    writeFileSync(copy, `${value}\n`);
    await runCommand('mount', ['--bind', copy, real]);
  }
  // Volumes with mount propagation need a shared root; the sharing stays inside this namespace.
  await runCommand('mount', ['--make-rshared', '/']);
}

function isUnified(): boolean {
  return existsSync(join(cgroups, 'cgroup.controllers'));
}

/** The cgroup folders of the run, one for each hierarchy (just one under cgroup v2). */
export function cgroupFolders(paths: RunPaths): string[] {
  if (isUnified()) return [join(cgroups, paths.cgroup)];
  // cpu,cpuacct and the like are links to one and the same hierarchy. `unified` is the second version beside the first;
  // runc makes its folders there too.
  return readdirSync(cgroups, {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(cgroups, entry.name, paths.cgroup));
}

/** Makes the cgroup under which the kubelet puts every pod of this run. */
export function makeCgroups(paths: RunPaths): void {
  if (isUnified()) {
    const controllers = readFileSync(join(cgroups, 'cgroup.controllers'), 'utf8').trim().split(' ');
    for (const controller of controllers) {
      try {
        writeFileSync(join(cgroups, 'cgroup.subtree_control'), `+${controller}`);
      } catch {
        // A controller the machine does not delegate: the kubelet says which one it misses.
      }
    }
  }
  for (const folder of cgroupFolders(paths)) {
    mkdirSync(folder, {recursive: true});
    for (const file of isUnified() ? [] : ['cpuset.cpus', 'cpuset.mems']) {
      // A new cpuset of cgroup v1 is empty, and nothing can run in an empty one.
      const inherited = join(dirname(folder), file);
      if (existsSync(inherited)) writeFileSync(join(folder, file), readFileSync(inherited));
    }
  }
}

/** Makes the bridge of the run's pods. The address is ours, so that the CNI plugin need not turn on IP forwarding. */
export async function makeBridge(paths: RunPaths, subnet: string): Promise<void> {
  await runCommand('ip', ['link', 'add', paths.bridge, 'type', 'bridge']);
  await runCommand('ip', ['addr', 'add', `${subnet}.1/24`, 'dev', paths.bridge]);
  await runCommand('ip', ['link', 'set', paths.bridge, 'up']);
}
