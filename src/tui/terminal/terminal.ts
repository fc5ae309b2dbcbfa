// The terminal itself: raw input, modes, clipboard, title; lent to children and given back whole on every way out.
import {InputDecoder} from '../keys/decode.ts';
import type {Typed} from '../keys/decode.ts';
import type {Input} from '../keys/input.ts';

/** The input side: a tty, or a test's stand-in. */
export type TerminalInput = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  setRawMode?: (on: boolean) => unknown;
  ref?: () => unknown;
  unref?: () => unknown;
};
/** The output side. */
export type TerminalOutput = NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number};

const pasteOn = '\x1b[?2004h';
const pasteOff = '\x1b[?2004l';
const mouseOn = '\x1b[?1000h\x1b[?1006h';
const mouseOff = '\x1b[?1006l\x1b[?1000l';
const focusOn = '\x1b[?1004h';
const focusOff = '\x1b[?1004l';
const askBackground = '\x1b]11;?\x1b\\';

/** A lone Esc is a key once nothing followed it for this long. */
const escapeDelay = 20;
/** Terminals refuse longer clipboard texts; some quietly. */
const clipboardLimit = 74_994;

/** Reads keys and keeps the modes. */
export class Terminal {
  readonly #input: TerminalInput;
  readonly #output: TerminalOutput;
  readonly #mouse: boolean;
  readonly #env: Readonly<Record<string, string | undefined>>;
  #decoder = new InputDecoder();
  #timer: NodeJS.Timeout | undefined;
  #onInput: ((input: Input, bytes: string) => void) | undefined;
  #active = false;

  constructor(
    input: TerminalInput,
    output: TerminalOutput,
    options: {readonly mouse: boolean; readonly env: Readonly<Record<string, string | undefined>>},
  ) {
    this.#input = input;
    this.#output = output;
    this.#mouse = options.mouse;
    this.#env = options.env;
  }

  /** A sequence has begun that may still become another key. */
  get waiting(): boolean {
    return this.#timer !== undefined;
  }

  /** Takes the keyboard. Each input comes with the bytes it was typed in. */
  start(onInput: (input: Input, bytes: string) => void): void {
    this.#onInput = onInput;
    this.#active = true;
    this.#input.setRawMode?.(true);
    this.#input.on('data', this.#read);
    this.#input.resume();
    this.#input.ref?.();
    this.#output.write(pasteOn + focusOn + (this.#mouse ? mouseOn : ''));
  }

  /** Asks for the background colour; the answer, if one comes, is an input. */
  askBackground(): void {
    if (this.#env['TERM'] !== 'linux' && this.#env['TERM'] !== 'dumb') this.#output.write(askBackground);
  }

  /** Gives keyboard and modes back. Safe to call twice, and from an exit handler. */
  release(): void {
    if (!this.#active) return;
    this.#active = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#input.removeListener('data', this.#read);
    try {
      this.#output.write((this.#mouse ? mouseOff : '') + focusOff + pasteOff);
      this.#input.setRawMode?.(false);
    } catch {
      // The terminal is gone; there is nothing left to restore.
    }
    this.#input.pause();
  }

  /** Takes the keyboard again after `release`. Bytes of a cut sequence from before mean nothing now. */
  resume(): void {
    this.#decoder = new InputDecoder();
    if (this.#onInput !== undefined) this.start(this.#onInput);
  }

  #read = (chunk: Buffer | string): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell(this.#decoder.take(chunk));
    if (!this.#decoder.waiting) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tell(this.#decoder.takeRest());
    }, escapeDelay);
  };

  #tell(typed: readonly Typed[]): void {
    for (const {input, bytes} of typed) this.#onInput?.(input, bytes);
  }

  /** Puts text on the clipboard over OSC 52, through tmux and screen. */
  copy(text: string): {readonly ok: boolean; readonly says: string} {
    const encoded = Buffer.from(text, 'utf8').toString('base64');
    if (encoded.length > clipboardLimit)
      return {ok: false, says: `That is too long for the terminal's clipboard (${encoded.length} of ${clipboardLimit} bytes)`};
    const plain = `\x1b]52;c;${encoded}\x07`;
    const wrapped =
      this.#env['TMUX'] !== undefined
        ? `\x1bPtmux;${plain.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`
        : (this.#env['TERM'] ?? '').startsWith('screen')
          ? `\x1bP${plain}\x1b\\`
          : plain;
    this.#output.write(wrapped);
    return {ok: true, says: 'copied'};
  }

  /** Sets the window title. */
  title(text: string): void {
    // eslint-disable-next-line no-control-regex -- a title must not end its own sequence
    this.#output.write(`\x1b]2;${text.replaceAll(/[\x00-\x1f\x7f]/g, '')}\x07`);
  }
}
