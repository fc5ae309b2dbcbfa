// The test cluster keeps its promises: users have their rights and no more, tokens expire, programs can be stopped and
// held, a crashed run is cleaned up, and nothing stays behind. On small clusters of its own beside the shared one.
import {execFile} from 'node:child_process';
import {copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {ask} from '../../support/cluster/api.ts';
import * as controls from '../../support/cluster/controls.ts';
import {clusterFacts, componentStatus, runningCluster, stopCluster, type ClusterFacts} from '../../support/cluster/harness.ts';
import {runPaths} from '../../support/cluster/paths.ts';
import {processesOf, remainsOf} from '../../support/cluster/remains.ts';
import {churnPods, scaledCluster} from '../../support/cluster/scale.ts';

const name = 'harness-test';
let facts: ClusterFacts;
const scratch = mkdtempSync(join(tmpdir(), 'kdeck-harness-'));

beforeAll(async () => {
  facts = await runningCluster({name, mode: 'control-plane'});
});

afterAll(async () => {
  for (const each of [name, 'harness-crash', 'harness-twice', 'harness-scale']) await stopCluster(each);
  rmSync(scratch, {recursive: true, force: true});
});

/** Runs the cluster's kubectl; gives its exit code and all it said. */
function kubectl(kubeconfig: string | undefined, ...args: string[]): Promise<{code: number; output: string}> {
  return new Promise((done) => {
    const env = {PATH: process.env['PATH'], HOME: scratch, KUBECONFIG: kubeconfig};
    execFile(facts.kubectl, args, {env, timeout: 30_000}, (error, stdout, stderr) => {
      done({code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr});
    });
  });
}

describe('users', () => {
  const {limited, readonly, oidc, exec, certificate} = {
    limited: 'limited',
    readonly: 'readonly',
    oidc: 'oidc',
    exec: 'exec',
    certificate: 'certificate',
  } as const;

  test.each([
    [limited, 'delete pods -n team-a', 'yes'],
    [limited, 'create deployments.apps -n team-b', 'yes'],
    [limited, 'get pods -n default', 'no'],
    [limited, 'list namespaces -A', 'no'],
    [limited, 'list nodes -A', 'no'],
    [readonly, 'list pods -A', 'yes'],
    [readonly, 'watch nodes', 'yes'],
    [readonly, 'get secrets -n team-a', 'no'],
    [readonly, 'delete pods -n team-a', 'no'],
    [oidc, 'delete pods -n team-a', 'yes'],
    [oidc, 'delete pods -n default', 'no'],
    [exec, 'delete pods -n team-a', 'yes'],
    [exec, 'delete pods -n default', 'no'],
    [certificate, 'list pods -A', 'yes'],
    [certificate, 'delete pods -n default', 'no'],
    ['admin', 'delete nodes', 'yes'],
  ] as const)('%s: may I %s? %s', async (user, question, answer) => {
    const {output} = await kubectl(facts.kubeconfigs[user], 'auth', 'can-i', ...question.split(' '));
    // Warnings, such as "nodes is not namespace scoped", come before or after on stderr.
    expect(output.split('\n').filter((line) => line === 'yes' || line === 'no')).toEqual([answer]);
  });

  test('the read-only user reads figures, the limited user does not', async () => {
    // Only a full cluster has metrics: the shared one, which this only reads.
    const {kubeconfigs} = await runningCluster();
    const nodes = '/apis/metrics.k8s.io/v1beta1/nodes';
    expect((await kubectl(kubeconfigs.readonly, 'get', '--raw', nodes)).output).toContain('NodeMetricsList');
    expect((await kubectl(kubeconfigs.limited, 'get', '--raw', nodes)).output).toContain('forbidden');
  });

  test('each kubeconfig is for its owner only and names the one it is for', async () => {
    const names: Record<string, string> = {};
    for (const [user, path] of Object.entries(facts.kubeconfigs)) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      names[user] = (await kubectl(path, 'auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}')).output;
    }
    expect(names).toEqual({
      admin: 'admin',
      limited: 'limited',
      readonly: 'readonly',
      oidc: 'oidc:olive',
      exec: 'oidc:edgar',
      certificate: 'carla',
    });
  });
});

