// A terminal in memory: what kdeck writes goes into a real terminal emulator, and tests read its screen.
import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import xterm from '@xterm/headless';
import type {IBufferCell, Terminal as Emulator} from '@xterm/headless';
import type {TerminalInput, TerminalOutput} from '../../../src/tui/terminal/terminal.ts';

// The addon reads its table from the start of the memory behind a Buffer: wrong for a pooled one, which made tests fail at random.
const {poolSize} = Buffer;
Buffer.poolSize = 0;
const {UnicodeGraphemesAddon} = await import('@xterm/addon-unicode-graphemes');
Buffer.poolSize = poolSize;

/** One cell as the emulator holds it. */
export type Cell = {
  readonly text: string;
  readonly width: number;
  readonly fg: string | undefined;
  readonly bg: string | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
};

const hex = (value: number): string => `#${value.toString(16).padStart(6, '0')}`;

/** The 16 colours as xterm shows them; the rest of 256 is computed. */
const base16 = [
  '#000000',
  '#cd3131',
  '#0dbc79',
  '#e5e510',
  '#2472c8',
  '#bc3fbc',
  '#11a8cd',
  '#e5e5e5',
  '#666666',
  '#f14c4c',
  '#23d18b',
  '#f5f543',
  '#3b8eea',
  '#d670d6',
  '#29b8db',
  '#ffffff',
];
const indexed = (index: number): string => {
  if (index < 16) return base16[index] ?? '#ffffff';
  if (index >= 232) return hex((8 + (index - 232) * 10) * 0x010101);
  const level = (part: number): number => (part === 0 ? 0 : 55 + part * 40);
  const at = index - 16;
  return hex((level(Math.floor(at / 36)) << 16) | (level(Math.floor(at / 6) % 6) << 8) | level(at % 6));
};

const colour = (cell: IBufferCell, side: 'Fg' | 'Bg'): string | undefined => {
  if (side === 'Fg' ? cell.isFgDefault() : cell.isBgDefault()) return undefined;
  const value = side === 'Fg' ? cell.getFgColor() : cell.getBgColor();
  return (side === 'Fg' ? cell.isFgRGB() : cell.isBgRGB()) ? hex(value) : indexed(value);
};

class FakeOutput extends EventEmitter {
  readonly isTTY = true;
  writable = true;
  columns: number;
  rows: number;
  /** Everything written, for tests that look at bytes. */
  written = '';
  readonly #emulator: Emulator;

  constructor(emulator: Emulator, columns: number, rows: number) {
    super();
    this.#emulator = emulator;
    this.columns = columns;
    this.rows = rows;
  }

  write(data: string | Uint8Array, ...rest: unknown[]): boolean {
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    if (typeof data === 'string') this.written += data;
    this.#emulator.write(data, done);
    return true;
  }

  end(): void {}
}

class FakeInput extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  setRawMode(on: boolean): this {
    this.isRaw = on;
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

/** A terminal of a size. */
export class FakeTerminal {
  readonly #emulator: Emulator;
  readonly #output: FakeOutput;
  readonly #input = new FakeInput();

  constructor(columns: number, rows: number) {
    this.#emulator = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      scrollback: 0, // A tty turns LF into CR LF on its way out, in raw mode too.
      convertEol: true,
    });
    this.#emulator.loadAddon(new UnicodeGraphemesAddon());
    this.#output = new FakeOutput(this.#emulator, columns, rows);
  }

  get stdout(): TerminalOutput {
    return this.#output as unknown as TerminalOutput;
  }

  get stdin(): TerminalInput & {readonly isRaw: boolean} {
    return this.#input;
  }

  get columns(): number {
    return this.#output.columns;
  }

  get rows(): number {
    return this.#output.rows;
  }

  get written(): string {
    return this.#output.written;
  }

  /** True while the alternate screen is shown. */
  get alternate(): boolean {
    return this.#emulator.buffer.active.type === 'alternate';
  }

  /** Bytes as a keyboard sends them. */
  type(bytes: string): void {
    this.#input.write(bytes);
  }

  resize(columns: number, rows: number): void {
    this.#output.columns = columns;
    this.#output.rows = rows;
    this.#emulator.resize(columns, rows);
    this.#output.emit('resize');
  }

  /** Resolves when every byte written so far is on the screen. */
  async settled(): Promise<void> {
    await new Promise<void>((resolve) => this.#emulator.write('', resolve));
  }

  /** Feeds bytes straight to the screen: for pictures of recorded output. */
  feed(bytes: string | Uint8Array): void {
    this.#emulator.write(bytes);
  }

  /** Lines of the screen without blanks at their ends. */
  lines(): readonly string[] {
    const {active} = this.#emulator.buffer;
    return Array.from({length: this.rows}, (_, y) => active.getLine(active.viewportY + y)?.translateToString(true) ?? '');
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** Cells of one line. */
  cells(y: number): readonly Cell[] {
    const {active} = this.#emulator.buffer;
    const line = active.getLine(active.viewportY + y);
    return Array.from({length: this.columns}, (_, x): Cell => {
      const cell = line?.getCell(x);
      if (cell === undefined)
        return {
          text: ' ',
          width: 1,
          fg: undefined,
          bg: undefined,
          bold: false,
          dim: false,
          italic: false,
          underline: false,
          inverse: false,
        };
      return {
        text: cell.getChars() || (cell.getWidth() === 0 ? '' : ' '),
        width: cell.getWidth(),
        fg: colour(cell, 'Fg'),
        bg: colour(cell, 'Bg'),
        bold: cell.isBold() !== 0,
        dim: cell.isDim() !== 0,
        italic: cell.isItalic() !== 0,
        underline: cell.isUnderline() !== 0,
        inverse: cell.isInverse() !== 0,
      };
    });
  }

  /** The screen with a frame around it, for messages of failed tests. */
  framed(): string {
    const rule = '─'.repeat(this.columns);
    return [`┌${rule}┐`, ...this.lines().map((line) => `│${line.padEnd(this.columns)}│`), `└${rule}┘`].join('\n');
  }

  dispose(): void {
    this.#emulator.dispose();
  }
}
