// The whole program: both faces.
import process from 'node:process';
import {runProgram, version} from './program.ts';

await runProgram(async (argv) => {
  const {openTui} = await import('./start-tui.ts');
  const {env, stdin, stdout} = process;
  return openTui({argv, env, stdin, stdout, version, root: new URL('..', import.meta.url)});
});
