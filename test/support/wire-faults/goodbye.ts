// An HTTP/2 server that turns its first connections away: goodbye, and no request was looked at.
import {once} from 'node:events';
import {createSecureServer} from 'node:http2';
import type {AddressInfo} from 'node:net';
import {createServer, type TLSSocket} from 'node:tls';
import {issue, makeAuthority} from '../cluster/certificates.ts';

// An empty SETTINGS frame, then GOAWAY with last stream 0 and no error.
const GOODBYE = Buffer.from('0000000400000000000000080700000000000000000000000000', 'hex');

/** A running server, and how many connections it has turned away. */
export type GoodbyeServer = AsyncDisposable & {
  readonly cluster: Readonly<Record<string, string>>;
  turnedAway: number;
  answered: number;
};

/** Starts it; after `goodbyes` connections every request is answered with `{}`. */
export const startGoodbyeServer = async (goodbyes: number): Promise<GoodbyeServer> => {
  const authority = makeAuthority('goodbye-ca');
  const own = issue(authority, {commonName: 'goodbye', serves: ['127.0.0.1']});
  const identity = {cert: own.certificate, key: own.key, ALPNProtocols: ['h2']};
  const sockets = new Set<TLSSocket>();
  const polite = createSecureServer(identity, (_request, response) => {
    state.answered++;
    response.writeHead(200, {'content-type': 'application/json'}).end('{}');
  });
  const server = createServer(identity, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (state.turnedAway >= goodbyes) {
      polite.emit('secureConnection', socket);
      return;
    }
    // The client's first bytes are its request.
    socket.once('data', () => {
      state.turnedAway++;
      socket.end(GOODBYE);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const state: GoodbyeServer = {
    cluster: {
      server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
      'certificate-authority-data': Buffer.from(authority.certificate).toString('base64'),
    },
    turnedAway: 0,
    answered: 0,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return state;
};
