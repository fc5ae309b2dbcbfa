// `create -f`: objects from manifests.
import {createObject} from '../../../operations/apply/client-side.ts';
import {LAST_APPLIED, withLastApplied} from '../../../operations/apply/last-applied.ts';
import {aboutSource} from '../../../operations/apply/source-error.ts';
import {resolve} from '../../../operations/resolve/resolve.ts';
import {cliError} from '../../errors.ts';
import {
  dryRunFlag,
  fieldManagerFlag,
  fileFlags,
  printFlags,
  recordFlag,
  saveConfigFlag,
  selectorFlag,
  validateFlag,
} from '../../flags/bundles.ts';
import {dryRunOf, resultPrinter, validationOf} from '../../results.ts';
import type {Verb, VerbContext} from '../../verb.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (flags.strings('filename').length === 0 && flags.string('kustomize') === '') throw cliError('must specify one of -f and -k');
  if (args.length > 0)
    throw cliError(`unknown command ${JSON.stringify(args[0])}\nSee '${context.command} -h' for help and examples`);
  if (flags.bool('edit')) throw cliError('--edit is not in kdeck yet');
  if (flags.string('raw') !== '') throw cliError('--raw is not in kdeck yet');
  const dryRun = dryRunOf(context);
  const fieldValidation = validationOf(context);
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
    validates: fieldValidation !== 'Ignore',
    program: context.program,
  });
  let count = 0;
  await resolved.visit(async (info) => {
    let object = info.object!;
    // An annotation that is there already is kept true, whether or not it was asked for.
    if (flags.bool('save-config') || object.metadata.annotations?.[LAST_APPLIED] !== undefined) object = withLastApplied(object);
    if (dryRun !== 'client') {
      try {
        object = await createObject(cluster.client, info.resource!, info.namespace, object, {
          fieldManager: flags.string('field-manager'),
          dryRun: dryRun === 'server',
          fieldValidation,
        });
      } catch (error) {
        throw aboutSource('creating', info.source, error);
      }
    }
    count += 1;
    print(object, 'created');
  });
  if (count === 0) throw cliError('no objects passed to create');
  return 0;
};

export const verb: Verb = {
  name: 'create',
  short: 'Create a resource from a file or from stdin',
  long: 'Create objects from manifests in YAML or JSON.',
  examples: `
  # From a file
  {program} create -f ./pod.json

  # From what another program writes
  cat pod.json | {program} create -f -`,
  usage: '-f FILENAME',
  flags: [
    dryRunFlag,
    {name: 'edit', type: 'bool', usage: 'Edit the objects before they are created.'},
    fieldManagerFlag('kubectl-create'),
    ...fileFlags('to use to create the resource'),
    ...printFlags(),
    {name: 'raw', type: 'string', usage: 'Path on the server to send the file to.'},
    recordFlag,
    saveConfigFlag,
    selectorFlag,
    validateFlag,
    {name: 'windows-line-endings', type: 'bool', usage: 'With --edit: lines end as on Windows.'},
  ],
  run,
};
