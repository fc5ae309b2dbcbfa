// Tokens, token files, name and password: what is sent, and when it is read again.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test, vi} from 'vitest';
import {json, unauthorized} from '../../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../../test/support/wire-faults/client.ts';
import {startFaultyServer, type FaultyServer} from '../../../test/support/wire-faults/server.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const PATH = '/version';
const sent = (server: FaultyServer): (string | string[] | undefined)[] =>
  server.requests.map(({headers}) => headers['authorization']);
const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'kdeck-token-')), 'token');
  writeFileSync(file, text);
  return file;
};

test('a token wins over a token file, and both over a password', async () => {
  await using server = await startFaultyServer();
  server.always(PATH, json({}));
  const ask = async (user: unknown): Promise<void> => {
    await using client = await clientFor(server.kubeconfig(user));
    await client.request({path: PATH});
  };
  await ask({token: 'T', tokenFile: fileWith('F')});
  await ask({tokenFile: fileWith('F\n'), username: 'u', password: 'p'});
  await ask({username: 'jürgen', password: 'p:q'});
  expect(sent(server)).toEqual(['Bearer T', 'Bearer F', `Basic ${Buffer.from('jürgen:p:q').toString('base64')}`]);
});

test('a token file is read again after a minute', async () => {
  await using server = await startFaultyServer();
  server.always(PATH, json({}));
  const tokenFile = fileWith('one');
  let now = 0;
  await using client = await clientFor(server.kubeconfig({tokenFile}), {clock: {now: () => new Date(now)}});
  await client.request({path: PATH});
  writeFileSync(tokenFile, 'two');
  now = 59_000;
  await client.request({path: PATH});
  now = 60_000;
  await client.request({path: PATH});
  expect(sent(server)).toEqual(['Bearer one', 'Bearer one', 'Bearer two']);
});

test('a refused token is looked up in its file at once, and tried again only if it is another', async () => {
  await using server = await startFaultyServer();
  server.always((seen) => seen.headers['authorization'] === 'Bearer new', json({}));
  server.always((seen) => seen.headers['authorization'] !== 'Bearer new', unauthorized());
  const tokenFile = fileWith('old');
  await using client = await clientFor(server.kubeconfig({tokenFile}));
  await expect(client.request({path: PATH})).rejects.toMatchObject({httpStatus: 401});
  expect(sent(server)).toEqual(['Bearer old']);
  writeFileSync(tokenFile, 'new');
  await client.request({path: PATH});
  expect(sent(server)).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
});

test('an empty file keeps the token of before, a missing one is an error', async () => {
  await using server = await startFaultyServer();
  server.always(PATH, json({}));
  const tokenFile = fileWith('one');
  let now = 0;
  await using client = await clientFor(server.kubeconfig({tokenFile}), {clock: {now: () => new Date(now)}});
  await client.request({path: PATH});
  writeFileSync(tokenFile, '');
  now = 60_000;
  await client.request({path: PATH});
  expect(sent(server)).toEqual(['Bearer one', 'Bearer one']);
  rmSync(tokenFile);
  now = 120_000;
  await expect(client.request({path: PATH})).rejects.toThrow(`open ${tokenFile}: no such file or directory`);
});

test.each([
  ['gcp', /^The gcp auth plugin has been removed\.\nPlease use the "gke-gcloud-auth-plugin"/],
  ['azure', /^The azure auth plugin has been removed\.\nPlease use the https:\/\/github\.com\/Azure\/kubelogin/],
  ['mine', /^no Auth Provider found for name "mine"$/],
])('the %s auth provider is refused', async (name, message) => {
  await using server = await startFaultyServer();
  await expect(clientFor(server.kubeconfig({'auth-provider': {name}}))).rejects.toThrow(message);
});
