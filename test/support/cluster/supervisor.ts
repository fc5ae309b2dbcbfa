// The first process of a run, inside its own pid and mount namespaces: starts every component, answers test controls.
// When it ends the namespaces end, and with them everything in them.
import {createServer, type IncomingMessage} from 'node:http';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {ask, type Answer} from './api.ts';
import {componentsOf} from './components.ts';
import {readJson, writeWhole} from './files.ts';
import {firstObjects} from './first-objects.ts';
import {imageArchive} from './images.ts';
import {makeBridge, makeCgroups, makeMounts} from './isolation.ts';
import {containerdSocket} from './node-files.ts';
import {runPathsAt} from './paths.ts';
import {realNode, serverUrl, teamNamespaces, type Plan} from './plan.ts';
import {RunningComponent} from './processes.ts';
import {runCommand} from './run-command.ts';
import type {RunState} from './supervisor-state.ts';

const paths = runPathsAt(process.argv[2] ?? '');
const plan = readJson(paths.plan) as Plan;
const authority = readFileSync(join(paths.pki, 'ca.crt'), 'utf8');
let phase: RunState['phase'] = 'starting';
let message = 'starting';

function publish(): void {
  const state: RunState = {
    phase,
    message,
    components: Object.fromEntries([...components].map(([name, {state: each}]) => [name, each])),
  };
  writeWhole(paths.state, JSON.stringify(state, null, 2));
}

const components = new Map<string, RunningComponent>();
for (const component of componentsOf(plan, paths)) {
  components.set(component.name, new RunningComponent(component, paths, plan.tokens.component, publish));
}

function say(text: string): void {
  message = text;
  process.stdout.write(`${new Date().toISOString()} ${text}\n`);
  publish();
}

function call(path: string, method = 'GET', body?: unknown): Promise<Answer> {
  return ask(`${serverUrl(plan)}${path}`, {method, body, token: plan.tokens.component, authority});
}

async function waitFor(what: string, isSo: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo().catch(() => false))) {
    if (Date.now() > deadline)
      throw new Error(`${what} did not happen within ${timeoutMs / 1000} s; the logs are in ${paths.logs}`);
    await wait(100);
  }
}

async function start(...names: readonly string[]): Promise<void> {
  await Promise.all(
    names
      .flatMap((name) => components.get(name) ?? [])
      .map(async (component) => {
        component.start();
        await component.ready();
      }),
  );
}

async function importImages(): Promise<void> {
  const archive = join(paths.data, 'images.tar');
  const busybox = (await runCommand('sh', ['-c', 'command -v busybox'])).trim();
  writeWhole(archive, await imageArchive(busybox));
  await runCommand('ctr', ['--address', containerdSocket, '-n', 'k8s.io', 'images', 'import', archive]);
}

async function createFirstObjects(): Promise<void> {
  for (const {path, body} of firstObjects(plan)) {
    const {status, text} = await call(path, 'POST', body);
    if (status >= 300 && status !== 409) throw new Error(`the API server refused POST ${path}: ${text}`);
  }
}

async function isNodeReady(): Promise<boolean> {
  const {status, text} = await call(`/api/v1/nodes/${realNode}`);
  if (status !== 200) return false;
  const node = JSON.parse(text) as {spec: {taints?: unknown[]}; status: {conditions?: {type: string; status: string}[]}};
  const isReady = node.status.conditions?.some(({type, status: is}) => type === 'Ready' && is === 'True') ?? false;
  return isReady && (node.spec.taints ?? []).length === 0;
}

/** A pod cannot be created before its namespace has the default service account and the root certificate. */
async function areNamespacesReady(): Promise<boolean> {
  const needed = ['default', ...teamNamespaces].flatMap((namespace) => [
    `/api/v1/namespaces/${namespace}/serviceaccounts/default`,
    `/api/v1/namespaces/${namespace}/configmaps/kube-root-ca.crt`,
  ]);
  const answers = await Promise.all(needed.map((path) => call(path)));
  return answers.every(({status}) => status === 200);
}

async function bootNode(): Promise<void> {
  if (plan.mode !== 'full') return;
  await start('containerd');
  await importImages();
}

async function boot(): Promise<void> {
  if (plan.mode === 'full') {
    say('making mounts, cgroups and the bridge');
    await makeMounts(paths);
    makeCgroups(paths);
    await makeBridge(paths, plan.subnet);
  }
  say(`starting etcd and the API server${plan.mode === 'full' ? ', and containerd beside them' : ''}`);
  const node = bootNode();
  // Its failure is met below; here it must not count as unhandled while the API server is still starting.
  node.catch(() => undefined);
  await start('issuer', 'etcd');
  await start('kube-apiserver');
  if (plan.mode === 'store') return;
  say('starting the controllers and the nodes');
  const others = start('kube-controller-manager', 'kube-scheduler', 'kwok', 'metrics-server');
  others.catch(() => undefined);
  await createFirstObjects();
  await node;
  await Promise.all([start('kubelet'), others]);
  say('waiting for nodes, service accounts and the metrics API');
  await waitFor('the default service accounts and root certificates', areNamespacesReady);
  if (plan.mode === 'full') {
    await waitFor(`the node ${realNode} becoming ready`, isNodeReady);
    await waitFor('the metrics API becoming available', async () => (await call('/apis/metrics.k8s.io/v1beta1')).status === 200);
  }
}

const actions: Readonly<Record<string, (component: RunningComponent) => Promise<void> | void>> = {
  stop: (component) => component.stop(),
  kill: (component) => component.stop('SIGKILL'),
  start: async (component) => {
    component.start();
    await component.ready();
  },
  restart: async (component) => {
    await component.stop();
    component.start();
    await component.ready();
  },
  pause: (component) => component.pause(),
  resume: async (component) => {
    component.resume();
    await component.ready();
  },
};

async function control(request: IncomingMessage): Promise<{status: number; body: unknown}> {
  if (request.headers.authorization !== `Bearer ${plan.controlToken}`) return {status: 401, body: {error: 'no'}};
  const [, name = '', verb = ''] = /^\/components\/([a-z-]+)\/([a-z]+)$/.exec(request.url ?? '') ?? [];
  const component = components.get(name);
  const action = Object.hasOwn(actions, verb) ? actions[verb] : undefined;
  if (request.method !== 'POST' || !component || !action) {
    return {
      status: 404,
      body: {
        error: `no such control; components are ${[...components.keys()].join(', ')}, verbs ${Object.keys(actions).join(', ')}`,
      },
    };
  }
  await action(component);
  return {status: 200, body: component.state};
}

function serveControls(): void {
  createServer((request, response) => {
    control(request)
      .catch((error: unknown) => ({status: 500, body: {error: (error as Error).message}}))
      .then(({status, body}) => response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body)))
      .catch(() => response.destroy());
  }).listen(plan.ports.control, '127.0.0.1');
}

try {
  await boot();
  serveControls();
  phase = 'ready';
  say('ready');
} catch (error) {
  phase = 'failed';
  say((error as Error).message);
  // Leaving ends the namespaces: nothing half-started stays behind.
  process.exit(1);
}
