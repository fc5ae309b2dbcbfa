// `apply`: brings objects to what manifests say, from the client by three-way patches or on the server.
import type {AnyObject} from '../../kube/types/object.ts';
import {applyClientSide} from '../../operations/apply/client-side.ts';
import {LAST_APPLIED} from '../../operations/apply/last-applied.ts';
import {applyServerSide, SERVER_SIDE_MANAGER} from '../../operations/apply/server-side.ts';
import {objectName, type Info} from '../../operations/resolve/info.ts';
import {resolve, throwAll} from '../../operations/resolve/resolve.ts';
import {cliError, usageError} from '../errors.ts';
import {
  dryRunFlag,
  fieldManagerFlag,
  fileFlags,
  printFlags,
  recordFlag,
  selectorFlag,
  subresourceFlag,
  validateFlag,
} from '../flags/bundles.ts';
import {dryRunOf, printsObjects, resultPrinter, validationOf, type DryRun} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';

const CLIENT_SIDE_MANAGER = 'kubectl-client-side-apply';

const validate = ({flags}: VerbContext, dryRun: DryRun): void => {
  const serverSide = flags.bool('server-side');
  if (flags.bool('force-conflicts') && !serverSide) throw cliError('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && serverSide)
    throw cliError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  if (serverSide && flags.bool('force')) throw cliError('--force cannot be used with --server-side');
  if (dryRun === 'server' && flags.bool('force')) throw cliError('--dry-run=server cannot be used with --force');
  if (flags.bool('all') && flags.string('selector') !== '') throw cliError('cannot set --all and --selector at the same time');
  if (flags.string('subresource') !== '' && !serverSide) throw cliError('--subresource can only be specified for --server-side');
  if (flags.bool('prune')) throw cliError('--prune is not in kdeck yet');
  if (!flags.bool('overwrite')) throw cliError('--overwrite=false is not in kdeck yet');
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (args.length > 0) throw usageError(context.command, `Unexpected args: [${args.join(' ')}]`);
  const dryRun = dryRunOf(context);
  if (flags.strings('filename').length === 0 && flags.string('kustomize') === '') throw cliError('must specify one of -f and -k');
  const fieldValidation = validationOf(context);
  validate(context, dryRun);
  const print = await resultPrinter(context, dryRun);
  const cluster = await context.cluster();
  const resolved = await resolve(cluster, {
    filenames: flags.strings('filename'),
    kustomize: flags.string('kustomize'),
    recursive: flags.bool('recursive'),
    stdin: streams.stdin as AsyncIterable<Buffer>,
    namespace: cluster.namespace,
    enforceNamespace: cluster.namespaceExplicit,
    labelSelector: flags.string('selector'),
    subresource: flags.string('subresource'),
    validates: fieldValidation !== 'Ignore',
    program: context.program,
  });
  const {infos, errors: found} = await resolved.infos();
  const errors = [...found];
  if (infos.length === 0 && errors.length === 0) throw cliError('no objects passed to apply');
  const serverSide = flags.bool('server-side');
  const write = {
    fieldManager: flags.given('field-manager')
      ? flags.string('field-manager')
      : serverSide
        ? SERVER_SIDE_MANAGER
        : CLIENT_SIDE_MANAGER,
    dryRun: dryRun === 'server',
    fieldValidation,
    ...(flags.string('subresource') === '' ? {} : {subresource: flags.string('subresource')}),
  };
  const applied: AnyObject[] = [];
  for (const info of infos) {
    try {
      const generateName = info.object?.metadata.generateName ?? '';
      if (info.name === '' && generateName !== '') throw cliError(`from ${generateName}: cannot use generate name with apply`);
      const {object, result} = serverSide
        ? {
            result: 'serverside-applied',
            object: await applyServerSide(cluster.client, info, {
              write,
              forceConflicts: flags.bool('force-conflicts'),
              warn: (text) => void streams.stderr.write(text),
            }),
          }
        : await applyOne(context, info, write, dryRun);
      if (object.metadata.deletionTimestamp !== undefined) {
        streams.stderr.write(`Warning: Detected changes to resource ${object.metadata.name} which is currently being deleted.\n`);
      }
      applied.push(object);
      if (!printsObjects(context)) print(object, result);
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
  if (printsObjects(context) && applied[0] !== undefined)
    print(applied.length === 1 ? applied[0] : {apiVersion: 'v1', items: applied, kind: 'List', metadata: {}}, '');
  return 0;
};

const applyOne = async (
  context: VerbContext,
  info: Info,
  write: Parameters<typeof applyClientSide>[2]['write'],
  dryRun: DryRun,
): Promise<{object: AnyObject; result: string}> => {
  const {flags, streams, program} = context;
  const {client} = await context.cluster();
  const grace = flags.int('grace-period');
  const applied = await applyClientSide(client, info, {
    write,
    clientDryRun: dryRun === 'client',
    ...(flags.bool('force')
      ? {
          force: {
            timeout: flags.duration('timeout') > 0 ? flags.duration('timeout') : 5 * 60_000,
            cascade: flags.string('cascade') as 'background' | 'foreground' | 'orphan',
            ...(grace >= 0 ? {gracePeriodSeconds: grace} : {}),
          },
        }
      : {}),
  });
  if (applied.unannotated) {
    streams.stderr.write(
      `Warning: resource ${objectName(info)} is missing the ${LAST_APPLIED} annotation which is required by ${program} apply. ` +
        `${program} apply should only be used on resources created declaratively by either ${program} create --save-config or ${program} apply. ` +
        'The missing annotation will be patched automatically.\n',
    );
  }
  return applied;
};

export const verb: Verb = {
  name: 'apply',
  short: 'Apply a configuration to a resource by file name or stdin',
  long:
    'Bring objects to what manifests in YAML or JSON say. Objects that are not there yet are created; what others changed in fields\n' +
    ' the manifests do not mention stays.\n\n' +
    ' To be able to apply an object later, create it with apply or with create --save-config.',
  examples: `
  # Apply a manifest
  {program} apply -f ./pod.json

  # Apply what another program writes
  cat pod.json | {program} apply -f -

  # Let the server merge, and own the fields of the manifest
  {program} apply --server-side -f ./pod.json`,
  usage: '(-f FILENAME | -k DIRECTORY)',
  flags: [
    {name: 'all', type: 'bool', usage: 'Select all resources in the namespace of the specified resource types.'},
    {
      name: 'cascade',
      type: 'string',
      default: 'background',
      bare: 'background',
      usage: 'What happens to dependents of an object that --force deletes: background, orphan, or foreground.',
    },
    dryRunFlag,
    fieldManagerFlag(CLIENT_SIDE_MANAGER),
    ...fileFlags('that holds the configuration to apply'),
    {name: 'force', type: 'bool', usage: 'Delete and create again what cannot be patched.'},
    {name: 'force-conflicts', type: 'bool', usage: 'Take fields over from other managers. Only with --server-side.'},
    {
      name: 'grace-period',
      type: 'int',
      default: -1,
      usage: 'Seconds an object that --force deletes has to end; negative: its own.',
    },
    {
      name: 'openapi-patch',
      type: 'bool',
      default: true,
      usage: 'Accepted for compatibility: the patch rules of built-in kinds are known.',
    },
    {name: 'overwrite', type: 'bool', default: true, usage: 'Let the manifest win where others changed the same fields.'},
    ...printFlags(),
    {name: 'prune', type: 'bool', usage: 'Delete objects that were applied before and are in no manifest now.'},
    {name: 'prune-allowlist', type: 'list', usage: 'group/version/kind that --prune may delete.'},
    recordFlag,
    selectorFlag,
    {name: 'server-side', type: 'bool', usage: 'Apply on the server instead of the client.'},
    subresourceFlag('Apply to a subresource. Only with --server-side.'),
    {
      name: 'timeout',
      type: 'duration',
      default: '0s',
      usage: 'How long --force waits for the deletion; 0 takes a time that fits the object.',
    },
    validateFlag,
    {name: 'wait', type: 'bool', usage: 'Wait for finalizers of what is deleted.'},
  ],
  run,
};
