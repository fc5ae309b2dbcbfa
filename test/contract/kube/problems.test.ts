// What kdeck says when it cannot connect, held to what kubectl says about the same kubeconfig and flags.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {errorText} from '../../../src/cli/errors.ts';
import type {ConnectionFlags} from '../../../src/operations/cluster.ts';
import {openCluster} from '../../../src/operations/connect.ts';
import {closedPort} from '../../support/wire-faults/sockets.ts';
import {facts, onCluster} from './real-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'kdeck-problems-'));
const WORDS: Readonly<Record<string, string>> = {
  insecureSkipTlsVerify: 'insecure-skip-tls-verify',
  certificateAuthority: 'certificate-authority',
  tlsServerName: 'tls-server-name',
};

/** kubectl's last words: what it prints before them is its log. */
const kubectl = (verb: readonly string[], flags: ConnectionFlags): string => {
  const args = Object.entries(flags).map(([name, value]) => `--${WORDS[name] ?? name}=${String(value)}`);
  const {stderr} = spawnSync(facts().kubectl, [...verb, ...args, `--cache-dir=${folder}/kubectl`], {
    cwd: folder,
    env: {HOME: folder, PATH: process.env['PATH']},
    encoding: 'utf8',
  });
  return stderr.replace(/^[EWI]\d{4} .*\n(?:\t.*\n)*/gm, '');
};

const kdeck = async (verb: readonly string[], flags: ConnectionFlags): Promise<string> => {
  try {
    const {client} = await openCluster(
      {...flags, cacheDir: folder},
      {transport: 'once', env: {HOME: folder, PATH: process.env['PATH']}, command: `kubectl ${verb[0]}`},
    );
    await using closing = client;
    await closing.request({path: '/api'});
    return '';
  } catch (error) {
    return errorText(error);
  }
};

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

// Without any credentials kubectl asks for a name and password of a kind no server takes any more; kdeck goes on as nobody.
const one = (cluster: string, user = '{token: t}'): string =>
  `current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: ${cluster}}]\nusers: [{name: u, user: ${user}}]\n`;
const GET = ['get', 'pods'];

describe.skipIf(!onCluster)('problems', () => {
  const same = async (flags: ConnectionFlags, verb: readonly string[] = GET): Promise<void> => {
    const theirs = kubectl(verb, flags);
    expect(theirs).not.toBe('');
    expect(await kdeck(verb, flags)).toBe(theirs);
  };
  const exec = (fields: string): string =>
    one(`{server: "${facts().server}", insecure-skip-tls-verify: true}`, `{exec: {${fields}}}`);

  test('nobody listens', async () =>
    same({kubeconfig: write('refused', one(`{server: "https://127.0.0.1:${await closedPort()}"}`))}));
  test('there is no kubeconfig', () => same({}));
  test('the file is missing', () => same({kubeconfig: join(folder, 'none')}));
  test('the file is a folder', () => same({kubeconfig: folder}));
  test('a stranger signed the server', () => same({kubeconfig: write('stranger', one(`{server: "${facts().server}"}`))}));
  test('the server has another name', () =>
    same({kubeconfig: facts().kubeconfigs.admin, tlsServerName: 'other.example.com'}).catch(async () => {
      // kubectl lists the names in an order of its own.
      expect(await kdeck(GET, {kubeconfig: facts().kubeconfigs.admin, tlsServerName: 'other.example.com'})).toMatch(
        /^Unable to connect to the server: tls: failed to verify certificate: x509: certificate is valid for .*, not other\.example\.com\n$/,
      );
    }));
  test('a CA that is none', () =>
    same({kubeconfig: write('ca', one(`{server: "${facts().server}", certificate-authority-data: eHl6}`))}));
  test('a CA file that is missing', () =>
    same({kubeconfig: write('cafile', one(`{server: "${facts().server}", certificate-authority: nofile}`))}));
  test('no such context', () => same({kubeconfig: facts().kubeconfigs.admin, context: 'x'}));
  test('no such context, asked late', () => same({kubeconfig: facts().kubeconfigs.admin, context: 'x'}, ['api-resources']));
  test('no such context, with a namespace', () => same({kubeconfig: facts().kubeconfigs.admin, context: 'x', namespace: 'y'}));
  test('no such cluster', () => same({kubeconfig: facts().kubeconfigs.admin, cluster: 'x'}));
  test('no such user', () => same({kubeconfig: facts().kubeconfigs.admin, user: 'x'}));
  test('a current context that is gone', () => same({kubeconfig: write('gone', 'current-context: gone')}));
  test('many things wrong', () =>
    same({
      kubeconfig: write(
        'many',
        one(
          '{server: "https://x", certificate-authority: nofile, certificate-authority-data: eA==}',
          '{client-certificate: nocert, token: a, username: b, as-uid: x}',
        ),
      ),
    }));
  test('a number for a token', () => same({kubeconfig: write('number', one('{server: "https://x"}', '{token: 123}'))}));
  test('a token file that is missing', () =>
    same({
      kubeconfig: write('tokenfile', one(`{server: "${facts().server}", insecure-skip-tls-verify: true}`, '{tokenFile: nofile}')),
    }));
  test('a plugin that fails', () =>
    same({
      kubeconfig: write('fails', exec('apiVersion: client.authentication.k8s.io/v1, command: /bin/false, interactiveMode: Never')),
    }));
  test('a plugin that is missing', async () => {
    const kubeconfig = write(
      'missing',
      exec('apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, interactiveMode: Never, installHint: get it'),
    );
    // kubectl asks five times and gives the hint with the first ones, into its log; the sentence is the same.
    expect(await kdeck(GET, {kubeconfig})).toContain(
      'Unable to connect to the server: getting credentials: exec: executable no-such-plugin not found',
    );
    expect(kubectl(GET, {kubeconfig})).toContain(
      'Unable to connect to the server: getting credentials: exec: executable no-such-plugin not found',
    );
  });
  test('a plugin of an old protocol', () =>
    same({kubeconfig: write('old', exec('apiVersion: client.authentication.k8s.io/v1alpha1, command: x'))}));
  test('a plugin that needs a terminal', () =>
    same({
      kubeconfig: write('terminal', exec('apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Always')),
    }));
  test('an auth provider that is gone', () =>
    same({
      kubeconfig: write(
        'gcp',
        one(`{server: "${facts().server}", insecure-skip-tls-verify: true}`, '{auth-provider: {name: gcp}}'),
      ),
    }));
  test('an OIDC login without a way back', () =>
    same({
      kubeconfig: write(
        'oidc',
        one(
          `{server: "${facts().server}", insecure-skip-tls-verify: true}`,
          '{auth-provider: {name: oidc, config: {idp-issuer-url: "https://127.0.0.1:1", client-id: x}}}',
        ),
      ),
    }));
});
