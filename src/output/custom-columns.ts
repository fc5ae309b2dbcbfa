// `-o custom-columns` and `custom-columns-file`.
import {goSprint} from '../base/go-format.ts';
import {JsonPath} from '../base/jsonpath/evaluate.ts';
import {relaxedJsonPath} from '../base/jsonpath/relaxed.ts';
import {escapeTerminal} from '../base/terminal-escape.ts';
import {isList, withEvent, type Printer, type Write} from './printer.ts';
import {TABLE_LAYOUT, TabWriter} from './tabwriter.ts';

/** A title and the path of its values. */
export type CustomColumn = {readonly title: string; readonly path: string};

/** Columns of `NAME:.metadata.name,NS:.metadata.namespace`. Throws kubectl's messages. */
export const parseCustomColumns = (spec: string): CustomColumn[] => {
  if (spec === '') throw new Error('custom-columns format specified but no custom columns given');
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) throw new Error(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return {title: part.slice(0, colon), path: relaxedJsonPath(part.slice(colon + 1))};
  });
};

/** Columns of a file: titles on the first line, paths on the second. */
export const parseCustomColumnsFile = (text: string): CustomColumn[] => {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const missing = (what: string): Error =>
    new Error(
      `invalid template, missing ${what} line. Expected format is one line of space separated headers, one line of space separated column specs.`,
    );
  if (lines[0] === undefined) throw missing('header');
  if (lines[1] === undefined) throw missing('spec');
  const words = (line: string): string[] => line.split(/\s+/).filter((word) => word !== '');
  const titles = words(lines[0]);
  const paths = words(lines[1]);
  if (titles.length !== paths.length) {
    throw new Error(`number of headers (${titles.length}) and field specifications (${paths.length}) don't match`);
  }
  return titles.map((title, index) => ({title, path: relaxedJsonPath(paths[index]!)}));
};

/** Prints the chosen columns aligned like any table. */
export const customColumnsPrinter = (columns: readonly CustomColumn[], options: {readonly noHeaders?: boolean}): Printer => {
  const printer = new CustomColumns(columns, options.noHeaders === true);
  return {print: (object, write, event) => printer.print(object, write, event)};
};

class CustomColumns {
  readonly #columns: readonly CustomColumn[];
  readonly #noHeaders: boolean;
  #paths: JsonPath[] | undefined;
  #lastShape: string | undefined;
  #writer: {readonly write: Write; readonly tabs: TabWriter} | undefined;

  constructor(columns: readonly CustomColumn[], noHeaders: boolean) {
    this.#columns = columns;
    this.#noHeaders = noHeaders;
  }

  print(object: object, write: Write, event: string | undefined): void {
    // Widths are remembered over the calls of a watch, which all write to the same place.
    if (this.#writer?.write !== write) this.#writer = {write, tabs: new TabWriter(write, TABLE_LAYOUT)};
    const {tabs} = this.#writer;
    const shape = event !== undefined && event !== '' ? 'event' : isList(object) ? 'list' : 'object';
    if (!this.#noHeaders && shape !== this.#lastShape) {
      tabs.write(`${this.#columns.map((column) => column.title).join('\t')}\n`);
      this.#lastShape = shape;
    }
    // Paths are parsed only now: kubectl prints the header before it complains about them.
    try {
      this.#paths ??= this.#columns.map((column) => new JsonPath(column.path, {allowMissingKeys: true}));
      const items = shape === 'list' && isList(object) ? object.items : [withEvent(object, event)];
      for (const item of items) tabs.write(`${this.#paths.map((path) => cell(path, item)).join('\t')}\n`);
    } finally {
      tabs.flush();
    }
  }
}

const cell = (path: JsonPath, item: object): string => {
  const results = path.find(item);
  const texts = results.flatMap((values) => values.map((value) => escapeTerminal(goSprint(value))));
  if (results.length === 0 || results[0]!.length === 0) texts.unshift('<none>');
  return texts.join(',');
};
