// The program from its sources, unbuilt: what tests run.
import process from 'node:process';
import {runProgram} from './program.ts';
import {version} from './version.ts';

await runProgram(async (argv) => {
  const {openTui} = await import('./start-tui.ts');
  const {env, stdin, stdout} = process;
  return openTui({argv, env, stdin, stdout, version, root: new URL('..', import.meta.url)});
});
