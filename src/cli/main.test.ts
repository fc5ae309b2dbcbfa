import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {afterEach, describe, expect, test} from 'vitest';
import {isCommandLine} from './command-line.ts';
import {runCli} from './main.ts';
import {isParent, verbIndex} from './verb-index.ts';

const run = async (words: string, env: Record<string, string> = {}, program = 'kubectl') => {
  const text = {stdout: '', stderr: ''};
  const stream = (name: 'stdout' | 'stderr') => new PassThrough().on('data', (chunk: Buffer) => (text[name] += chunk.toString()));
  const streams = {stdin: new PassThrough(), stdout: stream('stdout'), stderr: stream('stderr')};
  const code = await runCli(words.split(' ').filter(Boolean), {
    streams,
    env: {PATH: '', ...env},
    program,
    now: () => new Date(0),
    openCluster: () => Promise.reject(new Error('no cluster here')),
  });
  return {code, ...text};
};

describe('without a cluster', () => {
  test('unknown commands are told with what may have been meant', async () => {
    expect(await run('gett')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n',
    });
    expect((await run('list')).stderr).toContain('\tget\n');
    expect((await run('xyzzyplugh')).stderr).toBe('error: unknown command "xyzzyplugh" for "kubectl"\n');
  });

  test('a command kubectl has and kdeck has not says so in one sentence', async () => {
    const missing = Object.keys(verbIndex).find(
      (name) => verbIndex[name]?.load === undefined && name !== 'options' && !isParent(name),
    );
    expect(await run(missing!)).toEqual({code: 1, stdout: '', stderr: `error: kubectl ${missing} is not in kdeck yet\n`});
  });

  test('messages use the name it was called by', async () => {
    expect((await run('get --bogus', {}, 'kdeck')).stderr).toBe(
      "error: unknown flag: --bogus\nSee 'kdeck get --help' for usage.\n",
    );
  });

  test('a thrown error never shows a stack', async () => {
    const {code, stderr} = await run('get pods');
    expect([code, stderr]).toEqual([1, 'error: no cluster here\n']);
  });

  test('flags alone show the help', async () => {
    const {code, stdout} = await run('-n foo');
    expect(code).toBe(0);
    expect(stdout).toContain('Usage:\n  kubectl [flags] [options]');
  });
});

describe('plugins', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, {recursive: true});
  });
  const withPlugin = (name: string, script: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'kdeck-plugins-'));
    folders.push(folder);
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, {mode: 0o755});
    return folder;
  };

  test('the longest name wins, and the exit code is the plugin’s', async () => {
    expect((await run('foo bar-baz x', {PATH: withPlugin('kubectl-foo-bar_baz', 'exit 7')})).code).toBe(7);
    expect((await run('foo x', {PATH: withPlugin('kubectl-foo', '[ "$1" = x ] && exit 3')})).code).toBe(3);
  });

  test('flags before the name are refused', async () => {
    expect(await run('-n x foo')).toMatchObject({code: 1, stderr: 'Error: flags cannot be placed before plugin name: -n\n'});
  });

  test('they are listed, with what is wrong', async () => {
    const PATH = withPlugin('kubectl-version', '');
    expect(await run('plugin list', {PATH})).toEqual({
      code: 1,
      stdout: `The following compatible plugins are available:\n\n${PATH}/kubectl-version\n`,
      stderr: '  - warning: kubectl-version overwrites existing command: "kubectl version"\nerror: one plugin warning was found\n',
    });
  });
});

test('which lines are the command line’s', () => {
  expect(
    ['get pods', '-n x get pods', 'help', '__complete get', 'info', '--help'].map((line) => isCommandLine(line.split(' '))),
  ).toEqual(Array(6).fill(true));
  expect(['pods', '', '--context x', 'pods -n shop'].map((line) => isCommandLine(line.split(' ').filter(Boolean)))).toEqual(
    Array(4).fill(false),
  );
});
