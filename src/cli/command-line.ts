// Finds the command in a command line as cobra does: the first word that is no flag and no flag's value, then its children.
import {bareWords, FlagSet} from './flags/parse.ts';
import {globalFlags, helpFlag} from './flags/global.ts';
import {childOf, ownCommands} from './verb-index.ts';

/** What a command line asks for. */
export type FoundCommand = {
  /** Path of the innermost command found; '' when it is none of ours. */
  readonly path: string;
  /** All words but those of the path. */
  readonly rest: readonly string[];
  /** The first word of the rest that is neither flag nor flag value, if any. */
  readonly next: string | undefined;
};

const rootSet = new FlagSet(globalFlags, [helpFlag]);

/** The command of a line; flags may stand before it. */
export const findCommand = (argv: readonly string[]): FoundCommand => {
  let path = '';
  let rest = [...argv];
  for (;;) {
    // Only the flags every command has count here: a verb's own are known once its file is loaded, and cobra's answer is the
    // same for them as long as they stand after the verb's name.
    const first = bareWords(rest, rootSet)[0];
    if (first === undefined) return {path, rest, next: undefined};
    const child = childOf(path, first.word);
    if (child === undefined) return {path, rest, next: first.word};
    path = child;
    rest = rest.toSpliced(first.index, 1);
  }
};

/** True when a command line is the CLI's business: its first word is a command of ours, or asks for help. */
export const isCommandLine = (argv: readonly string[]): boolean => {
  const word = firstWord(argv);
  if (word === undefined) return argv.includes('--help') || argv.includes('-h');
  return word === 'help' || word.startsWith('__complete') || ownCommands.includes(word) || childOf('', word) !== undefined;
};

/** The first word of a line that could name a command. */
export const firstWord = (argv: readonly string[]): string | undefined => bareWords(argv, rootSet)[0]?.word;
