// Finds and removes whatever a run left on the machine, however it ended: processes, bridge, cgroups, folder.
// It trusts no record of the run: processes are known by a variable in their environment and by their pid namespace.
import {existsSync, readFileSync, readdirSync, readlinkSync, rmSync, rmdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {cgroupFolders} from './isolation.ts';
import type {RunPaths} from './paths.ts';
import {tryCommand} from './run-command.ts';

/** Set to the run's folder in the environment of every process of the run. */
export const runVariable = 'KDECK_TEST_CLUSTER_RUN';

function pidNamespace(pid: number | 'self'): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

/** The processes of the run as seen from outside: those that carry its mark or live in its pid namespace. */
export function processesOf(paths: RunPaths): number[] {
  const pids = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
  const mark = `\0${runVariable}=${paths.folder}\0`;
  const own = pidNamespace('self');
  const found = new Set<number>();
  const namespaces = new Set<string>();
  for (const pid of pids) {
    try {
      if (pid === process.pid || !`\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`.includes(mark)) continue;
    } catch {
      continue;
    }
    found.add(pid);
    const namespace = pidNamespace(pid);
    if (namespace !== undefined && namespace !== own) namespaces.add(namespace);
  }
  for (const pid of pids) {
    const namespace = pidNamespace(pid);
    if (namespace !== undefined && namespaces.has(namespace)) found.add(pid);
  }
  return [...found].sort((a, b) => a - b);
}

async function killAll(paths: RunPaths): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (let left = processesOf(paths); left.length > 0; left = processesOf(paths)) {
    if (Date.now() > deadline) throw new Error(`these processes of the cluster ${paths.name} do not end: ${left.join(', ')}`);
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone in between.
      }
    }
    await wait(50);
  }
}

function removeCgroup(folder: string): boolean {
  if (!existsSync(folder)) return true;
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    if (entry.isDirectory()) removeCgroup(join(folder, entry.name));
  }
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

async function removeCgroups(paths: RunPaths): Promise<void> {
  const deadline = Date.now() + 15_000;
  // The kernel lets go of a cgroup some moments after its last process.
  while (!cgroupFolders(paths).map(removeCgroup).every(Boolean)) {
    if (Date.now() > deadline) throw new Error(`the cgroup ${paths.cgroup} of the cluster ${paths.name} cannot be removed`);
    await wait(100);
  }
}

async function removeBridge(paths: RunPaths): Promise<void> {
  const bridge = `/sys/class/net/${paths.bridge}`;
  if (!existsSync(bridge)) return;
  // The host's ends of the pods' links vanish with the pods' network namespaces; what is slow about it is helped along.
  for (const link of existsSync(`${bridge}/brif`) ? readdirSync(`${bridge}/brif`) : [])
    await tryCommand('ip', ['link', 'del', link]);
  await tryCommand('ip', ['link', 'del', paths.bridge]);
  if (existsSync(bridge)) throw new Error(`the network bridge ${paths.bridge} of the cluster ${paths.name} cannot be removed`);
}

/** Ends every process of the run and removes what they made; `keepFolder` leaves the logs for a look. */
export async function removeRun(paths: RunPaths, keepFolder = false): Promise<void> {
  await killAll(paths);
  await removeBridge(paths);
  await removeCgroups(paths);
  if (!keepFolder) rmSync(paths.folder, {recursive: true, force: true, maxRetries: 5});
  else rmSync(paths.data, {recursive: true, force: true, maxRetries: 5});
}

/** What of the run is still there, in words; empty after a clean `down`. */
export function remainsOf(paths: RunPaths): string[] {
  const found = processesOf(paths).map((pid) => `process ${pid}`);
  if (existsSync(`/sys/class/net/${paths.bridge}`)) found.push(`bridge ${paths.bridge}`);
  found.push(
    ...cgroupFolders(paths)
      .filter((folder) => existsSync(folder))
      .map((folder) => `cgroup ${folder}`),
  );
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  found.push(...mounts.filter((line) => line.includes(` ${paths.folder}/`)).map((line) => `mount ${line.split(' ')[1]}`));
  if (existsSync(paths.folder) && statSync(paths.folder).isDirectory()) found.push(`folder ${paths.folder}`);
  return found;
}
