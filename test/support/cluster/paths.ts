// Where the test cluster keeps things: the cache of built programs, and one folder a run, all outside the clone.
import {createHash} from 'node:crypto';
import {homedir} from 'node:os';
import {basename, join, resolve} from 'node:path';

/** The folder that outlives clones: built programs and the runs of all clusters. */
export function cacheFolder(): string {
  const {KDECK_TEST_CACHE: own, XDG_CACHE_HOME: xdg} = process.env;
  return resolve(own || join(xdg || join(homedir(), '.cache'), 'kdeck-test'));
}

/** Everything one run of a cluster owns. Names that must be unique on the machine derive from the folder, so that a
 * run can be cleaned up even when its folder is gone. */
export type RunPaths = {
  readonly name: string;
  readonly folder: string;
  /** At most 15 characters: the kernel's limit for a network interface. */
  readonly bridge: string;
  readonly cgroup: string;
  readonly facts: string;
  readonly state: string;
  readonly plan: string;
  readonly logs: string;
  readonly pki: string;
  readonly config: string;
  readonly kubeconfigs: string;
  readonly data: string;
  readonly supervisorLog: string;
};

/** The paths of the run `name`. Throws on a name that could leave the folder of runs. */
export function runPaths(name: string): RunPaths {
  if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) {
    throw new Error(`a cluster's name is 1 to 32 lower-case letters, digits and dashes, not ${JSON.stringify(name)}`);
  }
  return runPathsAt(join(cacheFolder(), 'runs', name));
}

/** The same from the run's folder: for programs that may run in another environment than the one that made it. */
export function runPathsAt(folder: string): RunPaths {
  const short = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return {
    name: basename(folder),
    folder,
    bridge: `kdk-${short}`,
    cgroup: `kdeck-${short}`,
    facts: join(folder, 'facts.json'),
    state: join(folder, 'state.json'),
    plan: join(folder, 'plan.json'),
    logs: join(folder, 'logs'),
    pki: join(folder, 'pki'),
    config: join(folder, 'config'),
    kubeconfigs: join(folder, 'kubeconfigs'),
    data: join(folder, 'data'),
    supervisorLog: join(folder, 'logs', 'supervisor.log'),
  };
}
