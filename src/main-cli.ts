// The command line as one file that loads in a few milliseconds; the TUI stays in the other, larger build of the program.
import {runProgram} from './program.ts';

void runProgram(async () => {
  // Reads the same words again, and opens the TUI for them.
  await import('./main.ts');
  return undefined;
});
