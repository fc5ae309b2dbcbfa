// The command `npm run cluster`: builds, starts, shows and stops test clusters.
import {parseArgs} from 'node:util';
import {addKubernetes} from './add-kubernetes.ts';
import {buildBinaries, kubernetesMinor} from './binaries.ts';
import {clusterFacts, clusterNames, componentStatus, runningCluster, stopCluster, type ClusterFacts} from './harness.ts';
import {churnPods, scaledCluster} from './scale.ts';

const usage = `npm run cluster COMMAND [-- FLAGS]

  up                 builds what is missing and starts a cluster with a real node
  up --control-plane-only
                     no kubelet and no containers: quick and light; simulated nodes take the pods
  status             what is up, and where its kubeconfigs and logs are
  status --json      the same of one cluster for scripts (--all: an array of all)
  down [--all]       stops it and removes every trace
  build              builds the programs only
  scale COUNT        etcd and an API server alone, with COUNT pods (default 50000; the name is "scale")
  churn              pod status changes on such a cluster: --rate 300 a second for --seconds 20
  add-kubernetes vX.Y.Z
                     makes binaries/kubernetes-X.Y, for another Kubernetes

  --name NAME        which cluster (default "default"); several run side by side
  --kubernetes X.Y   which Kubernetes (see binaries/)
  --kwok-nodes N     how many simulated nodes (default 3)
`;

const flags = {
  name: {type: 'string'},
  kubernetes: {type: 'string'},
  'kwok-nodes': {type: 'string'},
  rate: {type: 'string'},
  seconds: {type: 'string'},
  'control-plane-only': {type: 'boolean'},
  all: {type: 'boolean'},
  json: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
} as const;

type Parsed = ReturnType<typeof parseArgs<{options: typeof flags; allowPositionals: true}>>;

function parse(): Parsed | undefined {
  try {
    return parseArgs({options: flags, allowPositionals: true});
  } catch (error) {
    process.stderr.write(`${(error as Error).message.split('.')[0]}\n\n`);
    return undefined;
  }
}

const parsed = parse();
const {values, positionals} = parsed ?? {values: {}, positionals: []};

/** A flag, also when `npm run` took it for one of its own because there was no `--` before it. */
function flag(name: Exclude<keyof typeof flags, 'help'>): string | undefined {
  const value = values[name] ?? process.env[`npm_config_${name.replaceAll('-', '_')}`];
  return value === undefined || value === '' || value === 'false' ? undefined : String(value);
}

const started = Date.now();
const say = (line: string): void =>
  void process.stderr.write(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function describe(facts: ClusterFacts): string {
  const lines = [
    `cluster      ${facts.name} (${facts.mode}, Kubernetes ${facts.kubernetesVersion})`,
    `server       ${facts.server}`,
    ...Object.entries(facts.kubeconfigs).map(
      ([user, path], index) => `${index === 0 ? 'kubeconfigs' : '           '}  ${user.padEnd(12)} ${path}`,
    ),
    `kubectl      ${facts.kubectl}`,
    `nodes        ${[facts.realNode, ...facts.kwokNodes].filter(Boolean).join(', ') || 'none'}`,
    `namespaces   ${facts.teamNamespaces.join(', ') || 'none of its own'}`,
    `logs         ${facts.logs}`,
  ];
  const components = Object.entries(componentStatus(facts.name)).map(([name, {state, pid, ended}]) =>
    `  ${name.padEnd(24)} ${state.padEnd(8)} ${String(pid ?? '-').padEnd(8)} ${ended ?? ''}`.trimEnd(),
  );
  return [...lines, `  ${'COMPONENT'.padEnd(24)} STATE    PID`, ...components].join('\n');
}

async function up(): Promise<void> {
  const name = flag('name') ?? 'default';
  const kubernetes = flag('kubernetes');
  const facts = await runningCluster({
    name,
    mode: flag('control-plane-only') ? 'control-plane' : 'full',
    ...(kubernetes === undefined ? {} : {kubernetes}),
    kwokNodes: Number(flag('kwok-nodes') ?? 3),
    say,
  });
  say('ready');
  print(describe(facts));
}

/** As text it shows every run; as JSON the one that was named, or an array of all with --all. */
function status(): void {
  const named = flag('name');
  const isJson = flag('json') !== undefined;
  const names = flag('all') || (!isJson && named === undefined) ? clusterNames() : [named ?? 'default'];
  const all = names.map((name) => ({name, facts: clusterFacts(name)}));
  if (isJson) {
    const found = all.map(({name, facts}) => ({name, running: facts !== undefined, ...facts, components: componentStatus(name)}));
    print(JSON.stringify(flag('all') ? found : found[0], null, 2));
    return;
  }
  if (all.length === 0) print('no cluster is up');
  for (const {name, facts} of all) {
    print(facts ? `${describe(facts)}\n` : `cluster      ${name} is not up (what is left goes with the next up or down)\n`);
  }
}

async function down(): Promise<void> {
  for (const name of flag('all') ? clusterNames() : [flag('name') ?? 'default']) {
    await stopCluster(name);
    say(`the cluster ${name} is down`);
  }
}

async function build(): Promise<void> {
  print(JSON.stringify(await buildBinaries(kubernetesMinor(flag('kubernetes')), say), null, 2));
}

async function scale(): Promise<void> {
  const facts = await scaledCluster(Number(positionals[1] ?? 50_000), flag('name') ?? 'scale', say);
  say('ready');
  print(describe(facts));
}

async function churn(): Promise<void> {
  const name = flag('name') ?? 'scale';
  const facts = clusterFacts(name);
  if (!facts) throw new Error(`the cluster ${name} is not up: start it with scale`);
  const {changes, seconds} = await churnPods(facts, {rate: Number(flag('rate') ?? 300), seconds: Number(flag('seconds') ?? 20)});
  print(`${changes} changes in ${seconds.toFixed(1)} s (${Math.round(changes / seconds)} a second)`);
}

async function addVersion(): Promise<void> {
  await addKubernetes(positionals[1] ?? '', say);
}

const commands: Readonly<Record<string, () => Promise<void> | void>> = {
  up,
  down,
  status,
  build,
  scale,
  churn,
  'add-kubernetes': addVersion,
};

const command = Object.hasOwn(commands, positionals[0] ?? '') ? commands[positionals[0] ?? ''] : undefined;
if (!command || values.help) {
  (values.help ? process.stdout : process.stderr).write(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  try {
    await command();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
