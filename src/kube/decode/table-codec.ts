// The codec of every other kind: the server's own Table, each row with its object's metadata.
import type {AnyObject, KubeObject, ListMeta, ResourceRef, Table, TableColumn, TableRow} from '../types/object.ts';
import {JSON_TYPE, wrongType, type Codec, type ListReader, type WatchReader} from './codec.ts';
import {JsonSplitter} from './json-splitter.ts';
import {JsonWatchReader} from './json-watch.ts';
import {keepTree} from './keep.ts';
import {listMetaOf, parse} from './object-codec.ts';
import {projector} from './project.ts';
import {StringPool} from './strings.ts';

/** Metadata plus the cells of the row. */
export type CellObject = KubeObject & {readonly cells: readonly unknown[]};

/** `onColumns` is told the server's columns before the first row; some servers leave them out of watch events. */
export const tableCodec = (ref: ResourceRef, onColumns: (columns: readonly TableColumn[]) => void): Codec<CellObject> =>
  new TableCodec(ref, onColumns);

// An API server that makes no Tables sends plain objects; these are kubectl's columns for them.
const PLAIN_COLUMNS: readonly TableColumn[] = [
  {name: 'Name', type: 'string', format: 'name', priority: 0},
  {name: 'Created At', type: 'date', priority: 0},
];

class TableCodec implements Codec<CellObject> {
  readonly accept = `${JSON_TYPE};as=Table;v=v1;g=meta.k8s.io,${JSON_TYPE}`;
  readonly watchAccept = this.accept;
  readonly query = {includeObject: 'Metadata'};
  readonly simpler = undefined;
  readonly #onColumns: (columns: readonly TableColumn[]) => void;
  readonly #pool = new StringPool();
  readonly #trim: (raw: AnyObject) => KubeObject;

  constructor(ref: ResourceRef, onColumns: (columns: readonly TableColumn[]) => void) {
    this.#onColumns = onColumns;
    // The kind of a row is told by its PartialObjectMetadata only in general terms, so identity is left to the ref.
    this.#trim = projector({...ref, kind: ''}, keepTree([]), this.#pool) as unknown as (raw: AnyObject) => KubeObject;
  }

  listReader(contentType: string): ListReader<CellObject> {
    if (contentType !== JSON_TYPE) throw wrongType(contentType);
    let into: CellObject[] = [];
    let plain = false;
    const splitter = new JsonSplitter(
      {
        item: (text) => {
          const raw = parse(text);
          into.push(plain ? this.#fromObject(raw) : this.#fromRow(raw as unknown as TableRow));
        },
        head: (text) => {
          const columns = (parse(text) as unknown as Partial<Table>).columnDefinitions;
          plain = columns === undefined;
          this.#onColumns(columns ?? PLAIN_COLUMNS);
        },
      },
      3,
    );
    return {
      push: (chunk, items) => {
        into = items;
        splitter.push(chunk);
      },
      end: (): ListMeta => listMetaOf(splitter.end()),
    };
  }

  watchReader(contentType: string): WatchReader<CellObject> {
    if (contentType !== JSON_TYPE) throw wrongType(contentType);
    return new JsonWatchReader<CellObject>((raw) => {
      const rows = (raw as unknown as Partial<Table>).rows;
      return rows === undefined ? [this.#fromObject(raw)] : rows.map((row) => this.#fromRow(row));
    });
  }

  #fromRow(row: TableRow): CellObject {
    const cells = row.cells.map((cell) => (typeof cell === 'string' ? this.#pool.intern(cell) : cell));
    return this.#with(row.object ?? {metadata: {}}, cells);
  }

  #fromObject(raw: AnyObject): CellObject {
    return this.#with(raw, [raw.metadata.name ?? '', raw.metadata.creationTimestamp ?? '']);
  }

  #with(raw: AnyObject, cells: readonly unknown[]): CellObject {
    const {metadata} = this.#trim(raw);
    return {metadata, cells};
  }
}
