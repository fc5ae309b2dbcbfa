// The built command line: one CommonJS file that loads in a few milliseconds. The TUI stands in another beside it.
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {runProgram, version} from './program.ts';

declare const __dirname: string;

void runProgram(async (argv) => {
  const {openTui} = await import('./start-tui.ts');
  const {env, stdin, stdout} = process;
  return openTui({argv, env, stdin, stdout, version, root: pathToFileURL(join(__dirname, '../'))});
});
