// The parity suite alone: `npx vitest run --config test/parity/vitest.config.ts`, two cases at a time.
import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/parity/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    maxConcurrency: 2,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    env: {TZ: 'UTC', KDECK_TEST: '1'},
  },
});
