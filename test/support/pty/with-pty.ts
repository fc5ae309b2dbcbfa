// Tests of panes: they need a pseudo-terminal as the product finds one, and say so where there is none.
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {test} from 'vitest';
import {loadPty} from '../../../src/tui/pane/load-pty.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What a pane starts programs with; undefined where node-pty does not work. */
export const spawnPty = process.platform === 'win32' ? undefined : await loadPty(root);

/** A test that is skipped, with the reason, where nothing can run in a pane. */
export const withPty = (name: string, body: () => Promise<void>): void =>
  test(name, async ({skip}) => {
    skip(spawnPty === undefined, 'node-pty does not work here');
    await body();
  });
