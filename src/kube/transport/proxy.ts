// Which proxy a server is reached through: the kubeconfig's proxy-url, else the environment by Go's rules.
import {configError} from '../kubeconfig/config-error.ts';
import type {Env} from '../kubeconfig/load.ts';

/** The proxy for a server, or undefined for a direct connection. A `proxy-url` ignores NO_PROXY, as in client-go. */
export const proxyFor = (server: URL, configured: string | undefined, env: Env): URL | undefined => {
  if (configured) return parseProxy(configured);
  const https = server.protocol === 'https:';
  const fromEnv = https ? env['HTTPS_PROXY'] || env['https_proxy'] : env['HTTP_PROXY'] || env['http_proxy'];
  if (!fromEnv || !usesProxy(server, env['NO_PROXY'] || env['no_proxy'] || '')) return undefined;
  return parseProxy(fromEnv);
};

const parseProxy = (text: string): URL => {
  // `proxy:3128` alone means http, and new URL() would read `proxy:` as a scheme.
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null) throw configError('KD-CONFIG-PROXY', `invalid proxy address "${text}"`);
  if (!['http:', 'https:', 'socks5:', 'socks5h:'].includes(url.protocol)) {
    throw configError('KD-CONFIG-PROXY', `unsupported scheme "${url.protocol.slice(0, -1)}", must be http, https, or socks5`);
  }
  return url;
};

// golang.org/x/net/http/httpproxy: loopback never, `*` never, addresses, ranges, names with their subdomains, optional port.
const usesProxy = (server: URL, noProxy: string): boolean => {
  const host = server.hostname
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
    .replace(/\.$/, '');
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host)) return false;
  return !noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry, host, port));
};

const matches = (entry: string, host: string, port: string): boolean => {
  if (entry === '*') return true;
  if (entry.includes('/')) return inRange(entry, host);
  const withPort = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(entry);
  const name = withPort?.[1] ?? withPort?.[2] ?? entry.replace(/^\[|\]$/g, '');
  if (withPort?.[3] !== undefined && withPort[3] !== port) return false;
  if (name.startsWith('*.')) return host.endsWith(name.slice(1));
  if (name.startsWith('.')) return host.endsWith(name);
  return host === name || (!isAddress(name) && host.endsWith(`.${name}`));
};

const isAddress = (text: string): boolean => text.includes(':') || ipv4(text) !== undefined;

const inRange = (range: string, host: string): boolean => {
  const [base, bits] = range.split('/');
  const length = Number(bits);
  const isV6 = (base ?? '').includes(':');
  const network = isV6 ? ipv6(base ?? '') : ipv4(base ?? '');
  const address = isV6 ? ipv6(host) : ipv4(host);
  if (network === undefined || address === undefined || !Number.isInteger(length)) return false;
  const shift = BigInt((isV6 ? 128 : 32) - length);
  return network >> shift === address >> shift;
};

const ipv4 = (text: string): bigint | undefined => {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined;
  const parts = text.split('.').map(Number);
  return parts.some((part) => part > 255) ? undefined : parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
};

const ipv6 = (text: string): bigint | undefined => {
  if (!text.includes(':') || !/^[0-9a-f:]+$/i.test(text)) return undefined;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(gap, 0)).fill('0'), ...right];
  return groups.length === 8 ? groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group || '0'}`), 0n) : undefined;
};
