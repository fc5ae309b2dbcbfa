// One `get` of tables: sections per resource type, blank lines between them, and whether anything was printed at all.
import {messageOf} from '../base/errors.ts';
import {TABLE_LAYOUT, TabWriter} from './tabwriter.ts';
import {TablePrinter, type TableOptions} from './table.ts';
import type {Write} from './printer.ts';
import type {Table} from '../kube/types/object.ts';

/** What one answer of the server is about. */
export type TableSubject = {
  /** Resource type, such as `deployments.v1.apps`; a new section starts when it changes. */
  readonly type: string;
  readonly kind: {readonly group: string; readonly kind: string};
  readonly namespaced: boolean;
};

/** What a whole report shows; the NAMESPACE column and kind prefixes follow from the subjects. */
export type ReportOptions = Pick<TableOptions, 'noHeaders' | 'wide' | 'showLabels' | 'labelColumns'> & {
  readonly allNamespaces?: boolean;
  /** `--show-kind`, or the result holds several kinds. */
  readonly withKind?: boolean;
  /** Sorts the rows of a Table, for `--sort-by`. */
  readonly sort?: ((table: Table) => Table) | undefined;
  readonly now?: () => Date;
};

/** Prints the answers of a `get` in order, as kubectl's get.go does. */
export class TableReport {
  readonly #options: ReportOptions;
  readonly #tabs: TabWriter;
  #printer: TablePrinter | undefined;
  #type: string | undefined;
  #written = false;
  #separate = false;
  #lastError: string | undefined;

  constructor(write: Write, options: ReportOptions) {
    this.#options = options;
    this.#tabs = new TabWriter((text) => {
      // The blank line waits for text, so an empty section leaves no gap.
      write(this.#separate ? `\n${text}` : text);
      this.#separate = false;
      this.#written = true;
    }, TABLE_LAYOUT);
  }

  /** Adds a Table, an object or a list. kubectl drops errors here, all but unsortable fields. */
  add(answer: object, subject: TableSubject, event?: string): void {
    if (this.#printer === undefined || this.#type !== subject.type) this.#startSection(subject);
    let sorted = answer;
    if (this.#options.sort !== undefined && Array.isArray((answer as Partial<Table>).rows)) {
      try {
        sorted = this.#options.sort(answer as Table);
      } catch (error) {
        // By name, so that sorting is loaded only by those who sort.
        if ((error as Error).name === 'UnsortableError') throw error;
        this.#lastError = messageOf(error);
        return;
      }
    }
    this.#printer!.print(sorted, this.#tabs, event);
  }

  /** The error kubectl swallowed last, for those who want to tell the user anyway. */
  get swallowed(): string | undefined {
    return this.#lastError;
  }

  #startSection(subject: TableSubject): void {
    this.#tabs.flush();
    this.#tabs.forget();
    if (this.#type !== undefined && this.#options.noHeaders !== true && this.#written) this.#separate = true;
    const {
      noHeaders = false,
      wide = false,
      showLabels = false,
      labelColumns = [],
      allNamespaces = false,
      withKind = false,
    } = this.#options;
    this.#printer = new TablePrinter(
      {noHeaders, wide, showLabels, labelColumns, withKind, kind: subject.kind, withNamespace: allNamespaces && subject.namespaced},
      this.#options.now,
    );
    this.#type = subject.type;
  }

  /** Writes out what is pending: once at the end, or after each event of a watch. */
  flush(): void {
    this.#tabs.flush();
  }

  /** Whether anything was printed; if not, kubectl says `No resources found`. */
  get written(): boolean {
    return this.#written;
  }
}
