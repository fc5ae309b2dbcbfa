// Prints server Tables, and plain objects where a server gives none, as kubectl's human-readable printer does.
import {ageText} from '../base/age.ts';
import {goSprint} from '../base/go-format.ts';
import type {AnyObject, Table, TableColumn, TableRow} from '../kube/types/object.ts';
import {cellText, eventText, labelsText, labelTitles} from './table-cells.ts';
import type {TabWriter} from './tabwriter.ts';

/** What a human-readable table shows. */
export type TableOptions = {
  readonly noHeaders?: boolean;
  readonly wide?: boolean;
  readonly withNamespace?: boolean;
  /** Prefix names with `kind.group/`; needs `kind`. */
  readonly withKind?: boolean;
  readonly kind?: {readonly group: string; readonly kind: string} | undefined;
  readonly showLabels?: boolean;
  readonly labelColumns?: readonly string[];
};

type Shown = {readonly title: string; readonly shown: boolean};

const isTable = (object: object): object is Table => {
  const {kind, apiVersion} = object as {kind?: unknown; apiVersion?: unknown};
  return kind === 'Table' && (apiVersion === 'meta.k8s.io/v1' || apiVersion === 'meta.k8s.io/v1beta1');
};

const sameColumns = (a: readonly TableColumn[], b: readonly TableColumn[]): boolean =>
  a === b || (a.length === b.length && JSON.stringify(a) === JSON.stringify(b));

/** Prints one or many tables of one resource type; a header once, and again only when the columns change. */
export class TablePrinter {
  readonly #options: TableOptions;
  readonly #now: () => Date;
  #columns: readonly TableColumn[] = [];
  #headerDone = false;
  #lastFallback: 'objects' | 'status' | undefined;

  constructor(options: TableOptions, now: () => Date = () => new Date()) {
    this.#options = options;
    this.#now = now;
  }

  /** Prints a Table, an object or a list. `event` is the watch event type when `--output-watch-events` is on. */
  print(object: object, out: TabWriter, event = ''): void {
    if (isTable(object)) this.#table(object, out, event);
    else this.#fallback(object as AnyObject, out, event);
  }

