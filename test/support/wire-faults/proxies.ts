// Proxies on loopback for tests: HTTP CONNECT with or without a password, and SOCKS version 5.
import {once} from 'node:events';
import {createServer, connect, type AddressInfo, type Server, type Socket} from 'node:net';

/** A running proxy; `tunnels` lists the `host:port` it was asked for. */
export type Proxy = AsyncDisposable & {readonly url: string; readonly tunnels: readonly string[]};

/** An HTTP proxy. With `login` (`user:password`) it refuses everybody else. */
export const startHttpProxy = (login?: string): Promise<Proxy> =>
  start('http', (socket, opened) => {
    let head = '';
    const read = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', read);
      const [, host = '', port = ''] = /^CONNECT ([^ ]+):(\d+) HTTP/.exec(head) ?? [];
      const expected = login === undefined ? undefined : `proxy-authorization: basic ${Buffer.from(login).toString('base64')}`;
      if (expected !== undefined && !head.split('\r\n').some((line) => line.toLowerCase() === expected.toLowerCase())) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      opened(`${host}:${port}`);
      pipe(socket, host, Number(port), 'HTTP/1.1 200 Connection established\r\n\r\n', Buffer.from(head.slice(end + 4), 'latin1'));
    };
    socket.on('data', read);
  });

/** A SOCKS5 proxy without login. */
export const startSocksProxy = (): Promise<Proxy> =>
  start('socks5', (socket, opened) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request: Buffer) => {
        const length = request[4] ?? 0;
        const host = request.subarray(5, 5 + length).toString();
        const port = request.readUInt16BE(5 + length);
        opened(`${host}:${port}`);
        pipe(socket, host, port, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]), Buffer.alloc(0));
      });
    });
  });

const pipe = (socket: Socket, host: string, port: number, yes: string | Buffer, early: Buffer): void => {
  const far = connect({host, port}, () => {
    socket.write(yes);
    if (early.length > 0) far.write(early);
    socket.pipe(far);
    far.pipe(socket);
  });
  far.on('error', () => socket.destroy());
  far.on('close', () => socket.destroy());
  socket.on('close', () => far.destroy());
};

const start = async (scheme: string, serve: (socket: Socket, opened: (target: string) => void) => void): Promise<Proxy> => {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, (target) => tunnels.push(target));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
