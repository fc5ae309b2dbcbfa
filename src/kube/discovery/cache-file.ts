// What a server serves, kept on disk between commands: one small file a cluster, readable in a fraction of a millisecond.
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ApiResource} from '../types/object.ts';
import type {ServedTypes} from './fetch.ts';

/** Types and the time they were fetched, in milliseconds. */
export type CachedTypes = ServedTypes & {readonly fetchedAt: number};

/** Grows when the layout changes; other layouts are ignored. */
const LAYOUT = 1;

/** One type as an array: text lists are joined, since names hold no commas. */
export type TypeRow = readonly [
  group: string,
  version: string,
  plural: string,
  kind: string,
  singular: string,
  namespaced: 0 | 1,
  shortNames: string,
  categories: string,
  verbs: string,
  subresources: string,
];

/** A type as a row of the file. */
export const rowOf = (one: ApiResource): TypeRow => [
  one.group,
  one.version,
  one.plural,
  one.kind,
  one.singular,
  one.namespaced ? 1 : 0,
  one.shortNames.join(),
  one.categories.join(),
  one.verbs.join(),
  one.subresources.join(),
];

/** A row of the file as a type. */
export const typeOf = (row: TypeRow): ApiResource => ({
  group: row[0],
  version: row[1],
  plural: row[2],
  kind: row[3],
  singular: row[4],
  namespaced: row[5] === 1,
  shortNames: words(row[6]),
  categories: words(row[7]),
  verbs: words(row[8]),
  subresources: words(row[9]),
});

const words = (text: string): string[] => (text === '' ? [] : text.split(','));

type Layout = {
  readonly layout: number;
  readonly fetchedAt: number;
  readonly etags: ServedTypes['etags'];
  readonly rows: readonly TypeRow[];
};

/** The file of one cluster. A cache that cannot be read or written is no error. */
export class DiscoveryFile {
  private readonly directory: string;
  private readonly path: string;

  constructor(directory: string, clusterId: string) {
    this.directory = directory;
    this.path = join(directory, `${clusterId}.json`);
  }

  read(): CachedTypes | undefined {
    try {
      const {layout, fetchedAt, etags, rows} = JSON.parse(readFileSync(this.path, 'utf8')) as Layout;
      if (layout !== LAYOUT) return undefined;
      return {fetchedAt, etags, failed: [], resources: rows.map(typeOf)};
    } catch {
      return undefined;
    }
  }

  write(types: CachedTypes): void {
    const layout: Layout = {layout: LAYOUT, fetchedAt: types.fetchedAt, etags: types.etags, rows: types.resources.map(rowOf)};
    const temporary = `${this.path}.${process.pid}.tmp`;
    try {
      mkdirSync(this.directory, {recursive: true, mode: 0o700});
      writeFileSync(temporary, JSON.stringify(layout), {mode: 0o600});
      renameSync(temporary, this.path);
    } catch {
      rmSync(temporary, {force: true});
    }
  }
}
