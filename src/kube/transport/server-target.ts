// A server to dial: address, trust and proxy, worked out once from a cluster stanza and the environment.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {configError} from '../kubeconfig/config-error.ts';
import type {Env} from '../kubeconfig/load.ts';
import type {ClusterStanza} from '../kubeconfig/model.ts';
import {goFileError} from '../kubeconfig/read.ts';
import {proxyFor} from './proxy.ts';

/** Where and how to connect. */
export type ServerTarget = {
  /** Scheme, host, port and path prefix. */
  readonly url: URL;
  /** `host:port` as Go writes it in messages: the port only if the URL names one. */
  readonly hostText: string;
  readonly ca: string | Buffer | undefined;
  readonly insecure: boolean;
  /** Name to check the certificate against instead of the host. */
  readonly serverName: string | undefined;
  readonly proxy: URL | undefined;
  /** The server is on this machine: compressing answers would only cost time. */
  readonly loopback: boolean;
};

/** The target of a cluster stanza. */
export const serverTargetOf = (cluster: ClusterStanza, env: Env): ServerTarget => {
  const ca = caOf(cluster);
  const url = serverUrl(cluster, ca !== undefined);
  return {
    url,
    hostText: url.host,
    ca,
    insecure: cluster['insecure-skip-tls-verify'] === true,
    serverName: cluster['tls-server-name'] || undefined,
    proxy: proxyFor(url, cluster['proxy-url'], env),
    loopback: isLoopback(url.hostname),
  };
};

/** A stable name for the cluster behind a target: the same server with the same CA is the same cluster. */
export const clusterIdOf = (target: ServerTarget): string => {
  const hash = createHash('sha256').update(target.url.href).update('\0');
  hash
    .update(target.ca ?? '')
    .update('\0')
    .update(target.serverName ?? '');
  return `${target.url.host.replace(/[^A-Za-z0-9.-]+/g, '_')}_${hash.digest('hex').slice(0, 12)}`;
};

/** True for names and addresses that never leave the machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

// A server without a scheme is allowed: https when there is something to verify it with, as in client-go's DefaultServerURL.
const serverUrl = (cluster: ClusterStanza, hasCa: boolean): URL => {
  const server = cluster.server ?? '';
  for (const text of [server, `${hasCa || cluster['insecure-skip-tls-verify'] ? 'https' : 'http'}://${server}`]) {
    let url: URL;
    try {
      url = new URL(text);
    } catch {
      continue;
    }
    if ((url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '') {
      url.search = '';
      url.hash = '';
      return url;
    }
  }
  throw configError('KD-CONFIG-SERVER', `host must be a URL or a host:port pair: "${server}"`, ['kubectl config view']);
};

const caOf = (cluster: ClusterStanza): string | Buffer | undefined => {
  const data = cluster['certificate-authority-data'];
  const file = cluster['certificate-authority'];
  if (!data && !file) return undefined;
  const pem = data ? decodeBase64(data) : readPem(file ?? '');
  // OpenSSL would take it for an empty list, and every server for a stranger.
  if (!pem.includes('-----BEGIN')) {
    throw configError('KD-CONFIG-CA', 'unable to load root certificates: unable to parse bytes as PEM block', [
      'kubectl config view --raw',
    ]);
  }
  return pem;
};

const readPem = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    throw configError('KD-CONFIG-CA', goFileError(error as NodeJS.ErrnoException, file), [], error);
  }
};

/** Bytes of a field that was checked to be base64 when its file was read. */
export const decodeBase64 = (text: string): Buffer => Buffer.from(text, 'base64');
