// What exec and attach must survive: exit codes, end of stdin, refused upgrades, broken links, slow sides.
import {EventEmitter} from 'node:events';
import {PassThrough, Readable, Writable} from 'node:stream';
import {expect, test} from 'vitest';
import type {WebSocket} from 'ws';
import {loopback, statusFrame, until} from '../../../test/support/streams/loopback.ts';
import type {TerminalSize} from './channels.ts';
import {keySequence} from './detach-keys.ts';
import {runRemoteCommand, type RemoteCommand} from './remote-command.ts';

class Sink extends Writable {
  readonly parts: Buffer[] = [];
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.parts.push(chunk);
    done();
  }
  get text(): string {
    return Buffer.concat(this.parts).toString();
  }
}

const command = (more: Partial<RemoteCommand>): RemoteCommand => ({
  namespace: 'ns',
  pod: 'web',
  container: 'c',
  command: ['sh', '-c', 'exit 3'],
  tty: false,
  stdout: new Sink(),
  stderr: new Sink(),
  ...more,
});

test('gives back the exit code and keeps the two outputs apart', async () => {
  await using server = await loopback({
    socket: (socket) => {
      socket.send(Buffer.from([1])); // servers begin with an empty frame
      socket.send(Buffer.from('\x01out'));
      socket.send(Buffer.from('\x02err'));
      socket.send(statusFrame(3));
      socket.close();
    },
  });
  const stdout = new Sink();
  const stderr = new Sink();
  expect(await runRemoteCommand(server.client, command({stdout, stderr}))).toEqual({exitCode: 3, detached: false});
  expect([stdout.text, stderr.text]).toEqual(['out', 'err']);
  expect(server.urls).toEqual([
    '/api/v1/namespaces/ns/pods/web/exec?command=sh&command=-c&command=exit+3&container=c&stderr=true&stdout=true',
  ]);
});

test('a megabyte of stdin comes back whole, and its end is told', async () => {
  await using server = await loopback({
    socket: (socket) => {
      socket.on('message', (data: Buffer) => {
        if (data[0] === 0) socket.send(Buffer.concat([Buffer.from([1]), data.subarray(1)]));
        if (data[0] === 255 && data[1] === 0) {
          socket.send(statusFrame(0));
          socket.close();
        }
      });
    },
  });
  const given = Buffer.alloc(1 << 20, 'kdeck stdin ');
  const stdout = new Sink();
  const stdin = Readable.from([given.subarray(0, 400_000), given.subarray(400_000)]);
  expect((await runRemoteCommand(server.client, command({stdin, stdout}))).exitCode).toBe(0);
  expect(Buffer.concat(stdout.parts).equals(given)).toBe(true);
});

test('a server that cannot be told of the end of stdin is refused, not left hanging', async () => {
  await using server = await loopback({protocols: ['v4.channel.k8s.io'], socket: () => undefined});
  await expect(runRemoteCommand(server.client, command({stdin: Readable.from(['x'])}))).rejects.toThrow(
    /where standard input ends/,
  );
});

test('without stdin an old server does as well', async () => {
  await using server = await loopback({
    protocols: ['v4.channel.k8s.io'],
    socket: (socket) => {
      socket.send(statusFrame(0));
      socket.close();
    },
  });
  expect((await runRemoteCommand(server.client, command({}))).exitCode).toBe(0);
});

test('the words of a refused upgrade are kept', async () => {
  const message = 'pods "web" is forbidden: User "ann" cannot create resource "pods/exec"';
  await using server = await loopback({
    refuse: {status: 403, body: {kind: 'Status', status: 'Failure', message, reason: 'Forbidden', code: 403}},
  });
  await expect(runRemoteCommand(server.client, command({}))).rejects.toThrow(message);
});

test.each([
  ['cut', (socket: WebSocket) => socket.terminate()],
  ['closed politely but without a status', (socket: WebSocket) => socket.close(1000)],
])('a link that is %s is an error, never success', async (_name, end) => {
  await using server = await loopback({
    socket: (socket) => {
      socket.send(Buffer.from('\x01half'), () => end(socket));
    },
  });
  await expect(runRemoteCommand(server.client, command({}))).rejects.toThrow(/lost the connection to the container/);
});

test("a failure without exit code tells the server's message", async () => {
  await using server = await loopback({
    socket: (socket) => {
      socket.send(
        Buffer.from(
          `\x03${JSON.stringify({status: 'Failure', message: 'Internal error occurred: no such file', reason: 'InternalError'})}`,
        ),
      );
      socket.close();
    },
  });
  await expect(runRemoteCommand(server.client, command({}))).rejects.toThrow('Internal error occurred: no such file');
});