describe('logins', () => {
  const statusWith = async (token: string): Promise<number> =>
    (
      await ask(`${facts.server}/api/v1/namespaces/team-a/pods`, {
        token,
        authority: readFileSync(facts.certificateAuthority, 'utf8'),
      })
    ).status;

  test('a token of the issuer is good until it expires, and not for long after', async () => {
    const person = {user: 'edgar', groups: ['kdeck-exec'], audience: 'kdeck-exec'};
    const token = await controls.signedToken(facts, {...person, lifetimeSeconds: 3});
    expect(await statusWith(token)).toBe(200);
    // The API server remembers a good token for 10 seconds.
    await expect.poll(() => statusWith(token), {timeout: 20_000, interval: 500}).toBe(401);
    expect(await statusWith(await controls.signedToken(facts, {...person, lifetimeSeconds: -5}))).toBe(401);
  });

  test('the exec plugin gives tokens of 30 seconds and notes each run', async () => {
    await controls.resetIssuer(facts);
    const before = controls.execPluginRuns(facts).length;
    expect((await kubectl(facts.kubeconfigs.exec, 'get', 'pods', '-n', 'team-a')).code).toBe(0);
    const runs = controls.execPluginRuns(facts).slice(before);
    expect(runs).toMatchObject([{apiVersion: 'client.authentication.k8s.io/v1', interactive: false, isTerminal: false}]);
    const {behaviour, counts} = await controls.issuerReport(facts);
    expect(behaviour.execLifetimeSeconds).toBe(30);
    expect(counts.execTokens).toBe(1);
    await controls.setIssuer(facts, {exec: 'broken'});
    expect((await kubectl(facts.kubeconfigs.exec, 'get', 'pods', '-n', 'team-a')).output).toContain(
      'login failed: the login has expired',
    );
    await controls.resetIssuer(facts);
  });

  test('an expired id token is refreshed, unless the issuer revokes the refresh token', async () => {
    const expired = await controls.signedToken(facts, {
      user: 'olive',
      groups: ['kdeck-oidc'],
      audience: 'kdeck-oidc',
      lifetimeSeconds: -5,
    });
    const copy = join(scratch, 'oidc.yaml');
    const stale = readFileSync(facts.kubeconfigs.oidc ?? '', 'utf8').replace(/id-token: .*/, `id-token: ${expired}`);
    writeFileSync(copy, stale);
    await controls.setIssuer(facts, {refresh: 'revoked'});
    expect((await kubectl(copy, 'get', 'pods', '-n', 'team-a')).output).toContain('the refresh token is not valid any more');
    await controls.resetIssuer(facts);
    expect((await kubectl(copy, 'get', 'pods', '-n', 'team-a')).output).toContain('No resources found');
    expect((await controls.issuerReport(facts)).counts).toMatchObject({refreshes: 1});
    expect(readFileSync(copy, 'utf8')).not.toContain(expired);
    // With rotation the refresh token of the old copy is used up by the first refresh.
    await controls.setIssuer(facts, {isRotating: true});
    const second = join(scratch, 'second.yaml');
    writeFileSync(copy, stale);
    copyFileSync(copy, second);
    expect((await kubectl(copy, 'get', 'pods', '-n', 'team-a')).code).toBe(0);
    expect((await kubectl(second, 'get', 'pods', '-n', 'team-a')).output).toContain('invalid_grant');
    await controls.resetIssuer(facts);
  });
});

