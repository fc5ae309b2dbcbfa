// Runs a command in a container, or attaches to the one it runs, and gives back its exit code.
import {KdeckError, messageOf} from '../../base/errors.ts';
import {pathOf, type KubeClient, type KubeSocket} from '../client.ts';
import {
  endOf,
  frames,
  REMOTE_COMMAND_PROTOCOLS,
  resizeFrame,
  STATUS,
  STDERR,
  STDIN,
  STDOUT,
  type TerminalSize,
} from './channels.ts';
import {keysAfter, type KeySequence} from './detach-keys.ts';
import {exitCodeOf} from './exit-status.ts';

/** A terminal whose size may change. `onChange` gives back what removes the listener. */
export type TerminalSizes = {
  readonly current: () => TerminalSize | undefined;
  readonly onChange: (listener: (size: TerminalSize) => void) => () => void;
};

/** What to run, where, and which streams to join to it. */
export type RemoteCommand = {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string | undefined;
  /** Absent: attach to the process that the container already runs. */
  readonly command?: readonly string[] | undefined;
  /** A terminal merges the two outputs, so `stderr` is not asked for. */
  readonly tty: boolean;
  readonly stdin?: NodeJS.ReadableStream | undefined;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr?: NodeJS.WritableStream | undefined;
  readonly sizes?: TerminalSizes | undefined;
  /** Keys that leave the session and let the process run on. */
  readonly detach?: KeySequence | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** How a session ended. */
export type RemoteEnd = {readonly exitCode: number; readonly detached: boolean};

const POD = {group: '', version: 'v1', plural: 'pods'};

const open = (client: KubeClient, wanted: RemoteCommand): Promise<KubeSocket> =>
  client.connect(
    {
      path: pathOf(POD, {
        namespace: wanted.namespace,
        name: wanted.pod,
        subresource: wanted.command === undefined ? 'attach' : 'exec',
      }),
      query: {
        container: wanted.container,
        command: wanted.command,
        stdin: wanted.stdin === undefined ? undefined : true,
        stdout: true,
        stderr: wanted.tty || wanted.stderr === undefined ? undefined : true,
        tty: wanted.tty ? true : undefined,
      },
      signal: wanted.signal,
    },
    REMOTE_COMMAND_PROTOCOLS,
  );

/**
 * Runs to the end and gives the exit code. Never reports success without the server's word for it: a link that drops is an error.
 * Every listener put on the given streams is taken off again, and stdin is left paused.
 */
export const runRemoteCommand = async (client: KubeClient, wanted: RemoteCommand): Promise<RemoteEnd> => {
  const socket = await open(client, wanted);
  const cleanups: (() => void)[] = [];
  try {
    if (wanted.stdin !== undefined && !wanted.tty && !socket.protocol.startsWith('v5')) {
      throw new KdeckError(
        'KD-STREAM-NO-HALF-CLOSE',
        'this API server (older than 1.30) cannot be told where standard input ends, so the command would never finish',
        {tryThis: ['run it without -i', 'run it with -it in a terminal']},
      );
    }
    return await converse(socket, wanted, cleanups);
  } finally {
    for (const cleanup of cleanups) cleanup();
    socket.close();
  }
};

const converse = (socket: KubeSocket, wanted: RemoteCommand, cleanups: (() => void)[]): Promise<RemoteEnd> =>
  new Promise((resolve, reject) => {
    let status: Buffer | undefined;
    const sinks = joinOutputs(socket, wanted, cleanups, reject);

    socket.onMessage((message) => {
      const channel = message[0];
      if (channel === STATUS && message.length > 1) status = Buffer.concat([status ?? Buffer.alloc(0), message.subarray(1)]);
      else sinks.write(channel, message.subarray(1));
    });
    socket.onClose((code, reason) => {
      sinks
        .flushed()
        .then(() => {
          if (status === undefined) {
            const detail = reason === '' ? `code ${code}` : `code ${code}, ${reason}`;
            throw new KdeckError('KD-STREAM-LOST', `lost the connection to the container before the command ended (${detail})`);
          }
          resolve({exitCode: exitCodeOf(status), detached: false});
        })
        .catch(reject);
    });
    if (wanted.signal !== undefined) {
      const stop = (): void => reject(wanted.signal?.reason as Error);
      if (wanted.signal.aborted) return stop();
      wanted.signal.addEventListener('abort', stop, {once: true});
      cleanups.push(() => wanted.signal?.removeEventListener('abort', stop));
    }

    // The size goes first: a full-screen program asks for it before it draws anything.
    joinSizes(socket, wanted, cleanups)
      .then(() => joinInput(socket, wanted, cleanups, () => resolve({exitCode: 0, detached: true}), reject))
      .catch(() => undefined); // a failed send means a closed socket, which `onClose` reports
  });

const joinSizes = async (socket: KubeSocket, wanted: RemoteCommand, cleanups: (() => void)[]): Promise<void> => {
  if (!wanted.tty || wanted.sizes === undefined) return;
  const size = wanted.sizes.current();
  cleanups.push(wanted.sizes.onChange((next) => void socket.send(resizeFrame(next)).catch(() => undefined)));
  if (size === undefined) return;
  // A program that is already running redraws only when the size changes, so an attach changes it once for show.
  if (wanted.command === undefined) await socket.send(resizeFrame({columns: size.columns + 1, rows: size.rows + 1}));
  await socket.send(resizeFrame(size));
};

const joinOutputs = (socket: KubeSocket, wanted: RemoteCommand, cleanups: (() => void)[], fail: (error: Error) => void) => {
  const sinks = new Map<number | undefined, NodeJS.WritableStream>([[STDOUT, wanted.stdout]]);
  if (wanted.stderr !== undefined) sinks.set(STDERR, wanted.stderr);
  const full = new Set<NodeJS.WritableStream>();
  const pending = new Set<Promise<void>>();
  for (const sink of new Set(sinks.values())) {
    sink.on('error', fail);
    cleanups.push(() => sink.off('error', fail));
  }
  return {
    write: (channel: number | undefined, bytes: Buffer): void => {
      const sink = sinks.get(channel);
      if (sink === undefined || bytes.length === 0) return;
      const written = new Promise<void>((done) => {
        if (sink.write(bytes, () => done()) || full.has(sink)) return;
        full.add(sink);
        socket.pause();
        const drained = (): void => {
          full.delete(sink);
          if (full.size === 0) socket.resume();
        };
        sink.once('drain', drained);
        cleanups.push(() => sink.off('drain', drained));
      });
      pending.add(written);
      void written.then(() => pending.delete(written));
    },
    flushed: () => Promise.all(pending),
  };
};

const joinInput = (
  socket: KubeSocket,
  wanted: RemoteCommand,
  cleanups: (() => void)[],
  detached: () => void,
  fail: (error: Error) => void,
): void => {
  const {stdin, detach} = wanted;
  if (stdin === undefined) return;
  let stopped = false;
  let ended = false;
  let sending = false;
  const keys = detach === undefined ? undefined : keysAfter(detach);

  const finish = async (): Promise<void> => {
    if (socket.protocol.startsWith('v5')) await socket.send(endOf(STDIN));
  };
  const pass = async (chunk: Uint8Array): Promise<void> => {
    const typed = keys === undefined ? {pass: chunk, left: false} : keys(chunk);
    for (const message of frames(STDIN, typed.pass)) await socket.send(message);
    if (typed.left) return detached();
  };
  const onData = (chunk: Buffer | string): void => {
    // One chunk in flight: stdin waits until the socket has room, so a stopped server never fills our memory.
    sending = true;
    stdin.pause();
    pass(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
      .then(async () => {
        sending = false;
        if (ended) await finish();
        else if (!stopped) stdin.resume();
      })
      .catch(() => undefined); // the socket is closed, which `onClose` reports
  };
  const onEnd = (): void => {
    ended = true;
    if (!sending) void finish().catch(() => undefined);
  };
  const onError = (error: unknown): void =>
    fail(new KdeckError('KD-STREAM-STDIN', `cannot read standard input: ${messageOf(error)}`, {cause: error}));
  stdin.on('data', onData);
  stdin.once('end', onEnd);
  stdin.on('error', onError);
  cleanups.push(() => {
    stopped = true;
    stdin.off('data', onData);
    stdin.off('end', onEnd);
    stdin.off('error', onError);
    stdin.pause();
  });
  stdin.resume();
};
