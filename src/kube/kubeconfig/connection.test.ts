// Which cluster, user and namespace a kubeconfig and flags lead to, and kubectl's words when they lead nowhere.
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {ConfigurationInvalidError} from './config-error.ts';
import {openConnection, type ConnectionOverrides, type ResolveOptions} from './connection.ts';
import {inClusterConnection, inClusterNamespace} from './in-cluster.ts';
import {kubeconfigSources, loadKubeconfig, type Env} from './load.ts';

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'kdeck-kubeconfig-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
  return folder;
};

const open = (folder: string, names: string, overrides: ConnectionOverrides = {}, options: ResolveOptions = {}) => {
  const env: Env = {
    KUBECONFIG: names
      .split(':')
      .map((name) => join(folder, name))
      .join(':'),
  };
  return openConnection(kubeconfigSources(undefined, env), overrides, env, options);
};

const problem = async (promise: Promise<unknown>): Promise<string | readonly string[]> => {
  try {
    await promise;
  } catch (error) {
    return error instanceof ConfigurationInvalidError ? error.problems : (error as Error).message;
  }
  throw new Error('expected a problem');
};

const ONE = `
current-context: dev
contexts:
- {name: dev, context: {cluster: one, user: ann, namespace: shop}}
- {name: bare, context: {cluster: one}}
- {name: lost, context: {cluster: nowhere, user: nobody}}
clusters:
- name: one
  cluster: {server: "https://one:6443", certificate-authority: ca.crt, tls-server-name: api.one}
users:
- {name: ann, user: {token: t-ann, client-certificate: certs/ann.crt, client-key: certs/ann.key}}
`;

const FILES = {one: ONE, 'ca.crt': 'x', 'certs/ann.crt': 'x', 'certs/ann.key': 'x'};

describe('several files', () => {
  const second = `
current-context: prod
contexts:
- {name: dev, context: {cluster: two, user: bob}}
- {name: prod, context: {cluster: two, user: bob}}
clusters:
- {name: two, cluster: {server: "https://two"}}
- {name: one, cluster: {server: "https://other", proxy-url: "http://p"}}
users:
- {name: bob, user: {token: t-bob}}
`;

  test('the first that names a thing wins, whole', async () => {
    const folder = folderWith({...FILES, two: second});
    const connection = await open(folder, 'one:two');
    expect(connection).toMatchObject({
      contextName: 'dev',
      clusterName: 'one',
      userName: 'ann',
      namespace: 'shop',
      namespaceExplicit: false,
    });
    expect(connection.cluster).toMatchObject({server: 'https://one:6443'});
    expect(connection.cluster['proxy-url']).toBeUndefined();
    expect((await open(folder, 'two:one')).contextName).toBe('prod');
    expect((await open(folder, 'two:one', {context: 'dev'})).user.token).toBe('t-bob');
  });

  test('stanzas know their file, and paths are read against it', async () => {
    const folder = folderWith({'sub/one': ONE, 'sub/ca.crt': 'x', 'sub/certs/ann.crt': 'x', 'sub/certs/ann.key': 'x', two: second});
    const {cluster, user, userFile} = await open(folder, 'two:sub/one', {context: 'dev', cluster: 'one', user: 'ann'});
    expect(cluster.server).toBe('https://other');
    expect(userFile).toBe(join(folder, 'sub/one'));
    expect(user['client-certificate']).toBe(join(folder, 'sub/certs/ann.crt'));
    const {cluster: placed} = await open(folder, 'sub/one:two');
    expect(placed['certificate-authority']).toBe(join(folder, 'sub/ca.crt'));
  });

  test('missing and empty files are skipped, the same file is read once', async () => {
    const folder = folderWith({...FILES, empty: ''});
    expect((await open(folder, 'none:empty:one:one')).contextName).toBe('dev');
    const env: Env = {KUBECONFIG: `${join(folder, 'one')}::${join(folder, 'one')}`};
    expect(kubeconfigSources(undefined, env).files).toEqual([join(folder, 'one')]);
  });

  test('--kubeconfig beats the environment and must exist', async () => {
    const folder = folderWith(FILES);
    const env: Env = {KUBECONFIG: '/nowhere'};
    expect(kubeconfigSources(join(folder, 'one'), env)).toEqual({files: [join(folder, 'one')], explicit: true});
    expect(await problem(loadKubeconfig(kubeconfigSources('/no/such/file', env)))).toBe(
      'stat /no/such/file: no such file or directory',
    );
    expect(kubeconfigSources(undefined, {HOME: '/home/me'}).files).toEqual(['/home/me/.kube/config']);
  });

  test('several unreadable files are several errors', async () => {
    const folder = folderWith({a: 'users: {}', b: 'contexts: 1'});
    const error = await open(folder, 'a:b').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors.map((one: Error) => one.message.replaceAll(folder, ''))).toEqual([
      'error loading config file "/a": json: cannot unmarshal object into Go struct field Config.users of type []v1.NamedAuthInfo',
      'error loading config file "/b": json: cannot unmarshal number into Go struct field Config.contexts of type []v1.NamedContext',
    ]);
  });
});

