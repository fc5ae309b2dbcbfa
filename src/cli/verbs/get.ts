// `get`: objects as tables the server draws, or in any output format; once, or live with `-w`.
import {listOf, singleOrList} from '../../output/list.ts';
import type {Printer} from '../../output/printer.ts';
import {TableReport, type TableSubject} from '../../output/table-report.ts';
import type {AnyObject, ApiResource} from '../../kube/types/object.ts';
import type {Info} from '../../operations/resolve/info.ts';
import type {IncludedObject} from '../../operations/resolve/read-list.ts';
import {resolve, throwAll, flattenErrors, type ResolveOptions} from '../../operations/resolve/resolve.ts';
import {cliError, usageError} from '../errors.ts';
import {
  allNamespacesFlag,
  chunkSizeFlag,
  fieldSelectorFlag,
  fileFlags,
  getFormats,
  noHeadersFlag,
  printFlags,
  selectorFlag,
  subresourceFlag,
} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args} = context;
  if (flags.string('raw') !== '') return getRaw(context);
  if (!flags.bool('watch') && !flags.bool('watch-only') && args.length === 0 && !hasFiles(context)) {
    context.streams.stderr.write(
      `You must specify the type of resource to get. Use "${context.program} api-resources" for a complete list of supported resources.\n\n`,
    );
    throw usageError(
      context.command,
      `Required resource not specified.\nUse "${context.program} explain <resource>" for a detailed description of that resource ` +
        `(e.g. ${context.program} explain pods).`,
    );
  }
  if (flags.string('sort-by') !== '') {
    if (flags.bool('watch'))
      context.streams.stderr.write('warning: --watch requested, --sort-by will be ignored for watch events received\n');
    else if (flags.bool('watch-only')) context.streams.stderr.write('warning: --watch-only requested, --sort-by will be ignored\n');
  }
  validate(context);
  if (flags.bool('watch') || flags.bool('watch-only')) {
    const {watch} = await import('./get-watch.ts');
    return watch(context, await optionsOf(context));
  }
  return isTable(context) ? getTables(context) : getObjects(context);
};

const hasFiles = ({flags}: VerbContext): boolean => flags.strings('filename').length > 0 || flags.string('kustomize') !== '';

/** Whether people's tables were asked for, and not a format for programs. */
export const isTable = ({flags}: VerbContext): boolean =>
  flags.string('output') === 'wide' || (flags.string('output') === '' && flags.string('template') === '');

const validate = ({flags}: VerbContext): void => {
  const output = flags.string('output');
  if (flags.bool('show-labels') && output !== '' && output !== 'wide')
    throw cliError(`--show-labels option cannot be used with ${output} printer`);
  if (flags.bool('output-watch-events') && !flags.bool('watch') && !flags.bool('watch-only')) {
    throw cliError('--output-watch-events option can only be used with --watch or --watch-only');
  }
};

const getRaw = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (args.length > 0) throw cliError('arguments may not be passed when --raw is specified');
  if (flags.bool('watch') || flags.bool('watch-only') || flags.string('selector') !== '') {
    throw cliError('--raw may not be specified with other flags that filter the server request or alter the output');
  }
  if (flags.string('output') !== '') throw cliError('--raw and --output are mutually exclusive');
  const raw = flags.string('raw');
  if (!raw.startsWith('/') && !/^[a-z][a-z0-9+.-]*:\/\//i.test(raw)) {
    throw cliError(`--raw must be a valid URL path: parse ${JSON.stringify(raw)}: invalid URI for request`);
  }
  const {client} = await context.cluster();
  const stream = await client.stream({path: raw, accept: 'application/json, */*'});
  for await (const chunk of stream.body) {
    if (!streams.stdout.write(chunk)) await new Promise((resolve) => streams.stdout.once('drain', resolve));
  }
  return 0;
};

/** How much of each object the server must send along with its rows. */
const includedFor = ({flags}: VerbContext): IncludedObject => {
  if (flags.string('sort-by') !== '') return 'Object';
  return flags.bool('all-namespaces') || flags.bool('show-labels') || flags.strings('label-columns').length > 0
    ? 'Metadata'
    : 'None';
};

