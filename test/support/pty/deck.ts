// kdeck in a pseudo-terminal, pressed by command id: rebinding a key breaks no story.
import {builtinCommands} from '../../../src/commands/builtin/commands.ts';
import {loadAllKinds} from '../../../src/resources/catalogue.ts';
import {bytesOf} from '../deck/keys.ts';
import type {PtyOptions} from './pty.ts';
import {PtyProgram} from './pty.ts';

/** The first default chord of each command and action. */
const chords = async (): Promise<ReadonlyMap<string, string>> => {
  const kinds = await loadAllKinds();
  const all = [...builtinCommands, ...kinds.flatMap(({actions = []}) => actions)];
  return new Map(all.flatMap(({id, keys}) => (keys?.[0] === undefined ? [] : [[id, keys[0]] as const])));
};

/** The real program, and what a person does with it. */
export class PtyDeck {
  readonly program: PtyProgram;
  readonly #chords: ReadonlyMap<string, string>;

  constructor(program: PtyProgram, known: ReadonlyMap<string, string>) {
    this.program = program;
    this.#chords = known;
  }

  /** Starts kdeck. */
  static async opens(args: readonly string[], options: PtyOptions): Promise<PtyDeck> {
    const known = await chords();
    return new PtyDeck(new PtyProgram(args, options), known);
  }

  /** Presses the key of a command. */
  does(id: string): void {
    const chord = this.#chords.get(id);
    if (chord === undefined) throw new Error(`the command ${id} has no default key`);
    for (const step of chord.split(' ')) this.program.type(bytesOf(step));
  }

  /** Presses keys that belong to no command, such as those of dialogs and prompts. */
  types(text: string): void {
    this.program.type(text);
  }

  /** Waits for a row whose text matches, with the cursor anywhere. */
  async row(pattern: RegExp, seconds = 60): Promise<void> {
    await this.program.waits(`row ${pattern}`, (terminal) => terminal.lines().some((line) => pattern.test(line)), seconds);
  }

  /** Waits until the line under the cursor matches. */
  async cursorOn(pattern: RegExp, seconds = 30): Promise<void> {
    await this.program.waits(
      `cursor on ${pattern}`,
      (terminal) => terminal.lines().some((line) => line.startsWith('▌') && pattern.test(line)),
      seconds,
    );
  }

  /** Waits for a text anywhere. */
  async sees(text: string, seconds = 30): Promise<void> {
    await this.program.shows(text, seconds);
  }

  /** Waits until a text is gone. */
  async losesSight(text: string, seconds = 30): Promise<void> {
    await this.program.waits(`end of \`${text}\``, (terminal) => !terminal.text().includes(text), seconds);
  }

  close(): Promise<void> {
    return this.program.close();
  }
}
