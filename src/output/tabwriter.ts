// Elastic tabstops exactly as Go's text/tabwriter and kubectl's fork of it align text with blanks.
// A cell ends at a tab; the last cell of a line belongs to no column. Widths count code points, not screen cells.

/** How a writer pads. */
export type TabWriterOptions = {
  readonly minWidth: number;
  readonly padding: number;
  /** A column never gets narrower than it was, also across flushes: what `get --watch` relies on. */
  readonly remember: boolean;
};

/** kubectl's tables: at least 6 wide, 3 blanks between. */
export const TABLE_LAYOUT: TabWriterOptions = {minWidth: 6, padding: 3, remember: true};

/** kubectl's describe: 2 blanks between. */
export const DESCRIBE_LAYOUT: TabWriterOptions = {minWidth: 0, padding: 2, remember: false};

const CHUNK = 1 << 16;
let blanks = ' '.repeat(256);

const pad = (count: number): string => {
  while (blanks.length < count) blanks += blanks;
  return blanks.slice(0, count);
};

/** Number of code points, the width tabwriter gives a text. */
export const runeCount = (text: string): number => {
  let count = text.length;
  for (let index = 0; index < text.length; index += 1) {
    // A high surrogate starts a pair: two units, one code point.
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800) count -= 1;
  }
  return count;
};

type Line = {readonly cells: string[]; readonly widths: number[]; readonly unfinished?: boolean};

const CELL_END = /[\t\v]/;

/** Collects lines of tab-separated cells and writes them aligned. */
export class TabWriter {
  readonly #out: (text: string) => void;
  readonly #options: TabWriterOptions;
  #lines: Line[] = [];
  #open = '';
  #widths: number[] = [];
  #remembered: number[] = [];
  #pending = '';

  constructor(out: (text: string) => void, options: TabWriterOptions) {
    this.#out = out;
    this.#options = options;
  }

  /** Adds text; it may hold tabs, line breaks, and pieces of lines. */
  write(text: string): void {
    const pages = (this.#open + text).split('\f');
    this.#open = '';
    pages.forEach((page, number) => {
      const lines = page.split('\n');
      const last = lines.pop()!;
      for (const line of lines) this.row(line.split(CELL_END));
      if (number === pages.length - 1) {
        this.#open = last;
        return;
      }
      this.row(last.split(CELL_END));
      this.flush();
    });
  }

  /** Adds one whole line, cell by cell; no cell may hold a tab or a line break. */
  row(cells: string[]): void {
    const widths = new Array<number>(cells.length);
    for (let index = 0; index < cells.length; index += 1) widths[index] = runeCount(cells[index]!);
    this.#lines.push({cells, widths});
    // A line of one cell touches no column, so nothing after it can change what stands before.
    if (cells.length === 1) this.#format();
  }

  /** Writes everything that was collected; columns start anew after it. */
  flush(): void {
    if (this.#open !== '') {
      const cells = this.#open.split(CELL_END);
      this.#open = '';
      // Go adds the last cell of an unfinished line only when it holds something.
      if (cells.at(-1) === '') cells.pop();
      const line = {cells, widths: cells.map(runeCount), unfinished: true};
      this.#lines.push(line);
    }
    this.#format();
    if (this.#pending !== '') this.#out(this.#pending);
    this.#pending = '';
  }

  /** Forgets remembered widths, as kubectl does before a table of another type. */
  forget(): void {
    this.#remembered = [];
  }

  #format(): void {
    const lines = this.#lines;
    this.#lines = [];
    this.#widths = [];
    this.#block(lines, 0, lines.length);
  }

  /** Lines from..to share the columns in `#widths`; finds the blocks of the next column among them. */
  #block(lines: readonly Line[], from: number, to: number): void {
    const column = this.#widths.length;
    let written = from;
    let index = from;
    while (index < to) {
      if (column >= lines[index]!.cells.length - 1) {
        index += 1;
        continue;
      }
      this.#emit(lines, written, index);
      written = index;
      let width = this.#options.minWidth;
      for (; index < to && column < lines[index]!.cells.length - 1; index += 1) {
        const wanted = lines[index]!.widths[column]! + this.#options.padding;
        if (wanted > width) width = wanted;
      }
      this.#widths.push(this.#options.remember ? this.#remember(column, width) : width);
      this.#block(lines, written, index);
      this.#widths.pop();
      written = index;
    }
    this.#emit(lines, written, to);
  }

  #remember(column: number, width: number): number {
    const known = this.#remembered[column];
    if (known !== undefined && known > width) return known;
    this.#remembered[column] = width;
    return width;
  }

  #emit(lines: readonly Line[], from: number, to: number): void {
    const columns = this.#widths;
    let text = this.#pending;
    for (let row = from; row < to; row += 1) {
      const {cells, widths, unfinished} = lines[row]!;
      for (let index = 0; index < cells.length; index += 1) {
        text += cells[index];
        const width = columns[index];
        if (width !== undefined && width > widths[index]!) text += pad(width - widths[index]!);
      }
      if (unfinished !== true) text += '\n';
      if (text.length > CHUNK) {
        this.#out(text);
        text = '';
      }
    }
    this.#pending = text;
  }
}

/** Aligns a whole text at once. */
export const alignTabs = (text: string, options: TabWriterOptions): string => {
  let aligned = '';
  const writer = new TabWriter((piece) => (aligned += piece), options);
  writer.write(text);
  writer.flush();
  return aligned;
};
