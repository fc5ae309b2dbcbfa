// What a program writes becomes cells, and cells become our own styled lines: no byte of the program reaches the real terminal.
import xterm from '@xterm/headless';
import type {IBufferCell, Terminal as Xterm} from '@xterm/headless';
import {cleanLine, widthOf} from '../../base/text.ts';
import type {Size} from '../session/app.ts';
import type {Look} from '../theme/look.ts';
import type {Attribute, Style} from '../theme/style.ts';

/** Lines above the screen that are kept: the program may write for hours. */
const keptLines = 5000;

/** How the program wants its keys. */
export type KeyModes = {
  readonly applicationCursor: boolean;
  readonly bracketedPaste: boolean;
  /** The whole screen is the program's: editors and pagers. */
  readonly alternate: boolean;
};

const basic = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const hex = (value: number): string => `#${value.toString(16).padStart(6, '0')}`;

/** A colour of the 256: the first 16 keep their names, so that they look as the user's terminal shows them. */
const indexed = (index: number): string => {
  if (index < 8) return basic[index] ?? 'white';
  if (index < 16) return `${basic[index - 8] ?? 'white'}Bright`;
  if (index >= 232) return hex((8 + (index - 232) * 10) * 0x010101);
  const level = (part: number): number => (part === 0 ? 0 : 55 + part * 40);
  const at = index - 16;
  return hex((level(Math.floor(at / 36)) << 16) | (level(Math.floor(at / 6) % 6) << 8) | level(at % 6));
};

const styleOf = (cell: IBufferCell, underCursor: boolean): Style => {
  const attributes: Attribute[] = [];
  if (cell.isBold() !== 0) attributes.push('bold');
  if (cell.isDim() !== 0) attributes.push('dim');
  if (cell.isItalic() !== 0) attributes.push('italic');
  if (cell.isUnderline() !== 0) attributes.push('underline');
  if (cell.isStrikethrough() !== 0) attributes.push('strikethrough');
  if ((cell.isInverse() !== 0) !== underCursor) attributes.push('inverse');
  return {
    ...(cell.isFgDefault() ? {} : {fg: cell.isFgRGB() ? hex(cell.getFgColor()) : indexed(cell.getFgColor())}),
    ...(cell.isBgDefault() ? {} : {bg: cell.isBgRGB() ? hex(cell.getBgColor()) : indexed(cell.getBgColor())}),
    attributes,
  };
};

const isPlain = ({fg, bg, attributes}: Style): boolean => fg === undefined && bg === undefined && attributes.length === 0;

/** A cell's text in exactly its cells: what measures otherwise would shift everything right of it. */
const textOf = (cell: IBufferCell): string => {
  const width = cell.getWidth();
  if (width === 0) return '';
  const chars = cell.getChars();
  if (cell.isInvisible() !== 0 || chars === '') return ' '.repeat(width);
  const clean = cleanLine(chars);
  return widthOf(clean) === width ? clean : '?'.padEnd(width);
};

/** Widths as the rest of kdeck measures them; xterm's own table is of 2010 and knows no emoji. */
const asWeMeasure = {
  version: 'kdeck',
  wcwidth: (code: number): 0 | 1 | 2 => {
    if (code < 127) return code < 32 ? 0 : 1;
    return Math.min(2, widthOf(String.fromCodePoint(code))) as 0 | 1 | 2;
  },
  // Bits as xterm packs them: joins the cell before, its width, state.
  charProperties: (code: number, preceding: number): number => {
    const width = asWeMeasure.wcwidth(code);
    const before = (preceding >> 1) & 3;
    const joins = width === 0 && preceding !== 0 && before > 0;
    return ((joins ? Math.max(width, before) : width) << 1) | (joins ? 1 : 0);
  },
};

/** A terminal in memory. */
export class Emulator {
  readonly #xterm: Xterm;
  #cursor = true;

  /** `answer` gets what the program asked the terminal for, such as the place of the cursor. */
  constructor({columns, rows}: Size, answer: (bytes: string) => void) {
    this.#xterm = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: keptLines});
    this.#xterm.unicode.register(asWeMeasure);
    this.#xterm.unicode.activeVersion = 'kdeck';
    this.#xterm.onData(answer);
    const cursor =
      (shown: boolean) =>
      (params: (number | number[])[]): boolean => {
        if (params.includes(25)) this.#cursor = shown;
        return false;
      };
    this.#xterm.parser.registerCsiHandler({prefix: '?', final: 'h'}, cursor(true));
    this.#xterm.parser.registerCsiHandler({prefix: '?', final: 'l'}, cursor(false));
  }

  /** Takes output; `done` when it is on the screen. */
  write(data: string, done: () => void): void {
    this.#xterm.write(data, done);
  }

  resize({columns, rows}: Size): void {
    this.#xterm.resize(columns, rows);
  }

  get modes(): KeyModes {
    const {applicationCursorKeysMode, bracketedPasteMode} = this.#xterm.modes;
    return {
      applicationCursor: applicationCursorKeysMode,
      bracketedPaste: bracketedPasteMode,
      alternate: this.#xterm.buffer.active.type === 'alternate',
    };
  }

  /** Lines above the screen that can be looked at. */
  get above(): number {
    return this.#xterm.buffer.active.baseY;
  }

  /** The screen `up` lines above its end, as styled lines; the cursor is an inverse cell. */
  lines(look: Look, up: number, withCursor: boolean): readonly string[] {
    const {active} = this.#xterm.buffer;
    const top = Math.max(0, active.baseY - up);
    const cursorAt = withCursor && this.#cursor ? active.baseY + active.cursorY : -1;
    return Array.from({length: this.#xterm.rows}, (_, row) =>
      this.#line(look, top + row, top + row === cursorAt ? Math.min(active.cursorX, this.#xterm.cols - 1) : -1),
    );
  }

  #line(look: Look, y: number, cursorX: number): string {
    const line = this.#xterm.buffer.active.getLine(y);
    if (line === undefined) return '';
    let drawn = '';
    let run = '';
    let style: Style = {attributes: []};
    let name = '';
    const cell = this.#xterm.buffer.active.getNullCell();
    for (let x = 0; x < this.#xterm.cols; x++) {
      if (line.getCell(x, cell) === undefined) break;
      if (cell.getWidth() === 0) continue;
      const next = styleOf(cell, x === cursorX);
      const nextName = `${next.fg ?? ''} ${next.bg ?? ''} ${next.attributes.join(' ')}`;
      if (nextName !== name) {
        drawn += isPlain(style) ? run : look.wear(run, style);
        run = '';
        style = next;
        name = nextName;
      }
      run += textOf(cell);
    }
    return (drawn + (isPlain(style) ? run : look.wear(run, style))).trimEnd();
  }

  /** The text of the screen, as plain lines without blank ones around. */
  text(): string {
    const {active} = this.#xterm.buffer;
    const lines = Array.from(
      {length: this.#xterm.rows},
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
    return lines.map(cleanLine).join('\n').trim();
  }

  dispose(): void {
    this.#xterm.dispose();
  }
}
