// Test clusters for tests: one function that gives a running cluster, and the facts about it.
import {spawn} from 'node:child_process';
import {closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, realpathSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {buildBinaries, kubernetesMinor} from './binaries.ts';
import {writeRunFiles} from './control-plane-files.ts';
import {readJson, withLock, writeWhole} from './files.ts';
import type {UserName} from './kubeconfigs.ts';
import {cacheFolder, runPaths, type RunPaths} from './paths.ts';
import {issuerUrl, makePlan, realNode, serverUrl, teamNamespaces, type Mode, type Plan} from './plan.ts';
import {tail} from './processes.ts';
import {processesOf, remainsOf, removeRun, runVariable} from './remains.ts';
import {meetRequirements, systemPath} from './requirements.ts';
import type {RunState} from './supervisor-state.ts';

/** All a test needs to know about a running cluster. */
export type ClusterFacts = {
  readonly name: string;
  readonly mode: Mode;
  readonly server: string;
  readonly kubernetesVersion: string;
  /** Kubeconfig paths by user; a `store` has only the administrator's. */
  readonly kubeconfigs: Readonly<Partial<Record<UserName, string>> & {admin: string}>;
  /** kubectl of the cluster's own version: what kdeck's output is compared with. */
  readonly kubectl: string;
  readonly folder: string;
  readonly logs: string;
  /** Where the exec plugin notes each of its runs, one JSON object a line. */
  readonly execPluginLog: string;
  readonly issuer: string;
  readonly controls: {readonly supervisor: string; readonly issuer: string; readonly token: string};
  readonly etcd: string;
  /** The authority that signed the API server's certificate. */
  readonly certificateAuthority: string;
  /** The name of the node with real containers; null without one. */
  readonly realNode: string | null;
  readonly kwokNodes: readonly string[];
  /** The namespaces the limited user may use. */
  readonly teamNamespaces: readonly string[];
  readonly images: {readonly busybox: readonly string[]};
};

export type ClusterOptions = {
  readonly name?: string;
  readonly mode?: Mode;
  /** For example `1.36`; the newest known by default. */
  readonly kubernetes?: string;
  readonly kwokNodes?: number;
  readonly say?: (line: string) => void;
};

function factsOf(plan: Plan, paths: RunPaths, kubeconfigs: Record<string, string>): ClusterFacts {
  const simulated = plan.mode === 'store' ? 0 : plan.kwokNodes;
  return {
    name: plan.name,
    mode: plan.mode,
    server: serverUrl(plan),
    kubernetesVersion: plan.binaries.kubernetesVersion,
    kubeconfigs: kubeconfigs as ClusterFacts['kubeconfigs'],
    kubectl: plan.binaries.kubectl,
    folder: paths.folder,
    logs: paths.logs,
    execPluginLog: join(paths.logs, 'exec-plugin.jsonl'),
    issuer: issuerUrl(plan),
    controls: {
      supervisor: `http://127.0.0.1:${plan.ports.control}`,
      issuer: `${issuerUrl(plan)}/control`,
      token: plan.controlToken,
    },
    etcd: `http://127.0.0.1:${plan.ports.etcd}`,
    certificateAuthority: join(paths.pki, 'ca.crt'),
    realNode: plan.mode === 'full' ? realNode : null,
    kwokNodes: Array.from({length: simulated}, (_, index) => `kwok-${index}`),
    teamNamespaces: plan.mode === 'store' ? [] : teamNamespaces,
    images: {busybox: plan.mode === 'full' ? ['kdeck.test/busybox:1', 'kdeck.test/busybox:2'] : []},
  };
}

/** A Node that runs TypeScript as it is: this one, or the project's own when an older one runs the tests. */
function currentNode(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return realpathSync(join(import.meta.dirname, '../../../node_modules/.bin/node'));
}

/** Starts the supervisor in namespaces of its own; it outlives this process. */
function launch(paths: RunPaths): void {
  mkdirSync(paths.logs, {recursive: true, mode: 0o700});
  const walls = ['--pid', '--mount', '--fork', '--mount-proc', '--kill-child'];
  // Without root a user namespace gives the right to make the others; that is enough without containers.
  if (process.getuid?.() !== 0) walls.unshift('--user', '--map-root-user');
  // The shell is process 1: it collects the orphans of containerd, which Node would leave as zombies.
  const script = '"$0" "$1" "$2" & wait $!';
  const program = [currentNode(), join(import.meta.dirname, 'supervisor.ts'), paths.folder];
  const log = openSync(paths.supervisorLog, 'a');
  const child = spawn('unshare', [...walls, 'sh', '-c', script, ...program], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    // Nothing of the caller's environment (proxies, GOMAXPROCS, kubeconfigs) may change how a cluster behaves.
    env: {PATH: systemPath, HOME: '/root', LANG: 'C.UTF-8', [runVariable]: paths.folder},
  });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
}

