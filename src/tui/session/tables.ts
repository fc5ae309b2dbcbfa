// Keeps the tables a screen wishes for: opens and closes live lists by comparing wishes, so that no screen can leak a watch.
import type {Change, Instead, LiveList, LiveTable, Phase, TableObject} from '../../cache/live-list.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import type {Column} from '../../resources/column.ts';
import {kindKey} from '../../resources/kind.ts';
import type {ResourceKind} from '../../resources/kind.ts';
import {columnsFromTable} from '../../resources/custom/from-table.ts';
import {compileFilter} from '../../tables/filter/compile.ts';
import type {Filter} from '../../tables/filter/compile.ts';
import type {RowShape} from '../../tables/row.ts';
import {TableModel} from '../../tables/table-model.ts';
import type {ObjectNews} from '../object-feed.ts';
import type {OpenTable} from './app.ts';
import type {TableWish} from './screen.ts';
import type {Connection} from './services.ts';

const none: ReadonlyMap<string, Phase> = new Map();

/** Search texts are made between keys: this long at a time, this far apart. */
const warmFor = 4;
const warmEvery = 20;

const sourceOf = (wish: TableWish): string | ReadonlyMap<string, unknown> => {
  const {from} = wish;
  if ('items' in from) return from.items;
  const scope = JSON.stringify([from.scope.namespaces, from.scope.labelSelector, from.scope.fieldSelector]);
  return 'kind' in from
    ? `kind ${kindKey(from.kind.ref)} ${scope}`
    : `table ${kindKey(from.resource)} ${from.resource.version} ${scope}`;
};

const namespaceColumn: Column<KubeObject> = {
  id: 'namespace',
  title: 'NAMESPACE',
  value: (object) => object.metadata.namespace ?? '',
  keep: 7,
};

/** NAMESPACE in front of a kind's own columns; the layout shows it when it says something. */
export const shapeOf = (kind: ResourceKind): RowShape => ({
  columns: kind.namespaced && !kind.columns.some(({id}) => id === 'namespace') ? [namespaceColumn, ...kind.columns] : kind.columns,
  tone: kind.health === undefined ? undefined : (object, at) => kind.health?.(object, at).tone ?? 'idle',
});

/** The server's own columns, as columns of ours. */
const serverShape = (columns: LiveTable['columns'], namespaced: boolean): RowShape<TableObject> => ({
  columns: [...(namespaced ? [namespaceColumn as Column<TableObject>] : []), ...columnsFromTable(columns)],
});

class Held implements OpenTable {
  readonly source: string | ReadonlyMap<string, unknown>;
  model: TableModel;
  readonly list: LiveList<KubeObject> | undefined;
  readonly #wish: TableWish;
  readonly #now: () => Date;
  #serverColumns: LiveTable['columns'] | undefined;
  #subscription: Disposable | undefined;
  #warming: NodeJS.Timeout | undefined;
  /** Changes came while nobody looked. */
  #behind = false;
  looked = true;
  #filter: {readonly text: string; readonly shape: RowShape; readonly made: Filter | undefined} | undefined;

