// Tests that need neither root nor a cluster: unit and component tests, and stories on loopback servers.
import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'src/**/*.test.{ts,tsx}',
      'plugins/**/*.test.ts',
      'themes/**/*.test.ts',
      'test/support/**/*.test.{ts,tsx}',
      'test/documents/*.test.ts',
    ],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    env: {TZ: 'UTC', KDECK_TEST: '1'},
  },
});
