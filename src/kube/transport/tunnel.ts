// Gets a proxy to pass bytes on to a server: HTTP CONNECT, or SOCKS version 5.
import type {Socket} from 'node:net';
import {ConnectionError} from './connection-error.ts';

/** Host without brackets and port of a URL, with the scheme's default port. */
export const authority = (url: URL): {readonly host: string; readonly port: number} => ({
  host: url.hostname.replace(/^\[|\]$/g, ''),
  port: Number(url.port) || DEFAULT_PORTS[url.protocol] || 80,
});

const DEFAULT_PORTS: Readonly<Record<string, number>> = {'https:': 443, 'http:': 80, 'socks5:': 1080, 'socks5h:': 1080};

/** Makes `socket`, connected to the proxy, a pipe to the server. */
export const tunnel = async (socket: Socket, proxy: URL, server: URL, timeout: number): Promise<Socket> => {
  const timer = setTimeout(() => socket.destroy(refused('proxyconnect tcp: i/o timeout')), timeout);
  try {
    await (proxy.protocol.startsWith('socks5') ? socks(socket, proxy, server) : httpConnect(socket, proxy, server));
    return socket;
  } finally {
    clearTimeout(timer);
  }
};

const refused = (detail: string): ConnectionError =>
  new ConnectionError('KD-CONNECTION-PROXY', `Unable to connect to the server: ${detail}`, detail, {
    tryThis: ['Check proxy-url in the kubeconfig, HTTPS_PROXY and NO_PROXY.'],
  });

const httpConnect = async (socket: Socket, proxy: URL, server: URL): Promise<void> => {
  const {host, port} = authority(server);
  const at = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const login = proxy.username === '' ? '' : `Proxy-Authorization: Basic ${Buffer.from(userInfo(proxy)).toString('base64')}\r\n`;
  socket.write(`CONNECT ${at} HTTP/1.1\r\nHost: ${at}\r\n${login}\r\n`);
  let head = '';
  // Byte by byte past the header would lose what follows it, so exactly the header is taken.
  while (!head.endsWith('\r\n\r\n')) {
    head += (await readExactly(socket, 1)).toString('latin1');
    if (head.length > 65_536) throw refused('proxyconnect tcp: malformed HTTP response');
  }
  const status = /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)/.exec(head);
  if (status === null) throw refused('proxyconnect tcp: malformed HTTP response');
  if (status[1] !== '200') throw refused(status[2] || `proxy answered ${status[1]}`);
};

const userInfo = (proxy: URL): string => `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;

const socks = async (socket: Socket, proxy: URL, server: URL): Promise<void> => {
  const {host, port} = authority(server);
  const login = proxy.username !== '';
  socket.write(Buffer.from(login ? [5, 2, 0, 2] : [5, 1, 0]));
  const [version, method] = await readExactly(socket, 2);
  if (version !== 5) throw refused('socks connect: unexpected protocol version');
  if (method === 2 && login) {
    const user = Buffer.from(decodeURIComponent(proxy.username));
    const password = Buffer.from(decodeURIComponent(proxy.password));
    socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]));
    if ((await readExactly(socket, 2))[1] !== 0) throw refused('socks connect: username/password authentication failed');
  } else if (method !== 0) {
    throw refused('socks connect: no acceptable authentication methods');
  }
  const name = Buffer.from(host);
  socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, name.length]), name, Buffer.from([port >> 8, port & 255])]));
  const [, reply, , kind] = await readExactly(socket, 4);
  if (reply !== 0) throw refused(`socks connect tcp ${host}:${port}: ${SOCKS_REPLIES[reply ?? 0] ?? `unknown code: ${reply}`}`);
  const rest = kind === 1 ? 4 : kind === 4 ? 16 : ((await readExactly(socket, 1))[0] ?? 0);
  await readExactly(socket, rest + 2);
};

const SOCKS_REPLIES: Readonly<Record<number, string>> = {
  1: 'general SOCKS server failure',
  2: 'connection not allowed by ruleset',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'TTL expired',
  7: 'command not supported',
  8: 'address type not supported',
};

/** Takes exactly `size` bytes and leaves the rest in the socket for TLS. */
const readExactly = async (socket: Socket, size: number): Promise<Buffer> => {
  if (size === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk = socket.read(size) as Buffer | null;
    if (chunk !== null) {
      if (chunk.length < size) throw refused('proxyconnect tcp: unexpected EOF');
      return chunk;
    }
    if (socket.readableEnded || socket.destroyed) throw socket.errored ?? refused('proxyconnect tcp: EOF');
    await new Promise<void>((resolve, reject) => {
      const done = (): void => {
        socket.off('readable', done);
        socket.off('end', done);
        socket.off('close', done);
        socket.off('error', failed);
        resolve();
      };
      const failed = (error: Error): void => {
        done();
        reject(error);
      };
      socket.once('readable', done);
      socket.once('end', done);
      socket.once('close', done);
      socket.once('error', failed);
    });
  }
};
