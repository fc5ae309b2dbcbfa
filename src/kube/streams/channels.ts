// The channel numbers and frames of Kubernetes' remote command protocol over WebSocket, versions 4 and 5.

/** Best first. Version 5 (servers since 1.30) can say that stdin has ended; version 4 cannot. */
export const REMOTE_COMMAND_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;

/** The only protocol in which the port-forward endpoint speaks plain channels. */
export const PORT_FORWARD_PROTOCOL = 'v4.channel.k8s.io';

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;
export const STATUS = 3;
export const RESIZE = 4;
const CLOSE = 255;

// Go's side reads messages of any length, but a small frame keeps an interactive answer from waiting behind a big one.
const LONGEST_FRAME = 32 * 1024;

/** One message: the channel's number and the bytes. */
export const frame = (channel: number, bytes: Uint8Array): Buffer => {
  const message = Buffer.allocUnsafe(bytes.length + 1);
  message[0] = channel;
  message.set(bytes, 1);
  return message;
};

/** Bytes as messages of a bounded length. */
export function* frames(channel: number, bytes: Uint8Array): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += LONGEST_FRAME) yield frame(channel, bytes.subarray(from, from + LONGEST_FRAME));
}

/** Says in version 5 that nothing more will come on a channel. */
export const endOf = (channel: number): Buffer => Buffer.from([CLOSE, channel]);

/** How many character cells a terminal has. */
export type TerminalSize = {readonly columns: number; readonly rows: number};

/** Tells the remote terminal its size. */
export const resizeFrame = (size: TerminalSize): Buffer =>
  frame(RESIZE, Buffer.from(JSON.stringify({Width: size.columns, Height: size.rows})));
