// Builds the programs of the test cluster from the committed go.mod and go.sum files, once per version and machine.
import {createHash} from 'node:crypto';
import {cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {basename, delimiter, dirname, join} from 'node:path';
import {withLock} from './files.ts';
import {cacheFolder} from './paths.ts';
import {runCommand} from './run-command.ts';

const modules = join(import.meta.dirname, 'binaries');

export type Binaries = {
  readonly kubernetesVersion: string;
  readonly kubeApiserver: string;
  readonly kubeControllerManager: string;
  readonly kubeScheduler: string;
  readonly kubelet: string;
  readonly kubectl: string;
  readonly etcd: string;
  readonly kwok: string;
  /** kwok's own Stage and Metric documents, copied out of its module. */
  readonly kwokDocuments: string;
  readonly metricsServer: string;
};

type Recipe = {
  /** Folder under binaries/ with go.mod and go.sum. */
  readonly module: string;
  /** The Go module whose version names the result. */
  readonly of: string;
  /** Program name to Go package. */
  readonly programs: Readonly<Record<string, string>>;
  readonly variables: (version: string) => readonly string[];
  /** Folders of the Go module that are kept beside the programs. */
  readonly copies?: readonly string[];
};

function kubernetesRecipe(minor: string): Recipe {
  const programs = ['kubectl', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet'];
  return {
    module: `kubernetes-${minor}`,
    of: 'k8s.io/kubernetes',
    programs: Object.fromEntries(programs.map((program) => [program, `k8s.io/kubernetes/cmd/${program}`])),
    // Without these the programs report v0.0.0-master, which clients refuse and no output comparison survives.
    variables: (version) =>
      ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((where) => [
        `${where}.gitVersion=${version}`,
        `${where}.gitMajor=${minor.split('.')[0]}`,
        `${where}.gitMinor=${minor.split('.')[1]}`,
        `${where}.gitTreeState=clean`,
      ]),
  };
}

const etcd: Recipe = {
  module: 'etcd',
  of: 'go.etcd.io/etcd/server/v3',
  programs: {etcd: 'go.etcd.io/etcd/server/v3'},
  variables: () => [],
};

const kwok: Recipe = {
  module: 'kwok',
  of: 'sigs.k8s.io/kwok',
  programs: {kwok: 'sigs.k8s.io/kwok/cmd/kwok'},
  variables: () => [],
  copies: ['kustomize/stage', 'kustomize/metrics'],
};

const metricsServer: Recipe = {
  module: 'metrics-server',
  of: 'sigs.k8s.io/metrics-server',
  programs: {'metrics-server': 'sigs.k8s.io/metrics-server/cmd/metrics-server'},
  variables: (version) => [`sigs.k8s.io/metrics-server/pkg/version.gitVersion=${version}`],
};

/** The Kubernetes minors that have a folder under binaries/, newest first, for example ['1.36']. */
export function kubernetesMinors(): string[] {
  return readdirSync(modules)
    .flatMap((folder) => /^kubernetes-(\d+\.\d+)$/.exec(folder)?.[1] ?? [])
    .sort((a, b) => Number(b.split('.')[1]) - Number(a.split('.')[1]));
}

/** Accepts `1.36`, `v1.36` and `v1.36.3`; gives the minor. Throws when no such folder is committed. */
export function kubernetesMinor(wanted: string | undefined): string {
  const known = kubernetesMinors();
  if (wanted === undefined) return known[0] ?? '1.36';
  const minor = /^v?(\d+\.\d+)(\.\d+)?$/.exec(wanted)?.[1];
  if (minor === undefined || !known.includes(minor)) {
    throw new Error(
      `Kubernetes ${wanted} cannot be built here: known are ${known.join(', ')} (see test/support/cluster/README.md)`,
    );
  }
  const committed = versionOf(kubernetesRecipe(minor));
  if (/\.\d+\.\d+$/.test(wanted) && committed !== `v${wanted.replace(/^v/, '')}`) {
    throw new Error(`Kubernetes ${wanted} cannot be built here: binaries/kubernetes-${minor} has ${committed}`);
  }
  return minor;
}

function versionOf(recipe: Recipe): string {
  const lines = readFileSync(join(modules, recipe.module, 'go.mod'), 'utf8').split('\n');
  const line = lines.map((each) => each.trim().replace(/^require /, '')).find((each) => each.startsWith(`${recipe.of} v`));
  const version = line?.split(' ')[1];
  if (version === undefined) throw new Error(`binaries/${recipe.module}/go.mod does not require ${recipe.of}`);
  return version;
}

function resultFolder(recipe: Recipe): string {
  const hash = createHash('sha256').update(JSON.stringify([recipe.programs, recipe.variables('v'), recipe.copies]));
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(modules, recipe.module, file)));
  const base = recipe.module.replace(/-\d+\.\d+$/, '');
  return join(cacheFolder(), 'binaries', `${base}-${versionOf(recipe)}-${hash.digest('hex').slice(0, 10)}`);
}

