// Exec and attach against a real kubelet: exit codes, a megabyte of stdin, terminal sizes, refusals.
import {EventEmitter} from 'node:events';
import {PassThrough, Readable, Writable} from 'node:stream';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {execute, type RemoteCommand, type TerminalSize} from '../../../src/operations/exec.ts';
import {until} from '../../support/streams/loopback.ts';
import {onCluster, openAs, place, type Place} from './place.ts';

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

describe.skipIf(!onCluster)('exec on a real kubelet', () => {
  let at: Place;
  beforeAll(async () => {
    at = await place('exec');
    await at.pod('box', [{name: 'main', command: ['sleep', '3600']}]);
    await at.pod('shell', [{name: 'main', command: ['sh'], tty: true, stdin: true}]);
  });
  afterAll(() => at[Symbol.asyncDispose]());

  const run = async (more: Partial<RemoteCommand>) => {
    const stdout = new Sink();
    const stderr = new Sink();
    const end = await execute(at.cluster.client, {
      namespace: at.namespace,
      pod: 'box',
      container: 'main',
      tty: false,
      stdout,
      stderr,
      ...more,
    });
    return {exitCode: end.exitCode, stdout: stdout.text, stderr: stderr.text};
  };

  test('exit code 3, both outputs', async () => {
    expect(await run({command: ['sh', '-c', 'echo out; echo err >&2; exit 3']})).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('success', async () => {
    expect(await run({command: ['true']})).toEqual({exitCode: 0, stdout: '', stderr: ''});
  });

  test('a command that is not there tells why', async () => {
    await expect(run({command: ['no-such-command']})).rejects.toThrow(/no-such-command/);
  });

  test('a megabyte of stdin arrives whole, with its end', async () => {
    const given = Buffer.alloc(1 << 20, 'abcdefghij\n');
    const {exitCode, stdout} = await run({command: ['sh', '-c', 'md5sum; echo done'], stdin: Readable.from([given])});
    const {createHash} = await import('node:crypto');
    expect(stdout).toBe(`${createHash('md5').update(given).digest('hex')}  -\ndone\n`);
    expect(exitCode).toBe(0);
  });

  test('eight megabytes of output arrive whole', async () => {
    const {stdout} = await run({command: ['sh', '-c', 'yes kdeck | head -c 8388608']});
    expect(stdout.length).toBe(8 << 20);
  });

  test('stty sees the size, and the next one', async () => {
    const terminal = new EventEmitter();
    const stdin = new PassThrough();
    const stdout = new Sink();
    const end = execute(at.cluster.client, {
      namespace: at.namespace,
      pod: 'box',
      container: 'main',
      command: ['sh'],
      tty: true,
      stdin,
      stdout,
      sizes: {
        current: () => ({columns: 91, rows: 33}),
        onChange: (listener: (size: TerminalSize) => void) => {
          terminal.on('resize', listener);
          return () => terminal.off('resize', listener);
        },
      },
    });
    stdin.write('stty size\n');
    await until(() => stdout.text.includes('33 91'), 'the first size');
    terminal.emit('resize', {columns: 120, rows: 40});
    // The kubelet hands sizes on beside the input, so the shell is asked until the new one is there.
    const ask = setInterval(() => stdin.write('stty size\n'), 100);
    await until(() => stdout.text.includes('40 120'), 'the second size');
    clearInterval(ask);
    stdin.write('exit 7\n');
    expect((await end).exitCode).toBe(7);
    expect(terminal.listenerCount('resize')).toBe(0);
  });

  test('attach talks to the running process', async () => {
    const stdin = new PassThrough();
    const stdout = new Sink();
    const stop = new AbortController();
    const end = execute(at.cluster.client, {
      namespace: at.namespace,
      pod: 'shell',
      container: 'main',
      tty: true,
      stdin,
      stdout,
      signal: stop.signal,
    });
    stdin.write('echo six=$((2*3))\n');
    await until(() => stdout.text.includes('six=6'), 'the answer');
    stop.abort(new Error('enough'));
    await expect(end).rejects.toThrow('enough');
  });

  test("a forbidden user reads the server's own words", async () => {
    const limited = await openAs('readonly');
    await using _ = limited.client;
    await expect(
      execute(limited.client, {namespace: at.namespace, pod: 'box', command: ['true'], tty: false, stdout: new Sink()}),
    ).rejects.toThrow(
      /pods "box" is forbidden: User .* cannot (create|get) resource "pods\/exec" in API group "" in the namespace/,
    );
  });

  test('a pod that is not there', async () => {
    await expect(run({pod: 'nobody', command: ['true']})).rejects.toThrow('pods "nobody" not found');
  });

  test('a pod deleted meanwhile is an error or the exit code of the kill, never success', async () => {
    await at.pod('victim', [{name: 'main', command: ['sleep', '3600']}]);
    const stdout = new Sink();
    const end = execute(at.cluster.client, {
      namespace: at.namespace,
      pod: 'victim',
      command: ['sh', '-c', 'echo up; sleep 600'],
      tty: false,
      stdout,
      stderr: new Sink(),
    });
    await until(() => stdout.text === 'up\n', 'the command runs');
    await at.cluster.client.request({
      method: 'DELETE',
      path: `/api/v1/namespaces/${at.namespace}/pods/victim`,
      body: {gracePeriodSeconds: 0},
    });
    const result = await end.then(
      ({exitCode}) => exitCode,
      (error: Error) => error.message,
    );
    expect(result).not.toBe(0);
  });
});