describe('flags', () => {
  test('choose other stanzas and a namespace', async () => {
    const folder = folderWith(FILES);
    expect(await open(folder, 'one', {context: 'bare', namespace: 'x'})).toMatchObject({
      contextName: 'bare',
      userName: '',
      namespace: 'x',
      namespaceExplicit: true,
    });
    expect(await open(folder, 'one', {context: 'bare'})).toMatchObject({namespace: 'default', user: {}});
  });

  test('another server forgets the name its certificate had, trust flags forget the CA', async () => {
    const folder = folderWith(FILES);
    expect((await open(folder, 'one', {server: 'https://x'})).cluster).toEqual({
      server: 'https://x',
      'certificate-authority': join(folder, 'ca.crt'),
    });
    expect((await open(folder, 'one', {server: 'https://x', tlsServerName: 'y'})).cluster['tls-server-name']).toBe('y');
    const insecure = (await open(folder, 'one', {insecureSkipTlsVerify: true})).cluster;
    expect(insecure).toEqual({server: 'https://one:6443', 'tls-server-name': 'api.one', 'insecure-skip-tls-verify': true});
  });

  test('identity flags go over the stanza', async () => {
    const folder = folderWith({...FILES, 'x.crt': 'x', 'x.key': 'x'});
    const {user} = await open(folder, 'one', {
      token: 'T',
      clientCertificate: join(folder, 'x.crt'),
      clientKey: join(folder, 'x.key'),
      as: 'jane',
      asGroup: ['a', 'b'],
      asUid: '1',
      asUserExtra: ['k=v', 'k=w=x', 'nonsense'],
    });
    expect(user).toMatchObject({
      token: 'T',
      'client-certificate': join(folder, 'x.crt'),
      as: 'jane',
      'as-groups': ['a', 'b'],
      'as-uid': '1',
      'as-user-extra': {k: ['v', 'w=x']},
    });
  });

  test('without any kubeconfig there is localhost', async () => {
    expect(await open(folderWith({}), 'none')).toMatchObject({
      contextName: '',
      cluster: {server: 'http://localhost:8080'},
      user: {},
      namespace: 'default',
    });
    const env: Env = {KUBECONFIG: '/none', KUBERNETES_MASTER: 'http://old:80'};
    expect((await openConnection(kubeconfigSources(undefined, env), {}, env)).cluster).toEqual({server: 'http://old:80'});
  });
});

