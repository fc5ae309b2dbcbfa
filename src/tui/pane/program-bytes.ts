// What a program in a pane is sent for an input: the bytes as they were typed, in the form its own modes ask for.
import type {Input} from '../keys/input.ts';
import type {KeyModes} from './emulator.ts';

// Our terminal stays in its normal mode; a program that asked for application keys knows the arrows by other bytes.
// eslint-disable-next-line no-control-regex -- a control sequence starts with ESC
const plainCursorKey = /^\x1b\[([ABCDHF])$/;

/** Bytes for the program; undefined when the input is not for it. */
export const bytesForProgram = (input: Input, bytes: string, modes: KeyModes): string | undefined => {
  switch (input.type) {
    case 'key':
      return modes.applicationCursor ? bytes.replace(plainCursorKey, '\x1bO$1') : bytes;
    case 'paste': {
      // A paste must not be able to end its own brackets, and outside of brackets a line ends as Enter ends it.
      const text = input.text.replaceAll('\x1b[201~', '').replaceAll(/\r?\n/g, '\r');
      return modes.bracketedPaste ? `\x1b[200~${text}\x1b[201~` : text;
    }
    case 'wheel':
      // Terminals do the same for programs that own the whole screen.
      return modes.alternate ? `\x1b${modes.applicationCursor ? 'O' : '['}${input.by === 1 ? 'B' : 'A'}`.repeat(3) : undefined;
    default:
      return undefined;
  }
};
