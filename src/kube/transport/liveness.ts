// Notices a connection that died without a word: a lost network, a sleeping laptop, a forgotten entry in a NAT.
import type {Socket} from 'node:net';

/** Milliseconds between two looks, and between the pings that make a living server say something. */
export const QUIET_MS = 10_000;

// The first look may come before the answer to the first ping.
const SILENT_LOOKS = 2;

/**
 * Destroys a socket on which nothing arrives any more, although somebody pings the other side every `quiet` milliseconds. All its
 * streams end with an error, and the next request opens a new connection. HTTP/1.1 has no pings, so it is for HTTP/2 only.
 */
export const endWhenDead = (socket: Socket, quiet: number): void => {
  let seen = socket.bytesRead;
  let silent = 0;
  const looking = setInterval(() => {
    silent = socket.bytesRead === seen ? silent + 1 : 0;
    seen = socket.bytesRead;
    if (silent < SILENT_LOOKS) return;
    socket.destroy(Object.assign(new Error('the connection is dead'), {code: 'ETIMEDOUT'}));
  }, quiet);
  looking.unref();
  socket.once('close', () => clearInterval(looking));
};