describe("problems in kubectl's words", () => {
  test('names that do not exist', async () => {
    const folder = folderWith(FILES);
    // Asked for the namespace first, the whole is checked; with one given, each name is.
    expect(await problem(open(folder, 'one', {context: 'x'}))).toEqual(['context was not found for specified context: x']);
    expect(await problem(open(folder, 'one', {context: 'x'}, {asksNamespaceLate: true}))).toBe('context "x" does not exist');
    expect(await problem(open(folder, 'one', {context: 'x', namespace: 'n'}))).toBe('context "x" does not exist');
    expect(await problem(open(folder, 'one', {user: 'x'}))).toBe('auth info "x" does not exist');
    expect(await problem(open(folder, 'one', {cluster: 'x'}))).toBe('no server found for cluster "x"');
    expect(await problem(open(folder, 'one', {cluster: 'x', namespace: 'n'}))).toBe('cluster "x" does not exist');
    // Names inside the kubeconfig may lead nowhere: then the defaults stand.
    expect((await open(folder, 'one', {context: 'lost'})).cluster).toEqual({server: 'http://localhost:8080'});
  });

  test('a current context that is gone', async () => {
    expect(await problem(open(folderWith({gone: 'current-context: gone'}), 'gone'))).toEqual([
      'context was not found for specified context: gone',
    ]);
  });

  test('everything wrong at once is one list', async () => {
    const bad = `
current-context: a
contexts: [{name: a, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "https://x", certificate-authority: nofile, certificate-authority-data: eA==}}]
users: [{name: u, user: {client-certificate: nocert, token: a, username: b, as-uid: x}}]
`;
    const folder = folderWith({bad});
    const found = await problem(open(folder, 'bad'));
    expect((found as readonly string[]).map((one) => one.replaceAll(folder, ''))).toEqual([
      'client-key-data or client-key must be specified for u to use the clientCert authentication method.',
      'unable to read client-cert /nocert for u due to open /nocert: no such file or directory',
      'more than one authentication method found for u; found [token basicAuth], only one is allowed',
      'requesting uid, groups or user-extra for u without impersonating a user',
      'certificate-authority-data and certificate-authority are both specified for c. certificate-authority-data will override.',
      'unable to read certificate-authority /nofile for c due to open /nofile: no such file or directory',
    ]);
  });

  test.each([
    [
      'cluster: {server: "https://x", proxy-url: "ftp://x"}',
      `invalid 'proxy-url' "ftp://x" for cluster "c": unsupported scheme "ftp", must be http, https, or socks5`,
    ],
  ])('%s', async (cluster, message) => {
    const text = `current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, ${cluster}}]`;
    expect(await problem(open(folderWith({f: text}), 'f'))).toBe(message);
  });

  test.each([
    [
      'users: [{name: u, user: {token: 123}}]',
      'json: cannot unmarshal number into Go struct field AuthInfo.users.user.token of type string',
    ],
    [
      'clusters: [{name: 12, cluster: {}}]',
      'json: cannot unmarshal number into Go struct field NamedCluster.clusters.name of type string',
    ],
    ['clusters: {}', 'json: cannot unmarshal object into Go struct field Config.clusters of type []v1.NamedCluster'],
    ['apiVersion: v2\nkind: Config', 'no kind "Config" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"'],
    ['clusters: [{name: c, cluster: {certificate-authority-data: "!!"}}]', 'illegal base64 data at input byte 0'],
    [
      'hello',
      'couldn\'t get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    ],
  ])('a file with %s', async (text, message) => {
    const folder = folderWith({f: text});
    expect(await problem(open(folder, 'f'))).toBe(`error loading config file "${join(folder, 'f')}": ${message}`);
  });

  test('a folder and a name used twice', async () => {
    const folder = folderWith({f: 'contexts: [{name: a, context: {}}, {name: a, context: {}}]', 'd/x': ''});
    expect(await problem(open(folder, 'd'))).toBe(`error loading config file "${folder}/d": read ${folder}/d: is a directory`);
    expect(await problem(open(folder, 'f'))).toMatch(
      /: error converting \*\[\]NamedContext into \*map\[string\]\*api\.Context: duplicate name "a" in list/,
    );
  });

  test('plugins that are half described', async () => {
    const exec = (fields: string): string =>
      `current-context: a\ncontexts: [{name: a, context: {user: u}}]\nusers: [{name: u, user: {exec: {${fields}}}}]`;
    expect(await problem(open(folderWith({f: exec('apiVersion: client.authentication.k8s.io/v1')}), 'f'))).toEqual([
      'command must be specified for u to use exec authentication plugin',
      'interactiveMode must be specified for u to use exec authentication plugin',
    ]);
    // The older protocol had no such field.
    expect(
      (await open(folderWith({f: exec('command: x, apiVersion: client.authentication.k8s.io/v1beta1')}), 'f')).user.exec
        ?.interactiveMode,
    ).toBe('IfAvailable');
  });
});

describe('inside a cluster', () => {
  const account = folderWith({token: 'T', 'ca.crt': 'x', namespace: 'team\n'});
  const env: Env = {KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443'};

  test("the pod's own account is used", () => {
    expect(inClusterConnection(env, {}, account)).toMatchObject({
      namespace: 'team',
      cluster: {server: 'https://10.0.0.1:443', 'certificate-authority': join(account, 'ca.crt')},
      user: {tokenFile: join(account, 'token')},
    });
    expect(inClusterConnection({...env, KUBERNETES_SERVICE_HOST: 'fd00::1'}, {}, account)?.cluster.server).toBe(
      'https://[fd00::1]:443',
    );
    expect(inClusterConnection(env, {token: 'mine', namespace: 'x'}, account)).toMatchObject({
      user: {token: 'mine'},
      namespace: 'x',
      namespaceExplicit: true,
    });
    expect(inClusterNamespace({...env, POD_NAMESPACE: 'pod'}, account)).toBe('pod');
  });

  test('nothing of it outside', () => {
    expect(inClusterConnection({}, {}, account)).toBeUndefined();
    expect(inClusterConnection(env, {}, join(account, 'nowhere'))).toBeUndefined();
  });
});
