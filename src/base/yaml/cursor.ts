// A place in a YAML text that moves on: characters, lines and columns, and the classes of characters YAML 1.1 knows.

/** A place in the text; lines count from 0. */
export type Mark = {readonly line: number; readonly column: number; readonly index: number};

/** The scanner met something impossible at `at`. */
export class ScanError extends Error {
  readonly context: Mark;
  readonly at: Mark;

  constructor(problem: string, context: Mark, at: Mark) {
    super(problem);
    this.context = context;
    this.at = at;
  }
}

/** Character code past the end. */
export const END = -1;

export const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;
export const isBreak = (code: number): boolean =>
  code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;
export const isEnd = (code: number): boolean => code === END || code === 0;
export const isBreakOrEnd = (code: number): boolean => isBreak(code) || isEnd(code);
export const isBlankOrEnd = (code: number): boolean => isBlank(code) || isBreakOrEnd(code);

/** Reads a text character by character. */
export class Cursor {
  readonly source: string;
  index = 0;
  line = 0;
  #lineStart = 0;
  /** Added to the column; the end of the text counts as a line of its own. */

  constructor(source: string) {
    this.source = source;
  }

  /** Columns count UTF-16 units: only blanks and indicators stand before anything whose column matters. */
  get column(): number {
    return this.index - this.#lineStart;
  }

  get mark(): Mark {
    return {line: this.line, column: this.column, index: this.index};
  }

  /** Code of the character here, or `ahead` of here. */
  code(ahead = 0): number {
    const code = this.source.charCodeAt(this.index + ahead);
    return Number.isNaN(code) ? END : code;
  }

  /** Whether a character given by its text stands here. */
  is(char: string, ahead = 0): boolean {
    return this.source[this.index + ahead] === char;
  }

  /** Goes over a line break and gives what it stands for. */
  takeBreak(): string {
    const code = this.code();
    this.index += code === 0x0d && this.code(1) === 0x0a ? 2 : 1;
    this.line += 1;
    this.#lineStart = this.index;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  /** Starts a last, empty line at the end of a text that does not end with a line break. */
  endLine(): void {
    if (this.column === 0) return;
    this.line += 1;
    this.#lineStart = this.index;
  }

  /** Goes to the end of the line. */
  skipLine(): void {
    while (!isBreakOrEnd(this.code())) this.index += 1;
  }

  /** Whether `---` or `...` stands here as a mark of its own. */
  atDocumentMark(): '---' | '...' | undefined {
    if (this.column !== 0 || !isBlankOrEnd(this.code(3))) return undefined;
    const word = this.source.slice(this.index, this.index + 3);
    return word === '---' || word === '...' ? word : undefined;
  }

  fail(problem: string, context: Mark = this.mark): never {
    throw new ScanError(problem, context, this.mark);
  }
}
