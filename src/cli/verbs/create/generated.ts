// What all `create TYPE NAME` verbs share: the name, flags, dry runs, sending and printing.
import type {AnyObject} from '../../../kube/types/object.ts';
import {createObject} from '../../../operations/apply/client-side.ts';
import {withLastApplied} from '../../../operations/apply/last-applied.ts';
import type {CreateTarget} from '../../../operations/create/typed.ts';
import {KdeckError, messageOf} from '../../../base/errors.ts';
import {cliError, usageError} from '../../errors.ts';
import {dryRunFlag, fieldManagerFlag, printFlags, saveConfigFlag, validateFlag} from '../../flags/bundles.ts';
import {dryRunOf, resultPrinter, validationOf} from '../../results.ts';
import type {Flag, VerbContext} from '../../verb.ts';

/** Flags of every generator. */
export const generatorFlags = (own: readonly Flag[]): readonly Flag[] =>
  [dryRunFlag, fieldManagerFlag('kubectl-create'), ...printFlags(), saveConfigFlag, validateFlag, ...own].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );

/** The one NAME; words after `--` are not counted. */
export const nameOf = (context: VerbContext): string => {
  const count = context.dash ?? context.args.length;
  if (count !== 1) throw usageError(context.command, `exactly one NAME is required, got ${count}`);
  return context.args[0]!;
};

/** Makes the object, sends it unless told not to, and prints it. `failed` stands before the server's error, as in kubectl. */
export const runGenerator = async (
  context: VerbContext,
  make: (target: CreateTarget) => AnyObject,
  options: {readonly failed?: string; readonly clusterScoped?: true} = {},
): Promise<number> => {
  const name = nameOf(context);
  const dryRun = dryRunOf(context);
  const print = await resultPrinter(context, dryRun, {typed: true});
  const fieldValidation = validationOf(context);
  const cluster = await context.cluster();
  const made = make({name, namespace: cluster.namespaceExplicit && options.clusterScoped !== true ? cluster.namespace : undefined});
  let object = context.flags.bool('save-config') ? withLastApplied(made, {typed: true}) : made;
  if (dryRun !== 'client') {
    const resource = await cluster.discovery.forKind(made.apiVersion ?? '', made.kind ?? '');
    if (resource === undefined) throw cliError(`the server doesn't have a resource type ${JSON.stringify(made.kind)}`);
    const write = {fieldManager: context.flags.string('field-manager'), dryRun: dryRun === 'server', fieldValidation};
    try {
      object = await createObject(cluster.client, resource, cluster.namespace, object, write);
    } catch (error) {
      // kubectl wraps the error here and so loses its `Error from server` form.
      if (options.failed === undefined) throw error;
      throw new KdeckError('KD-CREATE-FAILED', `${options.failed} ${messageOf(error)}`, {cause: error});
    }
  }
  print(object, 'created');
  return 0;
};
