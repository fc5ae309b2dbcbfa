// What tests may do to a running cluster: stop, hold and restart its programs, and make its identity provider fail.
import {readFileSync} from 'node:fs';
import {ask} from './api.ts';
import type {ExecPluginRun} from './exec-plugin.ts';
import type {ClusterFacts} from './harness.ts';
import type {IssuerBehaviour, IssuerCounts} from './issuer.ts';
import type {TokenFor} from './tokens.ts';

/** The programs of a full cluster; a smaller one has fewer. */
export type ComponentName =
  | 'issuer'
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kwok'
  | 'containerd'
  | 'kubelet'
  | 'metrics-server';

async function post(url: string, token: string, body: unknown = {}): Promise<unknown> {
  const {status, text} = await ask(url, {method: 'POST', token, body, timeoutMs: 120_000});
  const answer = JSON.parse(text) as {error?: string};
  if (status !== 200) throw new Error(`the cluster's control ${url} answered ${status}: ${answer.error ?? text}`);
  return answer;
}

async function act({controls}: ClusterFacts, component: ComponentName, verb: string): Promise<void> {
  await post(`${controls.supervisor}/components/${component}/${verb}`, controls.token);
}

/** Ends a component in good order and waits until it is gone. Its port refuses connections afterwards. */
export const stopComponent = (facts: ClusterFacts, component: ComponentName): Promise<void> => act(facts, component, 'stop');

/** Ends a component at once, as a crash does. */
export const killComponent = (facts: ClusterFacts, component: ComponentName): Promise<void> => act(facts, component, 'kill');

/** Starts a stopped component, on its old port and with its old data, and waits until it answers. */
export const startComponent = (facts: ClusterFacts, component: ComponentName): Promise<void> => act(facts, component, 'start');

/** Stops and starts a component. */
export const restartComponent = (facts: ClusterFacts, component: ComponentName): Promise<void> => act(facts, component, 'restart');

/** Holds a component: its connections stay open and nothing answers, as with a network that was cut. */
export const pauseComponent = (facts: ClusterFacts, component: ComponentName): Promise<void> => act(facts, component, 'pause');

/** Lets a held component go on and waits until it answers. */
export const resumeComponent = (facts: ClusterFacts, component: ComponentName): Promise<void> => act(facts, component, 'resume');

/** The identity provider's present behaviour and what it has given out. */
export type IssuerReport = {readonly behaviour: IssuerBehaviour; readonly counts: IssuerCounts};

/** Changes how the identity provider behaves, for example `{refresh: 'revoked'}`. */
export async function setIssuer({controls}: ClusterFacts, change: Partial<IssuerBehaviour>): Promise<IssuerReport> {
  return (await post(controls.issuer, controls.token, change)) as IssuerReport;
}

/** The identity provider as it was at the start, with counts at 0. */
export async function resetIssuer({controls}: ClusterFacts): Promise<IssuerReport> {
  return (await post(`${controls.issuer}/reset`, controls.token)) as IssuerReport;
}

/** How often the identity provider gave which token. */
export async function issuerReport(facts: ClusterFacts): Promise<IssuerReport> {
  return setIssuer(facts, {});
}

/** A token of the cluster's issuer for anyone; a negative lifetime gives one that has expired. */
export async function signedToken({controls}: ClusterFacts, person: TokenFor): Promise<string> {
  return ((await post(`${controls.issuer}/sign`, controls.token, person)) as {token: string}).token;
}

/** Every run of the exec plugin since the cluster came up. */
export function execPluginRuns({execPluginLog}: ClusterFacts): ExecPluginRun[] {
  let text: string;
  try {
    text = readFileSync(execPluginLog, 'utf8');
  } catch {
    return [];
  }
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExecPluginRun);
}
