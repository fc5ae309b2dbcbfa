// `taint`: taints of nodes.
import {patchObject} from '../../operations/objects.ts';
import {resolve} from '../../operations/resolve/resolve.ts';
import {typeOf} from '../../operations/resolve/mapping.ts';
import {conflictsOf, parseTaints, planTaints, type TaintChanges} from '../../operations/taint.ts';
import {messageOf} from '../../base/errors.ts';
import {cliError, usageError} from '../errors.ts';
import {dryRunFlag, fieldManagerFlag, printFlags, selectorFlag, validateFlag} from '../flags/bundles.ts';
import {dryRunOf, resultPrinter, validationOf} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {addressOf, namesOf, objectOf, objectsOf} from './shared/changes.ts';

const isTaint = (word: string): boolean => word.includes('=') || word.includes(':') || word.endsWith('-');

const readArguments = (context: VerbContext): {readonly resources: readonly string[]; readonly changes: TaintChanges} => {
  const {args} = context;
  const first = args.findIndex(isTaint);
  const resources = first < 0 ? args : args.slice(0, first);
  const specs = first < 0 ? [] : args.slice(first);
  const stray = specs.find((word) => !isTaint(word));
  if (stray !== undefined) throw cliError(`all resources must be specified before taint changes: ${stray}`);
  if (resources.length < 1) throw cliError('one or more resources must be specified as <resource> <name>');
  if (specs.length < 1) throw cliError('at least one taint update is required');
  try {
    return {resources, changes: parseTaints(specs)};
  } catch (error) {
    throw usageError(context.command, messageOf(error));
  }
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags} = context;
  const dryRun = dryRunOf(context);
  const fieldValidation = validationOf(context);
  const {resources, changes} = readArguments(context);
  const selector = flags.string('selector');
  const all = flags.bool('all');
  const cluster = await context.cluster();
  const word = (resources[0] ?? '').toLowerCase();
  const type = await typeOf(cluster.discovery, word);
  if (type.kind !== 'Node') throw cliError(`invalid resource type ${word}, only node types are supported`);
  const conflicts = conflictsOf(changes);
  if (conflicts.length > 0)
    throw cliError(`can not both modify and remove the following taint(s) in the same command: ${conflicts.join(', ')}`);
  if (all && selector !== '') throw cliError("setting 'all' parameter with a non empty selector is prohibited");
  if (!all && selector === '' && resources.length < 2)
    throw cliError("at least one resource name must be specified since 'all' parameter is not set");

  const found = await resolve(
    cluster,
    await objectsOf(context, {
      args: all || selector !== '' ? ['node'] : namesOf('node', resources.slice(1)),
      filenames: [],
      labelSelector: selector,
      selectAll: all,
      enforceNamespace: false,
      latest: true,
    }),
  );
  await found.visit(async (info) => {
    const node = objectOf(info);
    const {taints, operation} = planTaints(node, changes, flags.bool('overwrite'));
    // kubectl forgets its own note about dry runs here.
    const print = await resultPrinter(context, 'none', {typed: true});
    if (dryRun === 'client') return print({...node, spec: {...(node['spec'] as object), taints}}, operation);
    // Taints have no merge key: the list is replaced whole.
    const patch = {spec: {taints: taints.length === 0 ? null : taints}};
    const actual = await patchObject(cluster.client, addressOf(info), 'strategic', patch, {
      dryRun: dryRun === 'server',
      fieldManager: flags.string('field-manager'),
      fieldValidation,
    });
    print(actual, operation);
  });
  return 0;
};

export const verb: Verb = {
  name: 'taint',
  short: 'Update the taints on one or more nodes',
  long:
    'Set and remove taints of nodes. A taint is KEY=VALUE:EFFECT or KEY:EFFECT and keeps away pods that do not tolerate it.\n\n' +
    ' The effects are NoSchedule, PreferNoSchedule and NoExecute.',
  examples: `
  # A taint; one with the same key and effect is an error without --overwrite
  {program} taint nodes worker-1 dedicated=team-a:NoSchedule

  # Without a value
  {program} taint nodes worker-1 dedicated:NoSchedule

  # Remove one
  {program} taint nodes worker-1 dedicated:NoSchedule-

  # Remove all with a key
  {program} taint nodes worker-1 dedicated-

  # By label
  {program} taint node -l zone=a dedicated=team-a:PreferNoSchedule`,
  usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  flags: [
    ...printFlags(),
    dryRunFlag,
    validateFlag,
    selectorFlag,
    {name: 'overwrite', type: 'bool', usage: 'Replace taints that are there already; otherwise that is an error.'},
    {name: 'all', type: 'bool', usage: 'All nodes.'},
    fieldManagerFlag('kubectl-taint'),
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