  constructor(
    wish: TableWish,
    connection: Connection | undefined,
    now: () => Date,
    changed: () => void,
    told?: (news: ObjectNews) => void,
  ) {
    this.source = sourceOf(wish);
    this.#wish = wish;
    this.#now = now;
    const {from} = wish;
    if ('items' in from) {
      this.model = new TableModel(wish.shape ?? {columns: []}, now);
      this.model.set(from.items);
      return;
    }
    if (connection === undefined) throw new Error('a live table needs a connection');
    if ('kind' in from) {
      this.list = connection.cache.open(from.kind, from.scope);
      this.model = new TableModel(wish.shape ?? shapeOf(from.kind), now);
    } else {
      this.list = connection.cache.openTable(from.resource, from.scope);
      this.model = new TableModel({columns: []}, now);
    }
    this.#refill();
    const {list} = this;
    const key = kindKey('kind' in from ? from.kind.ref : from.resource);
    this.#subscription = list.subscribe((change) => {
      // A first list or a fresh one is no change of each of its objects.
      if (told !== undefined && this.looked && !change.reset && list.phase.is === 'live') this.#tell(key, change, told);
      if (!this.looked) this.#behind = true;
      else if (this.#columnsChanged()) this.#refill();
      else this.model.apply(list.items, change);
      this.#warmSoon();
      changed();
    });
    this.#warmSoon();
  }

  /** Gets a complete list ready for its first filter, a little at a time; a list that still grows has better things to do. */
  #warmSoon(): void {
    if (this.list?.phase.is !== 'live' || this.#warming !== undefined) return;
    this.#warming = setTimeout(() => {
      this.#warming = undefined;
      if (this.looked && !this.model.warm(warmFor)) this.#warmSoon();
    }, warmEvery);
    this.#warming.unref();
  }

  /** Arranges the rows as wished. A filter is compiled again only when its text or the columns change. */
  show(wish: TableWish): void {
    const text = wish.filter ?? '';
    if (this.#filter?.text !== text || this.#filter.shape !== this.model.shape)
      this.#filter = {text, shape: this.model.shape, made: compileFilter(text, this.model.shape.columns)};
    this.model.show({...wish.view, filter: this.#filter.made});
  }

  #tell(kind: string, change: Change, told: (news: ObjectNews) => void): void {
    for (const uid of change.changed) {
      const object = this.list?.items.get(uid);
      if (object !== undefined) told({kind, object, change: 'changed'});
    }
    for (const uid of change.removed) {
      const object = this.model.get(uid)?.item;
      if (object !== undefined) told({kind, object: object as KubeObject, change: 'removed'});
    }
  }

  get phase(): Phase | undefined {
    return this.list?.phase;
  }

  get phases(): ReadonlyMap<string, Phase> {
    return this.list?.phases ?? none;
  }

  get instead(): Instead | undefined {
    return this.list?.instead;
  }

  /** The screen is looked at again: takes what was missed. */
  look(): void {
    this.looked = true;
    if (!this.#behind) return;
    this.#behind = false;
    this.#refill();
  }

  #columnsChanged(): boolean {
    return 'resource' in this.#wish.from && (this.list as LiveTable | undefined)?.columns !== this.#serverColumns;
  }

  #refill(): void {
    if (this.list === undefined) return;
    const {from} = this.#wish;
    if (this.#columnsChanged() && 'resource' in from) {
      this.#serverColumns = (this.list as unknown as LiveTable).columns;
      const {view} = this.model;
      this.model = new TableModel(serverShape(this.#serverColumns, from.resource.namespaced), this.#now);
      this.model.show(view);
    }
    this.model.set(this.list.items);
  }

  close(): void {
    clearTimeout(this.#warming);
    this.#subscription?.[Symbol.dispose]();
    this.list?.[Symbol.dispose]();
  }
}

/** The tables of one screen on the stack. */
export class ScreenTables {
  readonly #held = new Map<string, Held>();
  readonly #now: () => Date;
  readonly #changed: () => void;
  readonly #told: ((news: ObjectNews) => void) | undefined;

  constructor(now: () => Date, changed: () => void, told?: (news: ObjectNews) => void) {
    this.#now = now;
    this.#changed = changed;
    this.#told = told;
  }

  get(name: string): OpenTable | undefined {
    return this.#held.get(name);
  }

  all(): readonly OpenTable[] {
    return [...this.#held.values()];
  }

  /** Opens, closes and re-arranges so that what is held is what is wished. */
  update(wishes: Readonly<Record<string, TableWish>>, connection: Connection | undefined): void {
    for (const [name, held] of this.#held) {
      const wish = wishes[name];
      if (wish !== undefined && sourceOf(wish) === held.source) continue;
      // Items of the screen's own are replaced in place: rows that stayed keep their texts.
      if (wish !== undefined && 'items' in wish.from && typeof held.source !== 'string' && wish.shape === held.model.shape)
        continue;
      held.close();
      this.#held.delete(name);
    }
    for (const [name, wish] of Object.entries(wishes)) {
      if (!('items' in wish.from) && connection === undefined) continue;
      let held = this.#held.get(name);
      if (held === undefined) {
        held = new Held(wish, connection, this.#now, this.#changed, this.#told);
        this.#held.set(name, held);
      } else if ('items' in wish.from && wish.from.items !== held.source) {
        held.model.set(wish.from.items);
        (held as {source: unknown}).source = wish.from.items;
      }
      held.show(wish);
    }
  }

  look(): void {
    for (const held of this.#held.values()) held.look();
  }

  lookAway(): void {
    for (const held of this.#held.values()) held.looked = false;
  }

  close(): void {
    for (const held of this.#held.values()) held.close();
    this.#held.clear();
  }
}
