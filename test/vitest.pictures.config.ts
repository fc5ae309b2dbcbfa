// `npm run pictures`: takes the pictures of the documents, on the real cluster.
import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/pictures/*.story.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    env: {TZ: 'UTC', KDECK_TEST: '1'},
  },
});