const optionsOf = async (context: VerbContext): Promise<ResolveOptions> => {
  const {flags, args} = context;
  const cluster = await context.cluster();
  const allNamespaces = flags.bool('all-namespaces');
  return {
    args,
    filenames: flags.strings('filename'),
    kustomize: flags.string('kustomize'),
    recursive: flags.bool('recursive'),
    stdin: context.streams.stdin as AsyncIterable<Buffer>,
    namespace: cluster.namespace,
    enforceNamespace: cluster.namespaceExplicit && !allNamespaces,
    allNamespaces,
    labelSelector: flags.string('selector'),
    fieldSelector: flags.string('field-selector'),
    subresource: flags.string('subresource'),
    // Sorting needs everything in one piece.
    chunkSize: flags.string('sort-by') === '' ? flags.int('chunk-size') : 0,
    chunkSizeGiven: flags.given('chunk-size'),
    typeAlone: true,
    latest: true,
    program: context.program,
    ...(isTable(context) && flags.bool('server-print') ? {table: includedFor(context)} : {}),
  };
};

/** What a table is about; `resource` is missing only for objects that were never mapped. */
export const subjectOf = (resource: ApiResource | undefined): TableSubject =>
  resource === undefined
    ? {type: '', kind: {group: '', kind: ''}, namespaced: true}
    : {
        type: `${resource.plural}.${resource.version}.${resource.group}`,
        kind: {group: resource.group, kind: resource.kind},
        namespaced: resource.namespaced,
      };

/** The table printer of the flags. */
export const reportFor = async (context: VerbContext, withKind: boolean): Promise<TableReport> => {
  const {flags, streams} = context;
  const sortBy = flags.string('sort-by');
  const sortTable = sortBy === '' ? undefined : (await import('../../output/sort-by.ts')).sortTable;
  return new TableReport((text) => void streams.stdout.write(text), {
    noHeaders: flags.bool('no-headers'),
    wide: flags.string('output') === 'wide',
    showLabels: flags.bool('show-labels'),
    labelColumns: flags.strings('label-columns'),
    allNamespaces: flags.bool('all-namespaces'),
    withKind: withKind || flags.bool('show-kind'),
    sort: sortTable === undefined ? undefined : (table) => sortTable(table, sortBy),
    now: context.now,
  });
};

const isNotFound = (error: unknown): boolean => (error as {status?: {reason?: string}} | undefined)?.status?.reason === 'NotFound';

/** Without the errors `--ignore-not-found` forgives. */
const forgiven = (errors: readonly unknown[], {flags}: VerbContext): unknown[] =>
  flags.bool('ignore-not-found') ? flattenErrors(errors).filter((error) => !isNotFound(error)) : [...errors];

const getTables = async (context: VerbContext): Promise<number> => {
  const {flags} = context;
  const cluster = await context.cluster();
  const resolved = await resolve(cluster, await optionsOf(context));
  const found = await resolved.infos();
  const errors = forgiven(found.errors, context);
  const infos = await sorted(found.infos, flags.string('sort-by'));
  const kinds = new Set(infos.map(({resource}) => `${resource?.group}/${resource?.version}/${resource?.kind}`));
  const report = await reportFor(context, kinds.size > 1);
  for (const {object, resource} of infos) report.add(object!, subjectOf(resource));
  report.flush();
  if (!report.written && !flags.bool('ignore-not-found') && errors.length === 0) {
    const namespaced = !flags.bool('all-namespaces') && infos.every(({resource}) => resource?.namespaced !== false);
    context.streams.stderr.write(namespaced ? `No resources found in ${cluster.namespace} namespace.\n` : 'No resources found\n');
  }
  // kubectl wraps what it got once more, so a file that cannot be read is told without `error: `.
  if (errors.length > 0) throw new AggregateError(errors);
  return 0;
};

// Rows are sorted inside their table; several tables are put in order by the same field of the tables, which they rarely have:
// kubectl then fails, and so do we.
const sorted = async (infos: readonly Info[], path: string): Promise<readonly Info[]> => {
  if (path === '' || infos.length < 2) return infos;
  const {sortObjects} = await import('../../output/sort-by.ts');
  const objects = infos.map(({object}) => object!);
  return sortObjects(objects, path).map((object) => infos[objects.indexOf(object)]!);
};

