// The certificates hold under OpenSSL's own checks: Node's parser, its chain check and a real TLS handshake.
import {X509Certificate} from 'node:crypto';
import {createServer, request} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {TLSSocket} from 'node:tls';
import {expect, test} from 'vitest';
import {issue, makeAuthority} from './certificates.ts';

test('a certificate carries its names and groups, and is signed by its authority alone', () => {
  const authority = makeAuthority('one');
  const other = makeAuthority('other');
  const made = new X509Certificate(
    issue(authority, {commonName: 'carla', organizations: ['a', 'b'], serves: ['127.0.0.1', 'localhost']}).certificate,
  );
  expect(made.subject.split('\n')).toEqual(['O=a', 'O=b', 'CN=carla']);
  expect(made.subjectAltName).toBe('IP Address:127.0.0.1, DNS:localhost');
  expect(made.ca).toBe(false);
  expect(new X509Certificate(authority.certificate).ca).toBe(true);
  expect(made.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
  expect(made.verify(new X509Certificate(other.certificate).publicKey)).toBe(false);
  expect(made.validToDate.getTime() - Date.now()).toBeGreaterThan(300 * 86_400_000);
});

test('server and client accept each other in a handshake, and a stranger is refused', async () => {
  const authority = makeAuthority('test');
  const serving = issue(authority, {commonName: 'server', serves: ['127.0.0.1']});
  const server = createServer(
    {cert: serving.certificate, key: serving.key, ca: authority.certificate, requestCert: true, rejectUnauthorized: true},
    (incoming, response) => response.end((incoming.socket as TLSSocket).getPeerCertificate().subject.CN),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const {port} = server.address() as AddressInfo;
  const greet = (signer: typeof authority, ca: typeof authority): Promise<string> =>
    new Promise((done, failed) => {
      const client = issue(signer, {commonName: 'carla'});
      const options = {port, host: '127.0.0.1', agent: false, cert: client.certificate, key: client.key, ca: ca.certificate};
      request(options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => done(text));
      })
        .once('error', failed)
        .end();
    });
  try {
    expect(await greet(authority, authority)).toBe('carla');
    await expect(greet(makeAuthority('test'), authority)).rejects.toThrow();
    await expect(greet(authority, makeAuthority('test'))).rejects.toThrow(/certificate/);
  } finally {
    server.close();
  }
});
