// `label` and `annotate` are one verb on two maps of the metadata; this is what they share.
import type {KdeckError} from '../../../base/errors.ts';
import {compareBytes} from '../../../base/json/order.ts';
import {
  planMetadata,
  refuseOverwrites,
  withMetadata,
  type MetadataChanges,
  type MetadataField,
  type MetadataPlan,
} from '../../../operations/metadata-changes.ts';
import {patchObject} from '../../../operations/objects.ts';
import type {Info} from '../../../operations/resolve/info.ts';
import {resolve} from '../../../operations/resolve/resolve.ts';
import type {AnyObject} from '../../../kube/types/object.ts';
import {cliError} from '../../errors.ts';
import {
  allNamespacesFlag,
  dryRunFlag,
  fieldManagerFlag,
  fieldSelectorFlag,
  fileFlags,
  printFlags,
  recordFlag,
  selectorFlag,
} from '../../flags/bundles.ts';
import {dryRunOf, resultPrinter, type DryRun} from '../../results.ts';
import type {Flag, VerbContext} from '../../verb.ts';
import {addressOf, hasFiles, objectOf, objectsOf} from './changes.ts';

/** Where label and annotate differ. */
export type MetadataVerb = {
  readonly field: MetadataField;
  readonly resources: readonly string[];
  readonly changes: MetadataChanges;
  /** Kinds of files the sentences of `--local` name. */
  readonly file: 'pod' | 'rsrc';
  /** The word for what happened. */
  readonly operation: (plan: MetadataPlan) => string;
};

/** Flags of both verbs. */
export const metadataFlags = (verb: 'label' | 'annotate', things: string): readonly Flag[] => [
  recordFlag,
  ...printFlags(),
  {name: 'overwrite', type: 'bool', usage: `Replace ${things} that have another value already; otherwise that is an error.`},
  {name: 'list', type: 'bool', usage: `Show the ${things} of an object.`},
  {name: 'local', type: 'bool', usage: 'Work on files only and never ask the server.'},
  fieldSelectorFlag,
  {name: 'all', type: 'bool', usage: 'All objects of the named types in the namespace.'},
  allNamespacesFlag,
  {name: 'resource-version', type: 'string', usage: 'Change the object only if it has this version. For a single object.'},
  ...fileFlags('that names the objects to change.'),
  dryRunFlag,
  fieldManagerFlag(`kubectl-${verb}`),
  selectorFlag,
];

/** Throws when the flags do not go together. */
export const checkMetadataFlags = (context: VerbContext, wanted: MetadataVerb, dryRun: DryRun): void => {
  const {flags} = context;
  if (flags.bool('all') && flags.string('selector') !== '') throw cliError('cannot set --all and --selector at the same time');
  if (flags.bool('all') && flags.string('field-selector') !== '')
    throw cliError('cannot set --all and --field-selector at the same time');
  if (flags.bool('local')) {
    if (dryRun === 'server') throw cliError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    if (wanted.resources.length > 0)
      throw cliError(
        `can only use local files by -f ${wanted.file}.yaml or --filename=${wanted.file}.json when --local=true is set`,
      );
    if (!hasFiles(context))
      throw cliError(`one or more files must be specified as -f ${wanted.file}.yaml or --filename=${wanted.file}.json`);
  } else if (wanted.resources.length < 1 && !hasFiles(context)) {
    throw cliError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (Object.keys(wanted.changes).length === 0 && !flags.bool('list')) {
    throw cliError(`at least one ${wanted.field === 'labels' ? 'label' : 'annotation'} update is required`);
  }
};

/** Changes (or lists) the labels or annotations of every object named. */
export const changeMetadata = async (context: VerbContext, wanted: MetadataVerb): Promise<number> => {
  const {flags} = context;
  const dryRun = dryRunOf(context);
  if (flags.bool('list') && flags.string('output') !== '') throw cliError('--list and --output may not be specified together');
  checkMetadataFlags(context, wanted, dryRun);
  const local = flags.bool('local');
  const allNamespaces = flags.bool('all-namespaces');
  const found = await resolve(
    local ? undefined : await context.cluster(),
    await objectsOf(context, {
      args: wanted.resources,
      local,
      ...(local
        ? {}
        : {
            labelSelector: flags.string('selector'),
            fieldSelector: flags.string('field-selector'),
            allNamespaces,
            typeAlone: flags.bool('all'),
            latest: true,
          }),
    }),
  );
  if (!found.single && flags.string('resource-version') !== '')
    throw cliError('--resource-version may only be used with a single resource');
  const print = await resultPrinter(context, dryRun);
  await found.visit(async (info) => {
    const {object, operation} = await changeOne(context, wanted, info, dryRun);
    if (flags.bool('list')) return list(context, wanted.field, object, found.single);
    // A new printer each time for labels: kubectl puts no `---` between them.
    if (wanted.field === 'labels') (await resultPrinter(context, dryRun))(object, operation);
    else print(object, operation);
  });
  return 0;
};

const changeOne = async (
  context: VerbContext,
  wanted: MetadataVerb,
  info: Info,
  dryRun: DryRun,
): Promise<{object: AnyObject; operation: string}> => {
  const {flags, streams} = context;
  const {field, changes} = wanted;
  const object = objectOf(info);
  const plan = planMetadata(object, field, changes);
  const operation = wanted.operation(plan);
  const stays = dryRun === 'client' || flags.bool('local') || flags.bool('list');
  if (!stays && field === 'labels')
    for (const key of plan.absent) streams.stdout.write(`label ${JSON.stringify(key)} not found.\n`);
  if (!flags.bool('overwrite')) refuseOverwrites(field, plan);
  const changed = withMetadata(object, field, changes);
  if (stays) return {object: changed, operation};
  const resourceVersion = flags.string('resource-version');
  const patch = resourceVersion === '' ? plan.patch : {metadata: {...plan.patch?.metadata, resourceVersion}};
  // kubectl sends annotations even when nothing changes, labels only when something does.
  if (field === 'labels' && plan.patch === undefined) return {object: changed, operation};
  const {client} = await context.cluster();
  const actual = await patchObject(client, addressOf(info), 'merge', patch ?? {}, {
    dryRun: dryRun === 'server',
    fieldManager: flags.string('field-manager'),
  });
  return {object: field === 'labels' ? changed : actual, operation};
};

const list = (context: VerbContext, field: MetadataField, object: AnyObject, single: boolean): void => {
  const {stdout} = context.streams;
  const group = (object.apiVersion ?? '').includes('/') ? (object.apiVersion ?? '').split('/')[0] : '';
  if (!single) stdout.write(`Listing ${field} for ${object.kind ?? ''}.${group ?? ''}/${object.metadata.name ?? ''}:\n`);
  for (const [key, value] of Object.entries(object.metadata[field] ?? {}).toSorted(([a], [b]) => compareBytes(a, b))) {
    stdout.write(`${single ? '' : ' '}${key}=${value}\n`);
  }
};

/** Changes as one map; throws when a key is to be set and removed. */
export const changesOf = (
  set: ReadonlyMap<string, string>,
  remove: readonly string[],
  conflict: (keys: readonly string[]) => KdeckError,
): MetadataChanges => {
  const both = remove.filter((key) => set.has(key));
  if (both.length > 0) throw conflict(both);
  return Object.fromEntries([
    ...[...set].map(([key, value]) => [key, value] as const),
    ...remove.map((key) => [key, null] as const),
  ]);
};