describe('outages', () => {
  const nodes = (): Promise<{code: number; output: string}> =>
    kubectl(facts.kubeconfigs.admin, 'get', 'nodes', '--request-timeout=2s');

  test('a stopped API server refuses, a held one is silent, and both come back with their data', async () => {
    expect((await nodes()).output).toContain('kwok-0');
    await controls.stopComponent(facts, 'kube-apiserver');
    expect(componentStatus(name)['kube-apiserver']).toMatchObject({state: 'stopped', pid: null});
    expect((await nodes()).output).toContain('was refused');
    await controls.startComponent(facts, 'kube-apiserver');
    expect((await nodes()).output).toContain('kwok-0');
    await controls.pauseComponent(facts, 'kube-apiserver');
    expect(componentStatus(name)['kube-apiserver']?.state).toBe('paused');
    expect((await nodes()).output).toMatch(/Timeout|timeout|deadline/);
    await controls.resumeComponent(facts, 'kube-apiserver');
    expect((await nodes()).output).toContain('kwok-0');
  });

  test('a killed etcd takes the API server out of service until it is started again', async () => {
    await controls.killComponent(facts, 'etcd');
    expect(componentStatus(name)['etcd']).toMatchObject({state: 'stopped', ended: 'SIGKILL'});
    expect((await nodes()).code).not.toBe(0);
    await controls.startComponent(facts, 'etcd');
    await expect.poll(async () => (await nodes()).output, {timeout: 30_000}).toContain('kwok-0');
  });

  test('a restarted component is another process', async () => {
    const before = componentStatus(name)['kube-scheduler']?.pid;
    await controls.restartComponent(facts, 'kube-scheduler');
    const after = componentStatus(name)['kube-scheduler'];
    expect(after).toMatchObject({state: 'running', pid: expect.any(Number) as number});
    expect(after?.pid).not.toBe(before);
  });

  test('an unknown component is an error that names the known ones', async () => {
    await expect(controls.stopComponent(facts, 'nothing' as controls.ComponentName)).rejects.toThrow(/components are issuer, etcd/);
  });
});

describe('lifetime', () => {
  test('a run whose supervisor was killed is down, and the next start cleans it up', async () => {
    const own = 'harness-crash';
    const first = await runningCluster({name: own, mode: 'store'});
    const supervisor = processesOf(runPaths(own)).find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/supervisor.ts\0'),
    );
    const processes = processesOf(runPaths(own));
    expect(processes.length).toBeGreaterThanOrEqual(5);
    process.kill(supervisor ?? 0, 'SIGKILL');
    await expect.poll(() => processesOf(runPaths(own)), {timeout: 10_000}).toEqual([]);
    expect(clusterFacts(own)).toBeUndefined();
    const said: string[] = [];
    const second = await runningCluster({name: own, say: (line) => said.push(line), mode: 'store'});
    expect(said).toContain(`cleaning up an earlier run of the cluster ${own}`);
    expect(second.controls.token).not.toBe(first.controls.token);
    await stopCluster(own);
    expect(remainsOf(runPaths(own))).toEqual([]);
  });

  test('two that ask at once get the same cluster', async () => {
    const own = 'harness-twice';
    const [one, two] = await Promise.all([runningCluster({name: own, mode: 'store'}), runningCluster({name: own, mode: 'store'})]);
    expect(one).toEqual(two);
    await expect(runningCluster({name: own, mode: 'control-plane'})).rejects.toThrow(/is up as store/);
  });

  test('a filled cluster holds its pods and changes them at the asked rate', async () => {
    const own = 'harness-scale';
    const big = await scaledCluster(400, own);
    expect((await kubectl(big.kubeconfigs.admin, 'get', 'pods', '-A', '-o', 'name')).output.trim().split('\n')).toHaveLength(400);
    await expect(scaledCluster(500, own)).rejects.toThrow(/holds 400 pods/);
    const version = async (): Promise<number> =>
      Number(
        /"resourceVersion":"(\d+)"/.exec(
          (await kubectl(big.kubeconfigs.admin, 'get', '--raw', '/api/v1/pods?limit=1')).output,
        )?.[1],
      );
    const before = await version();
    const {changes, seconds} = await churnPods(big, {rate: 200, seconds: 1});
    expect(changes).toBe(200);
    expect(seconds).toBeGreaterThan(0.9);
    expect((await version()) - before).toBeGreaterThanOrEqual(200);
  });
});
