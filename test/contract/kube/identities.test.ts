// Every kind of user against the real API server: who they are to it, when their logins end, what they may not do.
import {chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {editKubeconfig} from '../../../src/kube/kubeconfig/edit.ts';
import {readKubeconfigFile} from '../../../src/kube/kubeconfig/read.ts';
import type {Cluster} from '../../../src/operations/cluster.ts';
import {openCluster} from '../../../src/operations/connect.ts';
import {ask} from '../../support/cluster/api.ts';
import {people, type TokenFor} from '../../support/cluster/tokens.ts';
import {facts, onCluster, openAs} from './real-client.ts';

const whoAmI = async ({client}: Pick<Cluster, 'client'>): Promise<{username: string; groups: string[]}> => {
  const answer = await client.request({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: {apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'},
    harmless: true,
  });
  return answer.json<{status: {userInfo: {username: string; groups: string[]}}}>().status.userInfo;
};

/** A token of the cluster's own issuer, with any lifetime. */
const tokenFor = async (who: TokenFor): Promise<string> => {
  const {controls} = facts();
  const answer = await ask(`${controls.issuer}/sign`, {method: 'POST', token: controls.token, body: who});
  return (JSON.parse(answer.text) as {token: string}).token;
};

/** A copy of a user's kubeconfig that a test may change. */
const copyOf = (user: 'exec' | 'oidc'): {folder: string; file: string; sources: {files: string[]; explicit: true}} => {
  const folder = mkdtempSync(join(tmpdir(), 'kdeck-identity-'));
  const file = join(folder, 'config');
  copyFileSync(facts().kubeconfigs[user] ?? '', file);
  return {folder, file, sources: {files: [file], explicit: true}};
};

describe.skipIf(!onCluster)('identities', () => {
  describe.each(['once', 'live'] as const)('%s', (transport) => {
    test.each([
      ['admin', 'admin'],
      ['limited', 'limited'],
      ['readonly', 'readonly'],
      ['certificate', 'carla'],
      ['exec', people.exec.user],
      ['oidc', people.oidc.user],
    ] as const)('%s is %s to the server', async (user, name) => {
      const cluster = await openAs(user, transport);
      await using client = cluster.client;
      const me = await whoAmI({client});
      expect(me.username).toContain(name);
      expect(me.groups).toContain('system:authenticated');
    });

    test('impersonation arrives', async () => {
      const cluster = await openAs('admin', transport, {
        as: 'jane',
        asGroup: ['one', 'two'],
        asUserExtra: ['example.com/team=blue'],
      });
      await using client = cluster.client;
      expect(await whoAmI({client})).toMatchObject({
        username: 'jane',
        groups: ['one', 'two', 'system:authenticated'],
        extra: {'example.com/team': ['blue']},
      });
    });
  });

  test("the limited user is refused in kubectl's words", async () => {
    const cluster = await openAs('limited');
    await using client = cluster.client;
    expect(cluster.namespace).toBe('team-a');
    await client.request({path: '/api/v1/namespaces/team-a/pods'});
    await expect(client.request({path: '/api/v1/pods'})).rejects.toMatchObject({
      code: 'KD-SERVER-FORBIDDEN',
      message: 'pods is forbidden: User "limited" cannot list resource "pods" in API group "" at the cluster scope',
      tryThis: ['kubectl auth can-i list pods'],
    });
    await expect(client.request({path: '/api/v1/pods', accept: 'application/vnd.kubernetes.protobuf'})).rejects.toMatchObject({
      message: 'pods is forbidden: User "limited" cannot list resource "pods" in API group "" at the cluster scope',
    });
    await expect(
      client.connect({path: '/api/v1/namespaces/team-z/pods/x/exec', query: {command: 'sh', stdout: true}}, ['v5.channel.k8s.io']),
    ).rejects.toMatchObject({
      code: 'KD-SERVER-FORBIDDEN',
    });
  });

  test.each(['once', 'live'] as const)(
    "a plugin's token that the server takes for expired is renewed, over %s",
    async (transport) => {
      const {folder, file, sources} = copyOf('exec');
      const expired = await tokenFor({...people.exec, lifetimeSeconds: -30});
      const runs = join(folder, 'runs');
      const real = (await readKubeconfigFile(file))?.users.get('exec')?.value.exec;
      // The first run gives a token that has ended without saying so, the next ones run the real plugin.
      const wrapper = join(folder, 'plugin');
      const first = JSON.stringify({apiVersion: real?.apiVersion, kind: 'ExecCredential', status: {token: expired}});
      const words = [real?.command ?? '', ...(real?.args ?? [])].map((word) => `'${word}'`).join(' ');
      writeFileSync(
        wrapper,
        `#!/bin/sh\necho run >> '${runs}'\n[ $(wc -l < '${runs}') = 1 ] && { echo '${first}'; exit 0; }\nexec ${words}\n`,
      );
      chmodSync(wrapper, 0o700);
      await editKubeconfig(sources, (editor) =>
        editor.change('users', 'exec', (user) => Object.assign(user['exec'] as object, {command: wrapper, args: []})),
      );

      let now = Date.now();
      const cluster = await openCluster(
        {kubeconfig: file, cacheDir: folder},
        {transport, env: process.env, clock: {now: () => new Date(now)}},
      );
      await using client = cluster.client;
      const everybody = await Promise.all([1, 2, 3].map(() => whoAmI({client})));
      expect(everybody.map(({username}) => username)).toEqual(Array(3).fill(everybody[0]?.username));
      expect(everybody[0]?.username).toContain(people.exec.user);
      expect(readFileSync(runs, 'utf8').trim().split('\n')).toHaveLength(2);
      // Its tokens live 30 seconds: within them no run, after them one.
      await whoAmI({client});
      expect(readFileSync(runs, 'utf8').trim().split('\n')).toHaveLength(2);
      now += 31_000;
      await Promise.all([whoAmI({client}), whoAmI({client})]);
      expect(readFileSync(runs, 'utf8').trim().split('\n')).toHaveLength(3);
    },
  );

  test('an OIDC login that has ended is refreshed at the issuer and kept in the kubeconfig', async () => {
    const {folder, file, sources} = copyOf('oidc');
    const expired = await tokenFor({...people.oidc, lifetimeSeconds: -30});
    await editKubeconfig(sources, (editor) =>
      editor.change('users', 'oidc', (user) =>
        Object.assign((user['auth-provider'] as {config: object}).config, {'id-token': expired}),
      ),
    );
    const cluster = await openCluster({kubeconfig: file, cacheDir: folder}, {transport: 'once', env: process.env});
    await using client = cluster.client;
    expect((await whoAmI({client})).username).toContain(people.oidc.user);
    const config = (await readKubeconfigFile(file))?.users.get('oidc')?.value['auth-provider']?.config;
    expect(config?.['id-token']).not.toBe(expired);
    expect(config?.['refresh-token']).toMatch(/^refresh-/);
    expect(existsSync(`${file}.lock`)).toBe(false);
    // The kubeconfig is good for the next program as it stands: kubectl's own parser reads the same token.
    const again = await openCluster({kubeconfig: file, cacheDir: folder}, {transport: 'once', env: process.env});
    await using second = again.client;
    expect((await whoAmI({client: second})).username).toContain(people.oidc.user);
    expect((await readKubeconfigFile(file))?.users.get('oidc')?.value['auth-provider']?.config).toEqual(config);
  });

  test('a refresh token the issuer does not know is an expired login', async () => {
    const {folder, file, sources} = copyOf('oidc');
    await editKubeconfig(sources, (editor) =>
      editor.change('users', 'oidc', (user) =>
        Object.assign((user['auth-provider'] as {config: object}).config, {'id-token': '', 'refresh-token': 'stolen'}),
      ),
    );
    const cluster = await openCluster({kubeconfig: file, cacheDir: folder}, {transport: 'once', env: process.env});
    await using client = cluster.client;
    await expect(whoAmI({client})).rejects.toMatchObject({
      code: 'KD-LOGIN-EXPIRED',
      message: expect.stringContaining('invalid_grant') as string,
    });
  });

  test("a bad token is a 401 in the server's words", async () => {
    const cluster = await openAs('admin', 'once', {token: 'nonsense'});
    await using client = cluster.client;
    await expect(whoAmI({client})).rejects.toMatchObject({
      code: 'KD-SERVER-UNAUTHORIZED',
      message: 'Unauthorized',
      httpStatus: 401,
    });
  });
});
