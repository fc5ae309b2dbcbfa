// The paper a kind's describe writes on: lines of tab-separated cells, as kubectl's describers do, aligned later by `output`.

/** Collects describe lines. A level is two blanks of indent inside the first cell. */
export interface DescribeWriter {
  /** One line; cells are tab separated. `line(1, 'Image:', image)` prints `  Image:<TAB>image`. */
  line(level: number, ...cells: readonly string[]): void;
  /** Raw text, line breaks and tabs included, for the few places where kubectl's own layout is irregular. */
  raw(text: string): void;
  /** Ends a column block, as kubectl flushes its tabwriter (before Events). */
  flush(): void;
}

/** The text kubectl hands to its tabwriter, block by block. */
export class DescribePaper implements DescribeWriter {
  readonly blocks: string[] = [''];

  line(level: number, ...cells: readonly string[]): void {
    this.raw(`${'  '.repeat(level)}${cells.join('\t')}\n`);
  }

  raw(text: string): void {
    this.blocks[this.blocks.length - 1] += text;
  }

  flush(): void {
    this.blocks.push('');
  }
}
