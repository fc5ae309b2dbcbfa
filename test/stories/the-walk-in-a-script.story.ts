// The main job, by a script: the same walk with subcommands only.
import {execFile} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {freshNamespace} from '../support/cluster/namespace.ts';
import type {StoryNamespace} from '../support/cluster/namespace.ts';

const launcher = fileURLToPath(new URL('../../bin/kdeck.js', import.meta.url));
const run = promisify(execFile);
let shop: StoryNamespace;

const kdeck = async (
  ...args: readonly string[]
): Promise<{readonly code: number; readonly stdout: string; readonly stderr: string}> => {
  try {
    const {stdout, stderr} = await run(process.execPath, [launcher, '-n', shop.name, ...args], {
      env: {...process.env, KUBECONFIG: shop.facts.kubeconfigs.admin},
    });
    return {code: 0, stdout, stderr};
  } catch (error) {
    return error as {code: number; stdout: string; stderr: string};
  }
};

beforeAll(async () => {
  shop = await freshNamespace('script');
});
afterAll(() => shop.remove());

test('a script deploys, breaks, notices, rolls back, waits, runs a command and reads the logs', async () => {
  expect(
    await kdeck('create', 'deployment', 'checkout', '--image=kdeck.test/busybox:1', '--', 'sh', '-c', 'echo ready; sleep 3600'),
  ).toMatchObject({code: 0, stdout: 'deployment.apps/checkout created\n'});
  expect((await kdeck('rollout', 'status', 'deployment/checkout', '--timeout=120s')).stdout).toContain(
    'deployment "checkout" successfully rolled out',
  );

  expect((await kdeck('set', 'image', 'deployment/checkout', 'busybox=127.0.0.1:1/shop/checkout:v42')).stdout).toBe(
    'deployment.apps/checkout image updated\n',
  );
  const late = await kdeck('rollout', 'status', 'deployment/checkout', '--timeout=3s');
  expect(late.code).toBe(1);
  expect(late.stderr).toContain('timed out waiting for the condition');
  expect((await kdeck('describe', 'deployment', 'checkout')).stdout).toContain('127.0.0.1:1/shop/checkout:v42');

  expect((await kdeck('rollout', 'undo', 'deployment/checkout')).stdout).toBe('deployment.apps/checkout rolled back\n');
  expect((await kdeck('rollout', 'status', 'deployment/checkout', '--timeout=120s')).code).toBe(0);
  expect(await kdeck('wait', '--for=condition=Available', 'deployment/checkout', '--timeout=60s')).toMatchObject({
    code: 0,
    stdout: 'deployment.apps/checkout condition met\n',
  });

  expect(await kdeck('exec', 'deploy/checkout', '--', 'sh', '-c', 'echo in the pod; exit 3')).toMatchObject({
    code: 3,
    stdout: 'in the pod\n',
    stderr: 'command terminated with exit code 3\n',
  });
  expect((await kdeck('logs', 'deploy/checkout')).stdout).toBe('ready\n');
});
