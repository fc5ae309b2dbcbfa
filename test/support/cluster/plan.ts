// What one run will be: decided once by `up`, written to the run's folder, and read by every process of the run.
import {randomBytes} from 'node:crypto';
import {readdirSync} from 'node:fs';
import {createServer} from 'node:net';
import {networkInterfaces} from 'node:os';
import {join} from 'node:path';
import type {Binaries} from './binaries.ts';
import {readJson} from './files.ts';
import {cacheFolder, runPaths} from './paths.ts';

/**
 * `full`: everything, with a real node. `control-plane`: no kubelet, no containers and no metrics; simulated nodes take
 * the pods. `store`: etcd and kube-apiserver alone, for huge numbers of objects that no controller may touch.
 */
export type Mode = 'full' | 'control-plane' | 'store';

const portNames = [
  'control',
  'issuer',
  'etcd',
  'etcdPeer',
  'apiserver',
  'controllerManager',
  'scheduler',
  'kubelet',
  'kubeletHealth',
  'containerd',
  'kwok',
  'metricsServer',
] as const;

export type Ports = Readonly<Record<(typeof portNames)[number], number>>;

export type Plan = {
  readonly name: string;
  readonly mode: Mode;
  readonly binaries: Binaries;
  readonly ports: Ports;
  /** First three bytes of the pods' /24, for example `10.203.7`. */
  readonly subnet: string;
  readonly kwokNodes: number;
  /** Bearer tokens: of people, of the control plane's own programs, and of the kubelet. */
  readonly tokens: Readonly<Record<'admin' | 'limited' | 'readonly' | 'component' | 'kubelet', string>>;
  /** Bearer token of the supervisor's and the issuer's test controls. */
  readonly controlToken: string;
  readonly created: string;
};

/** The real node's name in every full run. */
export const realNode = 'node-1';

/** The namespaces the limited user may use. */
export const teamNamespaces = ['team-a', 'team-b'] as const;

function otherPlans(name: string): Plan[] {
  let names: string[] = [];
  try {
    names = readdirSync(join(cacheFolder(), 'runs'));
  } catch {
    // No run yet.
  }
  return names
    .filter((other) => other !== name && /^[a-z0-9-]+$/.test(other))
    .flatMap((other) => (readJson(runPaths(other).plan) as Plan | undefined) ?? []);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

async function freePorts(taken: ReadonlySet<number>): Promise<Ports> {
  const found: number[] = [];
  // Below the range the kernel hands out to outgoing connections, so that nothing grabs one before its owner listens.
  for (let port = 20_000 + Math.floor(Math.random() * 9_000); found.length < portNames.length; port++) {
    if (port > 32_000) port = 20_000;
    if (!taken.has(port) && (await isFree(port))) found.push(port);
  }
  return Object.fromEntries(portNames.map((name, index) => [name, found[index]])) as Ports;
}

function freeSubnet(taken: ReadonlySet<string>): string {
  const local = Object.values(networkInterfaces()).flatMap((all) => all?.map(({address}) => address) ?? []);
  for (;;) {
    const subnet = `10.${200 + Math.floor(Math.random() * 50)}.${Math.floor(Math.random() * 256)}`;
    if (!taken.has(subnet) && !local.some((address) => address.startsWith(`${subnet}.`))) return subnet;
  }
}

/** Decides ports, subnet and secrets. Call it while holding the lock of all runs, and write the plan before releasing. */
export async function makePlan(name: string, mode: Mode, binaries: Binaries, kwokNodes: number): Promise<Plan> {
  const others = otherPlans(name);
  const secret = (): string => randomBytes(16).toString('hex');
  return {
    name,
    mode,
    binaries,
    ports: await freePorts(new Set(others.flatMap(({ports}) => Object.values(ports)))),
    subnet: freeSubnet(new Set(others.map(({subnet}) => subnet))),
    kwokNodes,
    tokens: {admin: secret(), limited: secret(), readonly: secret(), component: secret(), kubelet: secret()},
    controlToken: secret(),
    created: new Date().toISOString(),
  };
}

/** The API server's URL. */
export function serverUrl(plan: Plan): string {
  return `https://127.0.0.1:${plan.ports.apiserver}`;
}

/** The OIDC issuer's URL. */
export function issuerUrl(plan: Plan): string {
  return `https://127.0.0.1:${plan.ports.issuer}`;
}
