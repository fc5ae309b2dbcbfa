// Notices that the other end of a WebSocket is gone although nobody says so: an idle shell would otherwise hang for ever.
import type {WebSocket} from 'ws';

const PING_EVERY = 5_000;
const SILENT_FOR = 60_000;

/** How often to ask and how long to believe in silence; tests shorten it. */
export type HeartbeatTimes = {readonly every?: number; readonly silentFor?: number};

/** Pings, and terminates the socket (close code 1006) when nothing has come back for a minute. A paused socket is not judged. */
export const keepBeating = (socket: WebSocket, {every = PING_EVERY, silentFor = SILENT_FOR}: HeartbeatTimes = {}): void => {
  let heard = Date.now();
  const hear = (): void => {
    heard = Date.now();
  };
  socket.on('message', hear);
  socket.on('pong', hear);
  const pulse = setInterval(() => {
    if (socket.readyState !== socket.OPEN) return;
    // What waits behind a pause is not read, so silence means nothing then.
    if (socket.isPaused) hear();
    else if (Date.now() - heard > silentFor) return socket.terminate();
    socket.ping(() => undefined);
  }, every);
  pulse.unref();
  socket.once('close', () => clearInterval(pulse));
};