async function untilReady(paths: RunPaths, say: (line: string) => void): Promise<void> {
  const deadline = Date.now() + 180_000;
  let said = '';
  let alive = Date.now();
  for (;;) {
    const state = readJson(paths.state) as RunState | undefined;
    if (state && state.message !== said && state.phase === 'starting') say((said = state.message));
    if (state?.phase === 'ready') return;
    if (state?.phase === 'failed') throw new Error(state.message);
    if (processesOf(paths).length > 0) alive = Date.now();
    if (Date.now() - alive > 2000 || Date.now() > deadline) {
      const unready = Object.entries(state?.components ?? {})
        .filter(([, each]) => each.state !== 'running')
        .map(([name]) => name);
      throw new Error(
        `the cluster ${paths.name} did not start (last step: ${said || 'none'}; not running: ${unready.join(', ') || 'none'}). ` +
          `The end of ${paths.supervisorLog}:\n${tail(paths.supervisorLog)}`,
      );
    }
    await wait(100);
  }
}

function lockOf(name: string): string {
  return join(cacheFolder(), 'locks', `${name}.lock`);
}

/** The facts of the cluster if it is up, without starting it. */
export function clusterFacts(name = 'default'): ClusterFacts | undefined {
  const paths = runPaths(name);
  const isReady = (readJson(paths.state) as RunState | undefined)?.phase === 'ready' && processesOf(paths).length > 0;
  return isReady ? (readJson(paths.facts) as ClusterFacts | undefined) : undefined;
}

/**
 * The facts of a running cluster; starts it when it is not up. A crashed run of that name is cleaned up first. Fit for a
 * vitest globalSetup: any number of processes may call it at once.
 */
export async function runningCluster(options: ClusterOptions | string = {}): Promise<ClusterFacts> {
  const {
    name = 'default',
    mode = 'full',
    kubernetes,
    kwokNodes = 3,
    say = () => undefined,
  } = typeof options === 'string' ? {name: options} : options;
  const paths = runPaths(name);
  const existing = clusterFacts(name);
  if (existing) return sameMode(existing, mode, typeof options !== 'string' && options.mode !== undefined);
  const minor = kubernetesMinor(kubernetes);
  await meetRequirements(mode, say);
  const binaries = await buildBinaries(minor, say);
  return withLock(
    lockOf(name),
    () => say(`another process is starting or stopping the cluster ${name}; waiting`),
    async () => {
      const meanwhile = clusterFacts(name);
      if (meanwhile) return sameMode(meanwhile, mode, typeof options !== 'string' && options.mode !== undefined);
      if (remainsOf(paths).length > 0) say(`cleaning up an earlier run of the cluster ${name}`);
      await removeRun(paths);
      mkdirSync(paths.folder, {recursive: true, mode: 0o700});
      const plan = await withLock(
        lockOf('.all'),
        () => undefined,
        async () => {
          const made = await makePlan(name, mode, binaries, kwokNodes);
          writeWhole(paths.plan, JSON.stringify(made, null, 2));
          return made;
        },
      );
      const facts = factsOf(plan, paths, writeRunFiles(plan, paths));
      writeWhole(paths.facts, JSON.stringify(facts, null, 2));
      launch(paths);
      try {
        await untilReady(paths, say);
      } catch (error) {
        // The logs stay for a look, everything else goes.
        await removeRun(paths, true);
        throw error;
      }
      return facts;
    },
  );
}

function sameMode(facts: ClusterFacts, mode: Mode, isChosen: boolean): ClusterFacts {
  if (isChosen && facts.mode !== mode) {
    throw new Error(`the cluster ${facts.name} is up as ${facts.mode}, not as ${mode}: choose another name or take it down first`);
  }
  return facts;
}

/** Takes the cluster down, or cleans up after a crashed one. Throws when something would stay behind. */
export async function stopCluster(name = 'default'): Promise<void> {
  const paths = runPaths(name);
  await withLock(
    lockOf(name),
    () => undefined,
    () => removeRun(paths),
  );
  const left = remainsOf(paths);
  if (left.length > 0) throw new Error(`the cluster ${name} left behind: ${left.join(', ')}`);
}

/** The names of all runs on this machine, up or crashed. */
export function clusterNames(): string[] {
  const runs = join(cacheFolder(), 'runs');
  return existsSync(runs) ? readdirSync(runs).sort() : [];
}

/** One component as `status` shows it. */
export type ComponentStatus = {
  readonly state: string;
  /** The pid as this process sees it. */
  readonly pid: number | null;
  readonly log: string;
  readonly ended?: string;
};

/** The components of the cluster, empty when it is down. */
export function componentStatus(name = 'default'): Record<string, ComponentStatus> {
  const paths = runPaths(name);
  const state = readJson(paths.state) as RunState | undefined;
  const outside = new Map<number, number>();
  for (const pid of processesOf(paths)) {
    try {
      // The pid as each namespace from ours inwards sees it: the second is the run's.
      const line = /^NSpid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
      const inside = line.split(/\s+/).map(Number)[1];
      if (inside !== undefined) outside.set(inside, pid);
    } catch {
      // Gone in between.
    }
  }
  return Object.fromEntries(
    Object.entries(state?.components ?? {}).map(([component, {pid, state: is, ended}]) => {
      const seen = pid === null ? undefined : outside.get(pid);
      const log = join(paths.logs, `${component}.log`);
      return [
        component,
        {state: pid !== null && seen === undefined ? 'gone' : is, pid: seen ?? null, log, ...(ended === undefined ? {} : {ended})},
      ];
    }),
  );
}
