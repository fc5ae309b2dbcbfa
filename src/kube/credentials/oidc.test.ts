// OIDC logins: used until they end, refreshed once for everybody, written back, and named when they cannot be.
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test, vi} from 'vitest';
import {json, text, unauthorized} from '../../../test/support/wire-faults/answers.ts';
import {startFaultyServer, type FaultyServer} from '../../../test/support/wire-faults/server.ts';
import {openConnection} from '../kubeconfig/connection.ts';
import {readKubeconfigFile} from '../kubeconfig/read.ts';
import {openClient} from '../open-client.ts';
import type {HttpKubeClient} from '../kube-client.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const PATH = '/version';
const NOW = Date.parse('2030-01-01T00:00:00Z');
/** An unsigned token that ends so many seconds after NOW. */
const jwt = (seconds: number, name = 'x'): string =>
  `${Buffer.from('{}').toString('base64url')}.${Buffer.from(JSON.stringify({exp: NOW / 1000 + seconds, name})).toString('base64url')}.sig`;

const setUp = async (
  server: FaultyServer,
  issuer: FaultyServer,
  config: Readonly<Record<string, string>>,
): Promise<{client: HttpKubeClient; file: string}> => {
  const file = join(mkdtempSync(join(tmpdir(), 'kdeck-oidc-')), 'config');
  const provider = {
    name: 'oidc',
    config: {
      'idp-issuer-url': `${issuer.url}/realm/`,
      'client-id': 'kdeck',
      'client-secret': 'se cret',
      'idp-certificate-authority-data': Buffer.from(issuer.ca).toString('base64'),
      ...config,
    },
  };
  writeFileSync(file, `# keep this\n${server.kubeconfig({'auth-provider': provider})}`);
  const sources = {files: [file], explicit: true};
  const connection = await openConnection(sources, {}, {});
  return {file, client: openClient(connection, {transport: 'once', env: {}, sources, clock: {now: () => new Date(NOW)}})};
};

const discovery = (issuer: FaultyServer): FaultyServer =>
  issuer.always('/realm/.well-known/openid-configuration', json({token_endpoint: `${issuer.url}/token`}));
const storedConfig = async (file: string): Promise<Readonly<Record<string, string>> | null | undefined> =>
  (await readKubeconfigFile(file))?.users.get('tester')?.value['auth-provider']?.config;

test('a token that is still good is used as it is', async () => {
  await using server = await startFaultyServer();
  await using issuer = await startFaultyServer();
  server.always(PATH, json({}));
  const token = jwt(11);
  const {client} = await setUp(server, issuer, {'id-token': token});
  await client.request({path: PATH});
  expect(server.requests[0]?.headers['authorization']).toBe(`Bearer ${token}`);
  expect(issuer.connections).toBe(0);
});

