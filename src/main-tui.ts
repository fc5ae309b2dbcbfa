// The built TUI: one CommonJS file, loaded at once on a terminal when no word names a command.
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {wantsTui} from './face.ts';
import {openTui} from './start-tui.ts';
import {version} from './version.ts';

declare const __dirname: string;

/** Opens the TUI and ends the process with it; false when the words ask for something else. Called by bin/kdeck.js, too. */
export const start = async (): Promise<boolean> => {
  const {argv, env, stdin, stdout} = process;
  const words = argv.slice(2);
  if (!wantsTui(words, {stdin, stdout}, env)) return false;
  const root = pathToFileURL(join(__dirname, '../'));
  process.exit(await openTui({argv: words, env, stdin, stdout, version, root}));
};
