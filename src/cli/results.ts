// What verbs that change something share: dry runs, field validation, and the line or object they print.
import type {AnyObject} from '../kube/types/object.ts';
import type {WriteOptions} from '../operations/objects.ts';
import {cliError} from './errors.ts';
import type {VerbContext} from './verb.ts';

/** Where a dry run ends: nowhere, before anything is sent, or on the server without being stored. */
export type DryRun = 'none' | 'client' | 'server';

/** A warning as Go's klog prints it: level, month and day, time, process, place. */
const klogWarning = (now: Date, place: string, text: string): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}.${String(now.getMilliseconds()).padStart(3, '0')}000`;
  return `W${two(now.getMonth() + 1)}${two(now.getDate())} ${time} ${String(process.pid).padStart(7)} ${place}] ${text}\n`;
};

/** The value of `--dry-run`. Old spellings are understood, with a note on stderr. */
export const dryRunOf = ({flags, streams, now}: VerbContext): DryRun => {
  const value = flags.string('dry-run');
  if (value === 'none' || value === 'client' || value === 'server') return value;
  if (value === 'unchanged') {
    streams.stderr.write(
      klogWarning(now(), 'helpers.go:719', '--dry-run is deprecated and can be replaced with --dry-run=client.'),
    );
    return 'client';
  }
  const old = {
    '1': true,
    t: true,
    T: true,
    true: true,
    TRUE: true,
    True: true,
    '0': false,
    f: false,
    F: false,
    false: false,
    FALSE: false,
    False: false,
  }[value];
  if (old === undefined) throw cliError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  const meant = old ? 'client' : 'none';
  streams.stderr.write(
    klogWarning(
      now(),
      'helpers.go:733',
      `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=${meant}.`,
    ),
  );
  return meant;
};

/** The value of `--validate` as the server takes it. */
export const validationOf = ({flags}: VerbContext): NonNullable<WriteOptions['fieldValidation']> => {
  const value = flags.string('validate');
  if (['strict', 'true', '1', 't', 'T', 'TRUE', 'True'].includes(value)) return 'Strict';
  if (value === 'warn') return 'Warn';
  if (['ignore', 'false', '0', 'f', 'F', 'FALSE', 'False'].includes(value)) return 'Ignore';
  throw cliError(`invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`);
};

const suffix: Readonly<Record<DryRun, string>> = {none: '', client: ' (dry run)', server: ' (server dry run)'};

/** True when `-o` asks for whole objects, not for result lines or names. */
export const printsObjects = ({flags}: VerbContext): boolean => {
  const output = flags.string('output');
  return (output !== '' && output !== 'name') || flags.string('template') !== '';
};

/**
 * A function that prints what was done to an object: `deployment.apps/web scaled`, or the object in the format of `-o`.
 * Throws for a format nobody knows, before anything is done. `typed` objects were built here and keep their field order.
 */
export const resultPrinter = async (
  context: VerbContext,
  dryRun: DryRun = 'none',
  options: {readonly typed?: boolean} = {},
): Promise<(object: AnyObject, operation: string) => void> => {
  const {flags, streams, env} = context;
  const {printerFor} = await import('../output/printer-for.ts');
  const make = (operation: string) =>
    printerFor({
      output: flags.string('output'),
      family: 'verb',
      template: flags.string('template'),
      outputGiven: flags.given('output'),
      allowMissingKeys: flags.bool('allow-missing-template-keys'),
      showManagedFields: flags.bool('show-managed-fields'),
      operation,
      env,
      ...options,
    });
  if (printsObjects(context)) {
    // One printer for all objects: YAML separates them.
    const printer = await make('');
    return (object) => printer.print(object, (text) => void streams.stdout.write(text));
  }
  const {namePrinter} = await import('../output/name.ts');
  await make('');
  return (object, operation) =>
    namePrinter(flags.string('output') === 'name' ? '' : `${operation}${suffix[dryRun]}`).print(
      object,
      (text) => void streams.stdout.write(text),
    );
};
