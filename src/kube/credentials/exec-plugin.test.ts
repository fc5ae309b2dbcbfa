// Credential plugins: what they are told, how often they run, and what is made of their answers and failures.
import {chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {json, unauthorized} from '../../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../../test/support/wire-faults/client.ts';
import {startFaultyServer, type FaultyServer} from '../../../test/support/wire-faults/server.ts';
import type {ClientOptions} from '../open-client.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const V1 = 'client.authentication.k8s.io/v1';

/** A plugin that notes what it was told and then does what the script says; `RUN` is the number of the run. */
const plugin = (script: string): {command: string; runs: () => {env: Record<string, string>; info: Record<string, unknown>}[]} => {
  const folder = mkdtempSync(join(tmpdir(), 'kdeck-plugin-'));
  const command = join(folder, 'get-token');
  const log = join(folder, 'log');
  writeFileSync(
    command,
    `#!${process.execPath}
const {appendFileSync, existsSync, readFileSync} = require('node:fs');
const log = ${JSON.stringify(log)};
appendFileSync(log, JSON.stringify({env: {PLUGIN_VAR: process.env.PLUGIN_VAR, HOME: process.env.HOME}, args: process.argv.slice(2), info: JSON.parse(process.env.KUBERNETES_EXEC_INFO)}) + '\\n');
const RUN = readFileSync(log, 'utf8').trim().split('\\n').length;
const answer = (status, apiVersion = ${JSON.stringify(V1)}) => process.stdout.write(JSON.stringify({apiVersion, kind: 'ExecCredential', status}));
${script}
`,
  );
  chmodSync(command, 0o700);
  return {
    command,
    runs: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
  };
};

const execUser = (command: string, more: Readonly<Record<string, unknown>> = {}): unknown => ({
  exec: {apiVersion: V1, command, interactiveMode: 'Never', ...more},
});

const tokenOf = (server: FaultyServer): (string | string[] | undefined)[] =>
  server.requests.map(({headers}) => headers['authorization']);
const PATH = '/version';

describe.each(['once', 'live'] as const)('%s', (transport) => {
  test('parallel requests run the plugin once, later ones not again', async () => {
    await using server = await startFaultyServer();
    server.always(PATH, json({}));
    const {command, runs} = plugin(`answer({token: 'T' + RUN})`);
    await using client = await clientFor(server.kubeconfig(execUser(command)), {transport});
    await Promise.all(Array.from({length: 10}, () => client.request({path: PATH})));
    await client.request({path: PATH});
    expect(runs()).toHaveLength(1);
    expect(new Set(tokenOf(server))).toEqual(new Set(['Bearer T1']));
  });

  test('a refused token is renewed once and the request repeated', async () => {
    await using server = await startFaultyServer();
    server.always((seen) => seen.headers['authorization'] === 'Bearer T1', unauthorized());
    server.always((seen) => seen.headers['authorization'] === 'Bearer T2', json({ok: true}));
    const {command, runs} = plugin(`answer({token: 'T' + RUN})`);
    await using client = await clientFor(server.kubeconfig(execUser(command)), {transport});
    const answers = await Promise.all(Array.from({length: 5}, () => client.request({path: PATH})));
    expect(answers.map((answer) => answer.json())).toEqual(Array(5).fill({ok: true}));
    expect(runs()).toHaveLength(2);
  });

  test('a certificate from the plugin is used for the connection', async () => {
    await using server = await startFaultyServer({asksForCertificate: true});
    server.always(PATH, json({}));
    const {certificate, key} = server.clientCertificate('from-plugin');
    const {command} = plugin(
      `answer({clientCertificateData: ${JSON.stringify(certificate)}, clientKeyData: ${JSON.stringify(key)}})`,
    );
    await using client = await clientFor(server.kubeconfig(execUser(command)), {transport});
    await client.request({path: PATH});
    expect(server.requests[0]).toMatchObject({clientName: 'from-plugin'});
    expect(tokenOf(server)).toEqual([undefined]);
  });
});

test('credentials are kept until they end', async () => {
  await using server = await startFaultyServer();
  server.always(PATH, json({}));
  const {command, runs} = plugin(
    `answer({token: 'T' + RUN, expirationTimestamp: RUN === 1 ? '2030-01-01T00:00:30Z' : '2030-01-01T00:10:00Z'})`,
  );
  let now = new Date('2030-01-01T00:00:00Z');
  await using client = await clientFor(server.kubeconfig(execUser(command)), {clock: {now: () => now}});
  await client.request({path: PATH});
  now = new Date('2030-01-01T00:00:30Z');
  await client.request({path: PATH});
  expect(runs()).toHaveLength(1);
  now = new Date('2030-01-01T00:00:31Z');
  await client.request({path: PATH});
  expect(tokenOf(server)).toEqual(['Bearer T1', 'Bearer T1', 'Bearer T2']);
});

test('the plugin gets its arguments, its environment and, if wanted, the cluster', async () => {
  await using server = await startFaultyServer();
  server.always(PATH, json({}));
  const {command, runs} = plugin(`answer({token: 'T'}, process.env.PLUGIN_VERSION)`);
  const beta = 'client.authentication.k8s.io/v1beta1';
  const user = execUser(command, {
    apiVersion: beta,
    args: ['--region', 'x'],
    env: [
      {name: 'PLUGIN_VAR', value: 'v'},
      {name: 'PLUGIN_VERSION', value: beta},
    ],
    provideClusterInfo: true,
  });
  const extensions = [{name: 'client.authentication.k8s.io/exec', extension: {audience: 'a'}}];
  await using client = await clientFor(server.kubeconfig(user, {extensions, 'tls-server-name': 'localhost'}), {
    env: {HOME: '/home/me'},
  });
  await client.request({path: PATH});
  expect(runs()).toEqual([
    {
      env: {PLUGIN_VAR: 'v', HOME: '/home/me'},
      args: ['--region', 'x'],
      info: {
        kind: 'ExecCredential',
        apiVersion: beta,
        spec: {
          cluster: {
            server: server.url,
            'tls-server-name': 'localhost',
            'certificate-authority-data': Buffer.from(server.ca).toString('base64'),
            config: {audience: 'a'},
          },
          interactive: false,
        },
      },
    },
  ]);
});

test('a token given by flag needs no plugin', async () => {
  await using server = await startFaultyServer();
  server.always(PATH, json({}));
  const {command, runs} = plugin(`answer({token: 'T'})`);
  await using client = await clientFor(server.kubeconfig(execUser(command)), {}, {token: 'mine'});
  await client.request({path: PATH});
  expect(tokenOf(server)).toEqual(['Bearer mine']);
  expect(runs()).toHaveLength(0);
});

describe('failures', () => {
  const failureOf = async (user: unknown, options: Partial<ClientOptions> = {}): Promise<Record<string, unknown>> => {
    await using server = await startFaultyServer();
    await using client = await clientFor(server.kubeconfig(user), options);
    const error = await client.request({path: PATH}).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(server.requests).toHaveLength(0);
    return error as Record<string, unknown>;
  };
  const quiet = {hooks: {onPluginOutput: () => undefined}};

  test('a plugin that fails is an expired login with its last words', async () => {
    const {command} = plugin(`console.error('Token has expired. Run: login'); process.exit(3)`);
    expect(await failureOf(execUser(command, {args: ['a']}), quiet)).toMatchObject({
      code: 'KD-LOGIN-EXPIRED',
      message: `Unable to connect to the server: getting credentials: exec: executable ${command} failed with exit code 3`,
      plugin: command,
      pluginExitCode: 3,
      lastOutput: 'Token has expired. Run: login',
      tryThis: [`${command} a`],
    });
  });

  test('is not run again for everybody who asks at once or soon after', async () => {
    await using server = await startFaultyServer();
    const {command, runs} = plugin(`process.exit(1)`);
    let now = 0;
    await using client = await clientFor(server.kubeconfig(execUser(command)), {...quiet, clock: {now: () => new Date(now)}});
    const ask = (): Promise<unknown> => client.request({path: PATH}).catch((error: unknown) => error);
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(runs()).toHaveLength(1);
    now = 5000;
    await ask();
    expect(runs()).toHaveLength(2);
  });

  test('a plugin that is not installed brings its hint, without control characters', async () => {
    expect(await failureOf(execUser('no-such-plugin', {installHint: 'get it at\u001b[31m example.com'}))).toMatchObject({
      code: 'KD-LOGIN-PLUGIN-MISSING',
      message: `Unable to connect to the server: getting credentials: exec: executable no-such-plugin not found

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins

get it atU+001B[31m example.com`,
    });
  });

  test.each([
    [
      `answer({token: 'T'}, 'client.authentication.k8s.io/v1beta1')`,
      `exec plugin is configured to use API version ${V1}, plugin returned version client.authentication.k8s.io/v1beta1`,
    ],
    ['answer(undefined)', "exec plugin didn't return a status field"],
    ['answer({})', "exec plugin didn't return a token or cert/key pair"],
    [`answer({clientKeyData: 'k'})`, 'exec plugin returned only certificate or key, not both'],
    [`process.stdout.write('hello')`, /^decoding stdout: couldn't get version\/kind; json parse error: /],
  ])('an answer of %s', async (script, message) => {
    const error = await failureOf(execUser(plugin(script).command));
    expect(error).toMatchObject({code: 'KD-LOGIN-PLUGIN-ANSWER'});
    const said = String(error['detail']).replace('getting credentials: ', '');
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  test('an old version of the protocol is refused before anything runs', async () => {
    await using server = await startFaultyServer();
    const user = execUser('x', {apiVersion: 'client.authentication.k8s.io/v1alpha1'});
    await expect(clientFor(server.kubeconfig(user))).rejects.toThrow(
      'exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"',
    );
  });

  test('a plugin that must have a terminal says so when there is none', async () => {
    // The test runner's standard input is no terminal.
    expect(await failureOf(execUser('x', {interactiveMode: 'Always'}))).toMatchObject({
      code: 'KD-LOGIN-TERMINAL',
      message:
        'Unable to connect to the server: getting credentials: exec plugin cannot support interactive mode: standard input is not a terminal',
    });
  });
});

test('a login that is run elsewhere gives its output or its last words; where it cannot be, the terminal is lent', async () => {
  await using server = await startFaultyServer();
  server.always(PATH, json({}));
  const {command} = plugin(`answer({token: 'lent'})`);
  const isTTY = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY');
  Object.defineProperty(process.stdin, 'isTTY', {value: true, configurable: true});
  try {
    const status = {token: 'elsewhere'};
    const answer = JSON.stringify({apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status});
    const ends = [{exitCode: 3, output: '', shown: 'the password is wrong'}, {exitCode: 0, output: answer, shown: ''}, undefined];
    const infos: unknown[] = [];
    await using client = await clientFor(server.kubeconfig(execUser(command, {interactiveMode: 'Always'})), {
      transport: 'live',
      hooks: {
        lendTerminal: (use) => use(),
        runInteractive: ({env}) => {
          infos.push((JSON.parse(env['KUBERNETES_EXEC_INFO'] ?? '') as {spec: unknown}).spec);
          return Promise.resolve(ends.shift());
        },
      },
    });
    await expect(client.request({path: PATH})).rejects.toMatchObject({
      code: 'KD-LOGIN-EXPIRED',
      pluginExitCode: 3,
      lastOutput: 'the password is wrong',
    });
    // Who was refused is not asked again by every watch that tries, only when they log in; and never twice at a time.
    const again = Array.from({length: 3}, () => client.request({path: PATH}).catch(({code}: {code: string}) => code));
    expect(await Promise.all(again)).toEqual(Array.from({length: 3}, () => 'KD-LOGIN-EXPIRED'));
    await Promise.all([client.logIn(), client.logIn()]);
    await client.request({path: PATH});
    await client.logIn();
    await client.request({path: PATH});
    expect(tokenOf(server)).toEqual(['Bearer elsewhere', 'Bearer lent']);
    expect(infos).toEqual([{interactive: true}, {interactive: true}, {interactive: true}]);
  } finally {
    if (isTTY === undefined) delete (process.stdin as {isTTY?: boolean}).isTTY;
    else Object.defineProperty(process.stdin, 'isTTY', isTTY);
  }
});

test('a session lends its terminal only to a login that was asked for', async () => {
  await using server = await startFaultyServer();
  server.always(PATH, json({}));
  const {command, runs} = plugin(`answer({token: 'T' + RUN})`);
  let lent = 0;
  const isTTY = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY');
  Object.defineProperty(process.stdin, 'isTTY', {value: true, configurable: true});
  try {
    const lendTerminal = async <T>(use: () => Promise<T>): Promise<T> => {
      lent++;
      return use();
    };
    await using client = await clientFor(server.kubeconfig(execUser(command, {interactiveMode: 'IfAvailable'})), {
      transport: 'live',
      hooks: {lendTerminal},
    });
    await client.request({path: PATH});
    expect(lent).toBe(0);
    await client.logIn();
    await client.request({path: PATH});
    expect(lent).toBe(1);
    expect(runs().map(({info}) => (info['spec'] as {interactive: boolean}).interactive)).toEqual([false, true]);
    expect(tokenOf(server)).toEqual(['Bearer T1', 'Bearer T2']);
  } finally {
    if (isTTY === undefined) delete (process.stdin as {isTTY?: boolean}).isTTY;
    else Object.defineProperty(process.stdin, 'isTTY', isTTY);
  }
});
