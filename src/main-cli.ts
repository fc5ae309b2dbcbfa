// The built command line: one CommonJS file that loads in a few milliseconds. The TUI stands in another beside it.
import {runProgram} from './program.ts';

void runProgram(async () => {
  // bin/kdeck.js sends here what looked like a command, and was none.
  const {start} = await import('./main-tui.ts');
  await start();
  return undefined;
});