async function build(recipe: Recipe, say: (line: string) => void): Promise<void> {
  const result = resultFolder(recipe);
  if (existsSync(result)) return;
  const started = Date.now();
  const names = Object.keys(recipe.programs).join(', ');
  say(`building ${names} ${versionOf(recipe)} (once on this machine; minutes when nothing is cached)`);
  // A build that was killed may still have a compiler running; it must not write into this one's folder.
  const half = `${result}.half-${process.pid}`;
  const folder = dirname(result);
  const isHalf = (name: string): boolean => name.startsWith(`${basename(result)}.half-`);
  if (existsSync(folder))
    for (const old of readdirSync(folder).filter(isHalf)) rmSync(join(folder, old), {recursive: true, force: true});
  mkdirSync(half, {recursive: true});
  const flags = ['-s', '-w', ...recipe.variables(versionOf(recipe)).map((variable) => `-X ${variable}`)].join(' ');
  const cwd = join(modules, recipe.module);
  const env = {...process.env, CGO_ENABLED: '0', GOWORK: 'off'};
  await go(['mod', 'download'], cwd, env);
  for (const [name, source] of Object.entries(recipe.programs)) {
    // One at a time: linking several Kubernetes programs at once takes more memory than small machines have.
    await go(['build', '-mod=readonly', '-trimpath', '-ldflags', flags, '-o', join(half, name), source], cwd, env);
  }
  if (recipe.copies) {
    const source = (await go(['list', '-m', '-f', '{{.Dir}}', recipe.of], cwd, env)).trim().split('\n').at(-1) ?? '';
    for (const copy of recipe.copies) cpSync(join(source, copy), join(half, copy), {recursive: true});
    // The module cache is read-only, and so is what is copied out of it.
    await runCommand('chmod', ['-R', 'u+w', half]);
  }
  renameSync(half, result);
  say(`built ${names} in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Where Go's own installer puts it: sessions that nobody logs into often have a PATH without it. */
const usualGo = '/usr/local/go/bin';

async function go(args: readonly string[], cwd: string, before: NodeJS.ProcessEnv): Promise<string> {
  const env = {...before, PATH: [before['PATH'] ?? '', usualGo].join(delimiter)};
  try {
    return await runCommand('go', args, {cwd, env});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error('the test cluster is built with Go 1.26.4 or newer, and there is no program "go" on the PATH', {
        cause: error,
      });
    }
    throw error;
  }
}

/** Builds what is missing and gives the paths. Two callers at once build once: the second waits. */
export async function buildBinaries(minor: string, say: (line: string) => void): Promise<Binaries> {
  const kubernetes = kubernetesRecipe(minor);
  const recipes = [etcd, kubernetes, kwok, metricsServer];
  if (!recipes.every((recipe) => existsSync(resultFolder(recipe)))) {
    const lock = join(cacheFolder(), 'binaries', '.lock');
    await withLock(
      lock,
      () => say('another build is running; waiting for it'),
      async () => {
        for (const recipe of recipes) await build(recipe, say);
      },
    );
  }
  const [k8s, kwokFolder] = [resultFolder(kubernetes), resultFolder(kwok)];
  return {
    kubernetesVersion: versionOf(kubernetes),
    kubeApiserver: join(k8s, 'kube-apiserver'),
    kubeControllerManager: join(k8s, 'kube-controller-manager'),
    kubeScheduler: join(k8s, 'kube-scheduler'),
    kubelet: join(k8s, 'kubelet'),
    kubectl: join(k8s, 'kubectl'),
    etcd: join(resultFolder(etcd), 'etcd'),
    kwok: join(kwokFolder, 'kwok'),
    kwokDocuments: join(kwokFolder, 'kustomize'),
    metricsServer: join(resultFolder(metricsServer), 'metrics-server'),
  };
}
