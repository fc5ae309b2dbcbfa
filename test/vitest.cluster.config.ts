// Tests on a real cluster: contracts, stories in a pseudo-terminal, parity with kubectl. The harness starts the cluster.
import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'test/house/**/*.test.ts',
      'test/contract/**/*.test.{ts,tsx}',
      'test/stories/**/*.story.{ts,tsx}',
      'test/parity/**/*.test.ts',
    ],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: {TZ: 'UTC', KDECK_TEST: '1', KDECK_TEST_CLUSTER: 'default'},
  },
});