  #table(table: Table, out: TabWriter, event: string): void {
    const given = table.columnDefinitions ?? [];
    const rows = table.rows ?? [];
    let header = this.#options.noHeaders !== true;
    if (this.#headerDone && (given.length === 0 || sameColumns(given, this.#columns))) header = false;
    // Tables of watch events come without columns; those of the first one still hold.
    if (given.length > 0 && !sameColumns(given, this.#columns)) {
      this.#columns = given;
      this.#headerDone = false;
    }
    if (rows.length === 0) return;
    this.#headerDone = true;

    const columns = this.#decorated(event);
    if (header) out.row(columns.filter((column) => column.shown).map((column) => column.title));
    const name = this.#nameColumn();
    for (const row of rows) {
      const cells = this.#cells(row, name, event);
      const texts: string[] = [];
      let unusual = false;
      // A server may send fewer or more cells than columns; kubectl then ends the line early, or cuts it.
      const count = Math.min(cells.length, columns.length);
      for (let index = 0; index < count; index += 1) {
        if (!columns[index]!.shown) continue;
        const text = cellText(cells[index]);
        if (text.includes('\t') || text.includes('\v')) unusual = true;
        texts.push(text);
      }
      if (unusual) out.write(`${texts.join('\t')}\n`);
      else out.row(texts);
    }
  }

  #decorated(event: string): Shown[] {
    const columns = this.#columns.map((column) => ({
      title: column.name.toUpperCase(),
      shown: this.#options.wide === true || (column.priority ?? 0) === 0,
    }));
    const extra = (title: string): Shown => ({title, shown: true});
    if (this.#options.withNamespace === true) columns.unshift(extra('NAMESPACE'));
    if (event !== '') columns.unshift(extra('EVENT'));
    columns.push(...labelTitles(this.#options.labelColumns ?? []).map(extra));
    if (this.#options.showLabels === true) columns.push(extra('LABELS'));
    return columns;
  }

  #framed(cells: string[], event: string | undefined, namespace: string, labels: () => string[]): string[] {
    if (this.#options.withNamespace === true) cells.unshift(namespace);
    if (event !== undefined) cells.unshift(event);
    if (this.#options.showLabels === true || (this.#options.labelColumns?.length ?? 0) > 0) cells.push(...labels());
    return cells;
  }

  #nameColumn(): number {
    if (this.#options.withKind !== true || this.#kindPrefix() === '') return -1;
    return this.#columns.findIndex((column) => column.format === 'name' && column.type === 'string');
  }

  #kindPrefix(): string {
    const kind = this.#options.kind;
    if (kind === undefined || (kind.kind === '' && kind.group === '')) return '';
    return `${kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`}/`.toLowerCase();
  }

  /** All cells of a row, hidden ones too, with the decorations kubectl adds before and after. */
  #cells(row: TableRow, name: number, event: string): unknown[] {
    const {labelColumns = [], showLabels = false, withNamespace = false} = this.#options;
    const decorated = withNamespace || showLabels || labelColumns.length > 0;
    const cells: unknown[] = [];
    if (event !== '') cells.push(eventText(event));
    const metadata = row.object?.metadata;
    if (withNamespace) cells.push(metadata === undefined ? null : (metadata.namespace ?? ''));
    for (const cell of row.cells) cells.push(cell);
    if (name >= 0) {
      const at = name + (withNamespace ? 1 : 0) + (event === '' ? 0 : 1);
      cells[at] = this.#kindPrefix() + goSprint(row.cells[name] ?? '%!s(<nil>)');
    }
    if (metadata !== undefined) {
      for (const key of labelColumns) cells.push(metadata.labels?.[key] ?? '');
      if (showLabels) cells.push(labelsText(metadata.labels));
    } else if (decorated || name >= 0) {
      // Rows without an object get empty cells; only half of those that are missing, because kubectl's loop chases its own tail.
      const width = this.#columns.length + labelColumns.length + (showLabels ? 1 : 0) + (withNamespace ? 1 : 0);
      const own = cells.length - (event === '' ? 0 : 1);
      for (let added = 0; added < width - own - added; added += 1) cells.push(null);
    }
    return cells;
  }

  #fallback(object: AnyObject, out: TabWriter, event: string): void {
    const status = object.kind === 'Status' && object.apiVersion === 'v1';
    const handler = status ? 'status' : 'objects';
    const noHeaders = this.#options.noHeaders === true;
    if (this.#lastFallback !== undefined && this.#lastFallback !== handler && !noHeaders) out.write('\n');
    if (this.#lastFallback !== handler && !noHeaders) {
      const titles = status ? ['STATUS', 'REASON', 'MESSAGE'] : ['NAME', 'AGE'];
      out.write(
        `${this.#framed(titles, event === '' ? undefined : 'EVENT', 'NAMESPACE', () => [
          ...labelTitles(this.#options.labelColumns ?? []),
          ...(this.#options.showLabels === true ? ['LABELS'] : []),
        ]).join('\t')}\n`,
      );
    }
    const items = Array.isArray(object['items']) ? (object['items'] as AnyObject[]) : [object];
    for (const item of items) out.write(`${this.#fallbackRow(item, status, event).join('\t')}\n`);
    this.#lastFallback = handler;
  }

  #fallbackRow(item: AnyObject, status: boolean, event: string): string[] {
    const cells = status
      ? ['status', 'reason', 'message'].map((field) => goSprint(item[field] ?? ''))
      : [item.metadata?.name ?? '', ageText(item.metadata?.creationTimestamp, this.#now())];
    if (this.#options.withKind === true) cells[0] = this.#kindPrefix() + cells[0]!;
    const {labelColumns = [], showLabels} = this.#options;
    return this.#framed(cells, event === '' ? undefined : eventText(event), item.metadata?.namespace ?? '', () => {
      const labels = item.metadata?.labels ?? {};
      return [...labelColumns.map((key) => labels[key] ?? ''), ...(showLabels === true ? [labelsText(labels)] : [])];
    });
  }
}