test('a token about to end is refreshed once for all, and written back', async () => {
  await using server = await startFaultyServer();
  await using issuer = await startFaultyServer();
  server.always(PATH, json({}));
  const next = jwt(600, 'next');
  discovery(issuer).always('/token', json({id_token: next, refresh_token: 'R2'}));
  const {client, file} = await setUp(server, issuer, {'id-token': jwt(9), 'refresh-token': 'R1', extra: 'kept'});
  await Promise.all([1, 2, 3, 4].map(() => client.request({path: PATH})));
  await client.request({path: PATH});
  expect(new Set(server.requests.map(({headers}) => headers['authorization']))).toEqual(new Set([`Bearer ${next}`]));
  expect(issuer.seen('/token')).toHaveLength(1);
  expect(issuer.seen('/token')[0]).toMatchObject({
    method: 'POST',
    body: 'grant_type=refresh_token&refresh_token=R1',
    headers: {
      authorization: `Basic ${Buffer.from('kdeck:se%20cret').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
  });
  expect(await storedConfig(file)).toMatchObject({
    'id-token': next,
    'refresh-token': 'R2',
    extra: 'kept',
    'client-secret': 'se cret',
  });
  expect(readFileSync(file, 'utf8')).toMatch(/^# keep this\n/);
});

test('an issuer that wants the client in the form gets it there', async () => {
  await using server = await startFaultyServer();
  await using issuer = await startFaultyServer();
  server.always(PATH, json({}));
  discovery(issuer)
    .always('/token', json({id_token: jwt(600)}))
    .always((seen) => seen.path === '/token' && seen.headers['authorization'] !== undefined, json({error: 'invalid_client'}, 401));
  const {client, file} = await setUp(server, issuer, {'refresh-token': 'R1'});
  await client.request({path: PATH});
  expect(issuer.seen('/token')[1]?.body).toBe('grant_type=refresh_token&refresh_token=R1&client_id=kdeck&client_secret=se+cret');
  expect((await storedConfig(file))?.['refresh-token']).toBe('R1');
});

test('a refused token is refreshed even when it seems good', async () => {
  await using server = await startFaultyServer();
  await using issuer = await startFaultyServer();
  const next = jwt(600, 'next');
  server.always(PATH, unauthorized()).always((seen) => seen.headers['authorization'] === `Bearer ${next}`, json({ok: true}));
  discovery(issuer).always('/token', json({id_token: next}));
  const {client} = await setUp(server, issuer, {'id-token': jwt(300), 'refresh-token': 'R1'});
  expect((await client.request({path: PATH})).json()).toEqual({ok: true});
});

test('an issuer that is not there is named; the line is the one kubectl prints', async () => {
  await using server = await startFaultyServer();
  let url = '';
  let client: HttpKubeClient;
  {
    await using issuer = await startFaultyServer();
    url = issuer.url;
    ({client} = await setUp(server, issuer, {'id-token': jwt(-5), 'refresh-token': 'R1'}));
  }
  await expect(client.request({path: PATH})).rejects.toMatchObject({
    code: 'KD-LOGIN-ISSUER',
    message: `The connection to the server ${new URL(server.url).host} was refused - did you specify the right host or port?`,
    detail: `the login could not be renewed at ${url}/realm/: connection refused`,
  });
  expect(server.requests).toHaveLength(0);
});

test('what cannot be refreshed is an expired login', async () => {
  await using server = await startFaultyServer();
  await using issuer = await startFaultyServer();
  discovery(issuer).always('/token', json({error: 'invalid_grant', error_description: 'revoked'}, 400));
  const ended = await setUp(server, issuer, {'id-token': jwt(-5)});
  await expect(ended.client.request({path: PATH})).rejects.toMatchObject({
    code: 'KD-LOGIN-EXPIRED',
    message: 'Unable to connect to the server: No valid id-token, and cannot refresh without refresh-token',
    plugin: `${issuer.url}/realm/`,
  });
  const revoked = await setUp(server, issuer, {'refresh-token': 'R'});
  await expect(revoked.client.request({path: PATH})).rejects.toMatchObject({
    code: 'KD-LOGIN-EXPIRED',
    message: 'Unable to connect to the server: failed to refresh token: oauth2: "invalid_grant" "revoked"',
  });
  expect(server.requests).toHaveLength(0);
});

test.each([
  [text('<html>not here</html>', 404), /^oidc: failed to query metadata endpoint 404: /],
  [json({}), /^oidc: discovery object doesn't contain a token_endpoint$/],
])('an issuer that is not one', async (answer, message) => {
  await using server = await startFaultyServer();
  await using issuer = await startFaultyServer();
  issuer.always(/./, answer);
  const {client} = await setUp(server, issuer, {'refresh-token': 'R'});
  const error = (await client.request({path: PATH}).catch((thrown: unknown) => thrown)) as {detail: string};
  expect(error.detail).toMatch(message);
});

test.each([
  [{'idp-issuer-url': ''}, 'Must provide idp-issuer-url'],
  [{'client-id': ''}, 'Must provide client-id'],
  [{'id-token': 'abc'}, 'ID Token is not a valid JWT'],
])('a stanza with %j', async (config, message) => {
  await using server = await startFaultyServer();
  await using issuer = await startFaultyServer();
  const asked = setUp(server, issuer, config as unknown as Record<string, string>).then(({client}) => client.request({path: PATH}));
  await expect(asked).rejects.toThrow(message);
});
