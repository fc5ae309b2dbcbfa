// Carries one local TCP connection to a port of a pod through one WebSocket.
// The channel protocol cannot say "I have sent everything": after a local FIN the tunnel stays open until the pod's side ends.
import type {Socket} from 'node:net';
import {KdeckError, messageOf} from '../../base/errors.ts';
import {pathOf, type KubeClient} from '../client.ts';
import {frames, PORT_FORWARD_PROTOCOL} from './channels.ts';

const DATA = 0;
const ERROR = 1;
// Both channels begin with the port number, two bytes.
const PORT_HEADER = 2;

/** A port of a pod. */
export type PodPort = {readonly namespace: string; readonly pod: string; readonly port: number};

/** What went through before an error, which decides whether another pod may be tried. */
export class TunnelError extends KdeckError {
  readonly received: number;
  readonly sent: number;

  constructor(message: string, moved: {received: number; sent: number}, cause?: unknown) {
    super('KD-FORWARD-FAILED', message, {cause});
    this.received = moved.received;
    this.sent = moved.sent;
  }
}

/** Opens the way to the pod's port. `local` must be paused and allow half-open; nothing of it is read before the way is open. */
export const openTunnel = async (client: KubeClient, to: PodPort, signal?: AbortSignal) => {
  const socket = await client.connect(
    {
      path: pathOf({group: '', version: 'v1', plural: 'pods'}, {namespace: to.namespace, name: to.pod, subresource: 'portforward'}),
      query: {ports: to.port},
      signal,
    },
    [PORT_FORWARD_PROTOCOL],
  );
  return {
    close: () => socket.close(),
    /** Moves bytes both ways; resolves when both sides have ended, rejects with what the pod's side reported. */
    carry: (local: Socket): Promise<void> =>
      new Promise((resolve, reject) => {
        const moved = {received: 0, sent: 0};
        const skipped = [0, 0];
        let said = '';
        let localClosed = false;

        const onData = (chunk: Buffer): void => {
          local.pause();
          moved.sent += chunk.length;
          const pass = async (): Promise<void> => {
            for (const message of frames(DATA, chunk)) await socket.send(message);
          };
          pass()
            .then(() => local.resume())
            .catch(() => undefined); // closed: `onClose` below settles
        };
        const onDrain = (): void => socket.resume();
        const onLocalClose = (): void => {
          localClosed = true;
          socket.close();
        };
        // 'close' follows; without a listener a reset by the local program would end the process.
        const onLocalError = (): void => undefined;
        const abort = (): void => {
          local.resetAndDestroy();
          socket.close();
        };
        signal?.addEventListener('abort', abort, {once: true});
        local.on('data', onData).on('drain', onDrain).on('close', onLocalClose).on('error', onLocalError);

        socket.onMessage((message) => {
          const channel = message[0] === ERROR ? ERROR : DATA;
          const header = Math.min(PORT_HEADER - (skipped[channel] ?? 0), message.length - 1);
          skipped[channel] = (skipped[channel] ?? 0) + header;
          const bytes = message.subarray(1 + header);
          if (bytes.length === 0) return;
          if (channel === ERROR) said += bytes.toString('utf8');
          else {
            moved.received += bytes.length;
            if (!local.destroyed && !local.write(bytes)) socket.pause();
          }
        });
        socket.onClose((code, reason) => {
          signal?.removeEventListener('abort', abort);
          local.off('data', onData).off('drain', onDrain).off('close', onLocalClose);
          if (localClosed) return resolve();
          if (said !== '' || (code !== 1000 && code !== 1005)) {
            const why = said === '' ? `lost the connection to the pod (${reason === '' ? `code ${code}` : reason})` : said;
            reject(new TunnelError(why, moved));
            return;
          }
          local.end();
          local.resume(); // what the local side still sends goes nowhere, but its end must be seen
          resolve();
        });
        local.resume();
      }),
  };
};

/** The tunnel's error when it is one, else a new one that says nothing was moved. */
export const tunnelErrorOf = (error: unknown): TunnelError =>
  error instanceof TunnelError ? error : new TunnelError(messageOf(error), {received: 0, sent: 0}, error);
