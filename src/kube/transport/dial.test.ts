// Trust, names, identities, proxies and dead servers, over both transports.
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {makeAuthority} from '../../../test/support/cluster/certificates.ts';
import {json} from '../../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../../test/support/wire-faults/client.ts';
import {startHttpProxy, startSocksProxy} from '../../../test/support/wire-faults/proxies.ts';
import {startFaultyServer} from '../../../test/support/wire-faults/server.ts';
import {closedPort, startBlackHole} from '../../../test/support/wire-faults/sockets.ts';
import type {HttpKubeClient} from '../kube-client.ts';

// Certificates, sockets and programs take their time on a busy machine.
vi.setConfig({testTimeout: 30_000});

const PATH = '/version';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The whole line kubectl would print, or `ok`. */
const ask = async (client: HttpKubeClient): Promise<string> => {
  await using closing = client;
  return closing.request({path: PATH}).then(
    () => 'ok',
    (error: Error) => error.message,
  );
};

describe.each([{transport: 'once'}, {transport: 'live'}] as const)('$transport', ({transport}) => {
  test('a server of an unknown authority is refused', async () => {
    await using server = await startFaultyServer();
    const other = base64(makeAuthority('somebody').certificate);
    expect(await ask(await clientFor(server.kubeconfig({}, {'certificate-authority-data': other}), {transport}))).toBe(
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    );
    expect(server.requests).toHaveLength(0);
  });

  test('the CA may stand in a file, and insecure needs none', async () => {
    await using server = await startFaultyServer();
    server.always(PATH, json({}));
    const file = join(mkdtempSync(join(tmpdir(), 'kdeck-ca-')), 'ca.crt');
    writeFileSync(file, server.ca);
    const none = {'certificate-authority-data': ''};
    expect(await ask(await clientFor(server.kubeconfig({}, {...none, 'certificate-authority': file}), {transport}))).toBe('ok');
    expect(await ask(await clientFor(server.kubeconfig({}, {...none, 'insecure-skip-tls-verify': true}), {transport}))).toBe('ok');
    expect(await ask(await clientFor(server.kubeconfig({}, none), {transport}))).toContain('unknown authority');
  });

  test('a certificate that has ended is refused', async () => {
    await using server = await startFaultyServer({validSeconds: -10});
    expect(await ask(await clientFor(server.kubeconfig(), {transport}))).toContain(
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
    );
  });

  test('a certificate for other names is refused, unless tls-server-name is one of them', async () => {
    await using server = await startFaultyServer({serves: ['api.example.test', '10.0.0.1']});
    server.always(PATH, json({}));
    expect(await ask(await clientFor(server.kubeconfig(), {transport}))).toBe(
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate is valid for 10.0.0.1, not 127.0.0.1',
    );
    expect(await ask(await clientFor(server.kubeconfig({}, {'tls-server-name': 'api.example.test'}), {transport}))).toBe('ok');
    expect(await ask(await clientFor(server.kubeconfig({}, {'tls-server-name': 'other.test'}), {transport}))).toBe(
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate is valid for api.example.test, not other.test',
    );
  });

  test('https to a plain server says so', async () => {
    await using server = await startFaultyServer({tls: false});
    const kubeconfig = server.kubeconfig({}, {server: server.url.replace('http:', 'https:'), 'insecure-skip-tls-verify': true});
    expect(await ask(await clientFor(kubeconfig, {transport}))).toBe(
      'Unable to connect to the server: http: server gave HTTP response to HTTPS client',
    );
  });

  test('a client certificate is who we are', async () => {
    await using server = await startFaultyServer({asksForCertificate: true});
    server.always(PATH, json({}));
    const jane = server.clientCertificate('jane');
    const user = {'client-certificate-data': base64(jane.certificate), 'client-key-data': base64(jane.key)};
    expect(await ask(await clientFor(server.kubeconfig(user), {transport}))).toBe('ok');
    expect(server.requests[0]?.clientName).toBe('jane');
    expect(await ask(await clientFor(server.kubeconfig(), {transport}))).toMatch(
      /^Unable to connect to the server: .*(?:certificate|EOF|reset)/,
    );
  });

  test('a client certificate is read again when its file changes', async () => {
    await using server = await startFaultyServer({asksForCertificate: true});
    server.always(PATH, json({}));
    const folder = mkdtempSync(join(tmpdir(), 'kdeck-cert-'));
    const write = (name: string): void => {
      const {certificate, key} = server.clientCertificate(name);
      writeFileSync(join(folder, 'tls.crt'), certificate + (name === 'jane' ? '' : '\n'));
      writeFileSync(join(folder, 'tls.key'), key);
    };
    write('jane');
    const user = {'client-certificate': join(folder, 'tls.crt'), 'client-key': join(folder, 'tls.key')};
    await using client = await clientFor(server.kubeconfig(user), {transport});
    await client.request({path: PATH});
    write('joe');
    await client.request({path: PATH});
    expect(server.requests.map(({clientName}) => clientName)).toEqual(['jane', 'joe']);
  });

  test("nobody listening is kubectl's best known sentence", async () => {
    const port = await closedPort();
    await using server = await startFaultyServer();
    expect(await ask(await clientFor(server.kubeconfig({}, {server: `https://127.0.0.1:${port}`}), {transport}))).toBe(
      `The connection to the server 127.0.0.1:${port} was refused - did you specify the right host or port?`,
    );
  });

  test('a server that never finishes the handshake is given up', async () => {
    await using hole = await startBlackHole();
    await using server = await startFaultyServer();
    const kubeconfig = server.kubeconfig({}, {server: `https://127.0.0.1:${hole.port}`});
    expect(await ask(await clientFor(kubeconfig, {transport, dialTimeouts: {handshake: 50}}))).toBe(
      'Unable to connect to the server: net/http: TLS handshake timeout',
    );
  });

  test('a name that nobody knows', async () => {
    await using server = await startFaultyServer();
    expect(await ask(await clientFor(server.kubeconfig({}, {server: 'https://no-such-host.invalid'}), {transport}))).toMatch(
      /^Unable to connect to the server: dial tcp: lookup no-such-host\.invalid: /,
    );
  });

  test('proxy-url leads through an HTTP proxy, with its password', async () => {
    await using server = await startFaultyServer();
    await using proxy = await startHttpProxy('me:se cret');
    server.always(PATH, json({}));
    const url = proxy.url.replace('//', '//me:se%20cret@');
    // A proxy-url holds for loopback too, and NO_PROXY does not.
    expect(await ask(await clientFor(server.kubeconfig({}, {'proxy-url': url}), {transport, env: {NO_PROXY: '*'}}))).toBe('ok');
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
    expect(await ask(await clientFor(server.kubeconfig({}, {'proxy-url': proxy.url}), {transport}))).toBe(
      'Unable to connect to the server: Proxy Authentication Required',
    );
  });

  test('proxy-url leads through a SOCKS proxy', async () => {
    await using server = await startFaultyServer();
    await using proxy = await startSocksProxy();
    server.always(PATH, json({}));
    expect(await ask(await clientFor(server.kubeconfig({}, {'proxy-url': proxy.url}), {transport}))).toBe('ok');
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
  });
});