/** The printer of a format for programs. */
export const printerOf = async (context: VerbContext): Promise<Printer> => {
  const {flags} = context;
  const {printerFor} = await import('../../output/printer-for.ts');
  return printerFor({
    output: flags.string('output'),
    family: 'get',
    template: flags.string('template'),
    outputGiven: flags.given('output'),
    allowMissingKeys: flags.bool('allow-missing-template-keys'),
    showManagedFields: flags.bool('show-managed-fields'),
    noHeaders: flags.bool('no-headers'),
    env: context.env,
  });
};

const getObjects = async (context: VerbContext): Promise<number> => {
  const {flags} = context;
  const resolved = await resolve(await context.cluster(), await optionsOf(context));
  const found = await resolved.infos();
  const errors = flattenErrors(forgiven(found.errors, context));
  if (resolved.single) throwAll(errors);
  if (found.infos.length === 0 && flags.bool('ignore-not-found')) {
    throwAll(errors);
    return 0;
  }
  const printer = await printerOf(context);
  try {
    printer.print(
      await assemble(found.infos, resolved.single, flags.string('sort-by')),
      (text) => void context.streams.stdout.write(text),
    );
  } catch (error) {
    errors.push(error);
  }
  throwAll(errors);
  return 0;
};

const assemble = async (infos: readonly Info[], single: boolean, sortBy: string): Promise<object> => {
  const objects = infos.map(({object}) => object as AnyObject);
  const whole = singleOrList(objects, single);
  if (sortBy === '' || !Array.isArray((whole as {items?: unknown}).items)) return whole;
  const {sortObjects} = await import('../../output/sort-by.ts');
  const {items, metadata} = whole as unknown as {items: AnyObject[]; metadata: {resourceVersion: string}};
  return listOf(sortObjects(items, sortBy), metadata.resourceVersion);
};

export const verb: Verb = {
  name: 'get',
  short: 'Display one or many resources',
  long:
    'Show objects, one or many.\n\n' +
    ' Without an output format a table of what matters most is printed, as the server draws it. A label or field selector narrows\n' +
    ' it down. Only objects of the current namespace are shown, unless another is named or all are asked for with -A.\n\n' +
    ' Use "{program} api-resources" for the types this cluster has.',
  examples: `
  # All pods of the namespace
  {program} get pods

  # The same with more columns
  {program} get pods -o wide

  # One Deployment, in a chosen version of its API, as JSON
  {program} get deployments.v1.apps web -o json

  # The object a file describes, as the server has it
  {program} get -f web.yaml -o yaml

  # One value
  {program} get pod/web -o jsonpath='{.status.phase}'

  # Columns of your own
  {program} get pods -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image

  # Several types, all namespaces
  {program} get deployments,services -A

  # Keep watching
  {program} get pods -w`,
  usage: `[(-o|--output=)${getFormats.join('|')}] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]`,
  flags: [
    ...printFlags(getFormats),
    ...fileFlags('that names the objects to get.'),
    selectorFlag,
    fieldSelectorFlag,
    allNamespacesFlag,
    chunkSizeFlag,
    noHeadersFlag,
    {
      name: 'ignore-not-found',
      type: 'bool',
      usage: 'Say nothing about named objects that do not exist. Listings are not affected.',
    },
    {
      name: 'label-columns',
      short: 'L',
      type: 'csv',
      usage: 'Labels to show as columns, comma separated or repeated. Upper and lower case differ.',
    },
    {
      name: 'output-watch-events',
      type: 'bool',
      usage: 'With --watch or --watch-only, print the events; what exists comes as ADDED.',
    },
    {name: 'raw', type: 'string', usage: 'Path to ask the server for, with the connection of the kubeconfig.'},
    {name: 'server-print', type: 'bool', default: true, usage: 'Let the server draw the table, which works for custom types too.'},
    {name: 'show-kind', type: 'bool', usage: 'Put the type before each name.'},
    {name: 'show-labels', type: 'bool', usage: 'Show all labels as the last column.'},
    {name: 'sort-by', type: 'string', usage: "JSONPath of the field to sort lists by ('{.metadata.name}'); a number or a text."},
    subresourceFlag('Get this subresource of the object.'),
    {name: 'watch', short: 'w', type: 'bool', usage: 'Print what is there, then every change.'},
    {name: 'watch-only', type: 'bool', usage: 'Print changes only, not what is there.'},
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
