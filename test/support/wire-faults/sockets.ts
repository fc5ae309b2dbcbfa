// The worst servers: one that is not there, and one that takes a connection and never says a word.
import {once} from 'node:events';
import {createServer, type AddressInfo, type Socket} from 'node:net';

/** A port of 127.0.0.1 on which nobody listens. */
export const closedPort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  const closed = once(server, 'close');
  server.close();
  await closed;
  return port;
};

/** A port that accepts and stays silent. */
export const startBlackHole = async (): Promise<AsyncDisposable & {readonly port: number}> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
