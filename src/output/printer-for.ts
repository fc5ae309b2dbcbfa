// Finds the printer for `-o`, with kubectl's two families of formats and its error texts. Printers are loaded when asked for.
import {readFileSync} from 'node:fs';
import {KdeckError, messageOf} from '../base/errors.ts';
import {goQuote} from '../base/go-syntax.ts';
import type {Printer} from './printer.ts';

/** What chooses a printer. */
export type PrinterOptions = {
  /** The value of `-o`, such as `json` or `jsonpath={.kind}`. */
  readonly output: string;
  /** `get` knows tables and custom columns too; `verb` prints a result sentence when no format is given. */
  readonly family: 'get' | 'verb';
  /** `--template`. */
  readonly template?: string;
  /** Whether `-o` stood on the command line; a `--template` without it means go-template. */
  readonly outputGiven?: boolean;
  /** `--allow-missing-template-keys`, true unless told otherwise. */
  readonly allowMissingKeys?: boolean;
  readonly showManagedFields?: boolean;
  readonly noHeaders?: boolean;
  /** What a verb did, such as `created (dry run)`; printed when no format is given. */
  readonly operation?: string;
  /**
   * Objects were built here from a Go struct's fields (`create deployment --dry-run=client`) and did not come from a server
   * or file: JSON keeps the order they were built in, and JSONPath sees every number as a float.
   */
  readonly typed?: boolean;
  /** `KUBECTL_KYAML=false` takes kyaml away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
};

const TEMPLATE_FORMATS = ['go-template', 'go-template-file', 'template', 'templatefile'];
const JSONPATH_FORMATS = ['jsonpath', 'jsonpath-as-json', 'jsonpath-file'];
const COLUMN_FORMATS = ['custom-columns', 'custom-columns-file'];

const dataFormats = (options: PrinterOptions): string[] =>
  options.env?.['KUBECTL_KYAML']?.toLowerCase() === 'false' ? ['json', 'yaml'] : ['json', 'yaml', 'kyaml'];

/** All words `-o` takes in a family, sorted as kubectl lists them. */
export const allowedFormats = (options: PrinterOptions): string[] =>
  [
    ...dataFormats(options),
    'name',
    ...TEMPLATE_FORMATS,
    ...JSONPATH_FORMATS,
    ...(options.family === 'get' ? [...COLUMN_FORMATS, 'wide'] : []),
  ].sort();

/** Whether `-o` asks for a table for people, which `get` prints with `TableReport`. */
export const isTableFormat = (options: {readonly output: string; readonly template?: string}): boolean =>
  (options.output === '' && (options.template ?? '') === '') || options.output === 'wide';

type Format = {readonly name: string; readonly value: string};

const noFormat = (options: PrinterOptions, output: string): KdeckError =>
  new KdeckError(
    'KD-OUTPUT-FORMAT',
    `unable to match a printer suitable for the output format ${goQuote(output)}, allowed formats are: ${allowedFormats(options).join(',')}`,
    {tryThis: ['-o json', '-o yaml', '-o wide']},
  );

/** Splits `jsonpath={.kind}`; with `--template` the whole word is the format. */
const split = (output: string, template: string, names: readonly string[]): Format | undefined => {
  if (template !== '') return names.includes(output) ? {name: output, value: template} : undefined;
  for (const name of names) {
    if (output === name) return {name, value: ''};
    if (output.startsWith(`${name}=`)) return {name, value: output.slice(name.length + 1)};
  }
  return undefined;
};

/** The printer for everything that is not a table. Throws kubectl's error for formats it does not know and templates it cannot read. */
export const printerFor = async (options: PrinterOptions): Promise<Printer> => {
  const template = options.template ?? '';
  let output = options.output;
  if (template !== '' && (options.family === 'get' ? output === '' : options.outputGiven !== true)) output = 'go-template';

  try {
    return (
      (options.family === 'verb' ? await plain(output, options) : undefined) ??
      (await templated(output, template, options)) ??
      (options.family === 'get' ? await plain(output, options) : undefined) ??
      fail(options, output)
    );
  } catch (error) {
    if (error instanceof KdeckError) throw error;
    throw new KdeckError('KD-OUTPUT-TEMPLATE', messageOf(error), {cause: error});
  }
};

const fail = (options: PrinterOptions, output: string): never => {
  throw noFormat(options, options.family === 'get' ? output : options.output);
};

const plain = async (output: string, options: PrinterOptions): Promise<Printer | undefined> => {
  const word = output.toLowerCase();
  const order = options.typed === true ? 'struct' : 'sorted';
  if (dataFormats(options).includes(word)) {
    const printer =
      word === 'json'
        ? (await import('./json.ts')).jsonPrinter(order)
        : word === 'yaml'
          ? (await import('./yaml.ts')).yamlPrinter()
          : (await import('./kyaml.ts')).kyamlPrinter(order);
    if (options.showManagedFields === true) return printer;
    const {omitManagedFields} = await import('./managed-fields.ts');
    // kubectl looks for managedFields in objects and lists only, so those inside a watch event stay.
    return {
      print: (object, write, event) => printer.print((event ?? '') === '' ? omitManagedFields(object) : object, write, event),
    };
  }
  if (word === 'name' || (word === '' && options.family === 'verb')) {
    return (await import('./name.ts')).namePrinter(word === 'name' ? '' : options.operation);
  }
  return undefined;
};

const templated = async (output: string, template: string, options: PrinterOptions): Promise<Printer | undefined> => {
  const allowMissingKeys = options.allowMissingKeys !== false;
  const typed = options.typed === true;
  const path = split(output, template, JSONPATH_FORMATS);
  if (path !== undefined) {
    const {jsonPathPrinter} = await import('./jsonpath.ts');
    return jsonPathPrinter(templateText(path, 'jsonpath-file'), {
      allowMissingKeys,
      typed,
      asJson: path.name === 'jsonpath-as-json',
    });
  }
  const go = split(output, template, TEMPLATE_FORMATS);
  if (go !== undefined) {
    const {goTemplatePrinter} = await import('./go-template.ts');
    return goTemplatePrinter(templateText(go, 'go-template-file', 'templatefile'), {allowMissingKeys, typed});
  }
  const columns = options.family === 'get' ? split(output, template, COLUMN_FORMATS) : undefined;
  if (columns === undefined) return undefined;
  const {customColumnsPrinter, parseCustomColumns, parseCustomColumnsFile} = await import('./custom-columns.ts');
  if (columns.value === '') throw new Error('custom-columns format specified but no custom columns given');
  if (columns.name === 'custom-columns')
    return customColumnsPrinter(parseCustomColumns(columns.value), {noHeaders: options.noHeaders === true});
  // Columns from a file keep their titles, whatever --no-headers says.
  return customColumnsPrinter(
    parseCustomColumnsFile(readTemplate(columns.value, (reason) => `error reading template ${columns.value}, ${reason}\n`)),
    {},
  );
};

const templateText = (format: Format, ...fileFormats: readonly string[]): string => {
  if (format.value === '') throw new Error('template format specified but no template given');
  if (!fileFormats.includes(format.name)) return format.value;
  return readTemplate(format.value, (reason) => `error reading --template ${format.value}, ${reason}`);
};

const readTemplate = (file: string, says: (reason: string) => string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(says(goFileReason(error as NodeJS.ErrnoException, file)), {cause: error});
  }
};

const goFileReason = (error: NodeJS.ErrnoException, file: string): string => {
  if (error.code === 'EISDIR') return `read ${file}: is a directory`;
  if (error.code === 'EACCES') return `open ${file}: permission denied`;
  return error.code === 'ENOENT' ? `open ${file}: no such file or directory` : error.message;
};
