// The lines of a log screen: bounded, in order of arrival, with the matches of a filter kept beside them.
import {stripVTControlCharacters} from 'node:util';
import {cleanLine} from '../../../base/text.ts';

/** One line, or a mark between lines. */
export type LogRow = {
  /** Index of the source; -1 for marks. */
  readonly source: number;
  /** The server's timestamp; empty for marks. */
  readonly time: string;
  readonly text: string;
  /** What a mark means; lines have none. */
  readonly mark?: 'note' | 'gap' | 'user';
};

/** Mutable on purpose: a busy log would copy itself to death. `revision` grows with every change. */
export class LogBuffer {
  readonly #limit: number;
  #rows: LogRow[] = [];
  #filter: RegExp | undefined;
  #matching: LogRow[] | undefined;
  /** Lines that were dropped to stay within the limit. */
  dropped = 0;
  revision = 0;

  /** @param limit lines kept at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Lines shown: all, or those that match the filter. */
  get rows(): readonly LogRow[] {
    return this.#matching ?? this.#rows;
  }

  /** All lines kept. */
  get all(): readonly LogRow[] {
    return this.#rows;
  }

  /** Adds lines; gives how many shown lines fell off at the top, so that a reader's place can move along. */
  add(rows: readonly LogRow[]): number {
    if (rows.length === 0) return 0;
    for (const row of rows) {
      this.#rows.push(row);
      if (this.#matching !== undefined && this.#matches(row)) this.#matching.push(row);
    }
    this.revision++;
    return this.#trim();
  }

  /** Shows only lines that match; undefined shows all. */
  filter(pattern: RegExp | undefined): void {
    this.#filter = pattern;
    this.#matching = pattern === undefined ? undefined : this.#rows.filter((row) => this.#matches(row));
    this.revision++;
  }

  clear(): void {
    this.#rows = [];
    if (this.#matching !== undefined) this.#matching = [];
    this.dropped = 0;
    this.revision++;
  }

  #matches(row: LogRow): boolean {
    if (row.mark !== undefined) return true;
    this.#filter!.lastIndex = 0;
    return this.#filter!.test(row.text);
  }

  // A tenth is dropped at a time: cutting one line off a long array for each new one would cost more than the line.
  #trim(): number {
    if (this.#rows.length <= this.#limit) return 0;
    const cut = this.#rows.length - Math.floor(this.#limit * 0.9);
    const gone = this.#rows.splice(0, cut);
    this.dropped += gone.filter(({mark}) => mark === undefined).length;
    if (this.#matching === undefined) return gone.length;
    // Shown lines stand in the order of all: those that match among the gone ones are the first.
    const off = gone.filter((row) => this.#matches(row)).length;
    this.#matching.splice(0, off);
    return off;
  }
}

/** Text of a log line as it may be drawn: no escape sequence reaches the terminal, tabs are blanks. */
export const logText = (raw: string): string => cleanLine(stripVTControlCharacters(raw).replaceAll('\t', '    '));