test('a slow output holds the server back', async () => {
  let sent = 0;
  let release: () => void = () => undefined;
  const open = new Promise<void>((done) => (release = done));
  await using server = await loopback({
    socket: (socket) => {
      const block = Buffer.alloc(64 * 1024, 1);
      const next = (): void => {
        if (sent >= 64 << 20) {
          socket.send(statusFrame(0));
          return socket.close();
        }
        socket.send(block, () => {
          sent += block.length;
          next();
        });
      };
      next();
    },
  });
  let received = 0;
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      received += chunk.length;
      void open.then(() => done());
    },
  });
  const end = runRemoteCommand(server.client, command({stdout}));
  await until(() => received > 0, 'the first output');
  let before = -1;
  while (before !== sent) {
    before = sent;
    await new Promise((next) => setTimeout(next, 150));
  }
  expect(sent).toBeLessThan(24 << 20);
  release();
  expect((await end).exitCode).toBe(0);
  expect(received).toBe(((64 << 20) / (64 * 1024)) * (64 * 1024 - 1));
});

test('a server that does not read holds stdin back', async () => {
  const stop = new AbortController();
  await using server = await loopback({socket: (socket) => socket.pause()});
  let read = 0;
  const stdin = new Readable({
    read(size) {
      read += size;
      this.push(Buffer.alloc(size));
    },
  });
  const end = runRemoteCommand(server.client, command({stdin, signal: stop.signal}));
  end.catch(() => undefined);
  await until(() => read > 0, 'the first read');
  let before = -1;
  while (before !== read) {
    before = read;
    await new Promise((next) => setTimeout(next, 150));
  }
  expect(read).toBeLessThan(16 << 20);
  stop.abort(new Error('enough'));
  await expect(end).rejects.toThrow('enough');
  stdin.destroy();
});

test('the size goes before the first byte and again on each change, and no listener stays behind', async () => {
  const messages: string[] = [];
  await using server = await loopback({
    socket: (socket) => {
      socket.on('message', (data: Buffer) => {
        messages.push(data.toString());
        if (data.toString().includes('"Width":120')) {
          socket.send(statusFrame(0));
          socket.close();
        }
      });
    },
  });
  const terminal = new EventEmitter();
  const stdin = new PassThrough();
  const stdout = new Sink();
  const counts = (): number[] => [
    ...['data', 'end', 'error'].map((name) => stdin.listenerCount(name)),
    ...['drain', 'error', 'close'].map((name) => stdout.listenerCount(name)),
  ];
  const before = counts();
  stdin.write('ls\n');
  const end = runRemoteCommand(
    server.client,
    command({
      tty: true,
      stdin,
      stdout,
      sizes: {
        current: () => ({columns: 80, rows: 24}),
        onChange: (listener: (size: TerminalSize) => void) => {
          terminal.on('resize', listener);
          return () => terminal.off('resize', listener);
        },
      },
    }),
  );
  await until(() => messages.length === 2, 'two messages');
  terminal.emit('resize', {columns: 120, rows: 40});
  expect(await end).toEqual({exitCode: 0, detached: false});
  expect(messages).toEqual(['\x04{"Width":80,"Height":24}', '\x00ls\n', '\x04{"Width":120,"Height":40}']);
  expect(terminal.listenerCount('resize')).toBe(0);
  expect(counts()).toEqual(before);
  expect(server.urls[0]).not.toContain('stderr');
});

test('attach asks for no command, changes the size once for show, and can be left', async () => {
  const messages: string[] = [];
  await using server = await loopback({
    socket: (socket) => {
      socket.on('message', (data: Buffer) => messages.push(data.toString()));
    },
  });
  const stdin = new PassThrough();
  const end = runRemoteCommand(
    server.client,
    command({
      command: undefined,
      tty: true,
      stdin,
      detach: keySequence('ctrl-p,ctrl-q'),
      sizes: {current: () => ({columns: 80, rows: 24}), onChange: () => () => undefined},
    }),
  );
  stdin.write('a\x10');
  await until(() => messages.length === 3, 'the first key');
  stdin.write('b\x10\x11');
  expect(await end).toEqual({exitCode: 0, detached: true});
  await until(() => messages.length === 4, 'the last key');
  expect(messages).toEqual(['\x04{"Width":81,"Height":25}', '\x04{"Width":80,"Height":24}', '\x00a', '\x00\x10b']);
  expect(server.urls[0]).toMatch(/^\/api\/v1\/namespaces\/ns\/pods\/web\/attach\?/);
});

test('a CLOSE frame from the server does no harm', async () => {
  await using server = await loopback({
    socket: (socket) => {
      socket.send(Buffer.from([255, 1]));
      socket.send(statusFrame(0));
      socket.close();
    },
  });
  expect((await runRemoteCommand(server.client, command({}))).exitCode).toBe(0);
});
