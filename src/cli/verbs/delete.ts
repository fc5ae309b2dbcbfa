// `delete`: deletes objects, tells it at once, and waits until they are gone.
import {deleteObject, FOR_EVER, waitUntilGone, type Deleted} from '../../operations/delete.ts';
import {kindName, type Info} from '../../operations/resolve/info.ts';
import {resolve, throwAll, type Resolved} from '../../operations/resolve/resolve.ts';
import {aboutSource} from '../../operations/apply/source-error.ts';
import {cliError} from '../errors.ts';
import {allNamespacesFlag, dryRunFlag, fieldSelectorFlag, fileFlags, selectorFlag} from '../flags/bundles.ts';
import {dryRunOf, type DryRun} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {addressOf, objectsOf} from './shared/changes.ts';

type Cascade = 'background' | 'foreground' | 'orphan';

/** What the flags ask for, settled. */
type Plan = {readonly dryRun: DryRun; readonly cascade: Cascade; readonly grace: number; readonly ignoreNotFound: boolean};

const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

const cascadeOf = ({flags, streams}: VerbContext): Cascade => {
  const value = flags.string('cascade');
  if (value === 'background' || value === 'foreground' || value === 'orphan') return value;
  if (!TRUE.has(value) && !FALSE.has(value))
    throw cliError(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
  const instead = TRUE.has(value) ? 'background' : 'orphan';
  streams.stderr.write(
    `warning: --cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${instead}.\n`,
  );
  return instead;
};

const graceOf = ({flags}: VerbContext): number => {
  let grace = flags.int('grace-period');
  const force = flags.bool('force');
  if (flags.bool('now')) {
    if (grace !== -1) throw cliError('--now and --grace-period cannot be specified together');
    grace = 1;
  }
  // Zero without --force lost people their data, so kubectl makes it one.
  if (grace === 0 && !force) grace = 1;
  return force && grace < 0 ? 0 : grace;
};

const planOf = (context: VerbContext): Plan => {
  const {flags} = context;
  const cascade = cascadeOf(context);
  const selects = flags.bool('all') || flags.string('selector') !== '' || flags.string('field-selector') !== '';
  const grace = graceOf(context);
  return {
    cascade,
    grace,
    dryRun: dryRunOf(context),
    ignoreNotFound: flags.bool('ignore-not-found') || (selects && !flags.given('ignore-not-found')),
  };
};

const validate = (context: VerbContext, {grace}: Plan): void => {
  const {flags} = context;
  const output = flags.string('output');
  if (output !== '' && output !== 'name') throw cliError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  if (flags.bool('all') && flags.string('selector') !== '') throw cliError('cannot set --all and --selector at the same time');
  if (flags.bool('all') && flags.string('field-selector') !== '')
    throw cliError('cannot set --all and --field-selector at the same time');
  if (flags.bool('force') && grace === 0) {
    context.warn(
      'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
    );
  } else if (flags.bool('force') && grace > 0)
    throw cliError('--force and --grace-period greater than 0 cannot be specified together');
  if (flags.string('raw') === '') return;
  if (flags.bool('interactive')) throw cliError('--interactive can not be used with --raw');
  const [file, ...more] = flags.strings('filename');
  if (more.length > 0) throw cliError('--raw can only use a single local file or stdin');
  if (file !== undefined && /^https?:\/\//.test(file)) throw cliError('--raw cannot read from a url');
  if (flags.bool('recursive')) throw cliError('--raw and --recursive are mutually exclusive');
  if (output !== '') throw cliError('--raw and --output are mutually exclusive');
};

const find = async (context: VerbContext): Promise<Resolved> => {
  const {flags} = context;
  const cluster = await context.cluster();
  return resolve(
    cluster,
    await objectsOf(context, {
      labelSelector: flags.string('selector'),
      fieldSelector: flags.string('field-selector'),
      selectAll: flags.bool('all'),
      allNamespaces: flags.bool('all-namespaces'),
      requireObject: false,
    }),
  );
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const plan = planOf(context);
  if (flags.string('raw') !== '') {
    validate(context, plan);
    return deleteRaw(context);
  }
  const found = await find(context);
  validate(context, plan);
  let confirmed: ReadonlySet<string> | undefined;
  if (flags.bool('interactive')) {
    const listed = await infosOf(await find(context), plan);
    if (listed.length === 0) {
      streams.stdout.write('No resources found\n');
      return 0;
    }
    if (!(await confirm(context, listed))) {
      streams.stdout.write('deletion is cancelled\n');
      return 0;
    }
    confirmed = new Set(listed.map(keyOf));
  }
  await deleteAll(context, plan, found, confirmed);
  return 0;
};

const isNotFound = (error: unknown): boolean => (error as {status?: {reason?: string}} | undefined)?.status?.reason === 'NotFound';

const keyOf = ({resource, namespace, name}: Info): string => `${resource?.group} ${resource?.plural} ${namespace} ${name}`;

const infosOf = async (found: Resolved, plan: Plan): Promise<readonly Info[]> => {
  const {infos, errors} = await found.infos();
  throwAll(plan.ignoreNotFound ? errors.filter((error) => !isNotFound(error)) : errors);
  return infos;
};

const typeOf = ({resource}: Info): string => kindName(resource ?? {group: '', kind: ''}, '').slice(0, -1);

const confirm = async ({streams}: VerbContext, infos: readonly Info[]): Promise<boolean> => {
  streams.stdout.write(`You are about to delete the following ${infos.length} resource(s):\n`);
  for (const info of infos) streams.stdout.write(`${typeOf(info)}/${info.name}\n`);
  streams.stdout.write('Do you want to continue? (y/N): ');
  // Only the first line counts, as with Go's Fscanln; what stands behind it is nobody's answer.
  let text = '';
  for await (const chunk of streams.stdin as AsyncIterable<Buffer | string>) {
    text += chunk.toString();
    if (text.includes('\n')) break;
  }
  if (!text.includes('\n')) return false;
  return (text.split('\n')[0] ?? '').trim().toLowerCase() === 'y';
};

const deleteAll = async (
  context: VerbContext,
  plan: Plan,
  found: Resolved,
  confirmed: ReadonlySet<string> | undefined,
): Promise<void> => {
  const {flags, streams} = context;
  const {client, namespaceExplicit} = await context.cluster();
  const deleted: Deleted[] = [];
  let count = 0;
  let warns = namespaceExplicit && !flags.bool('all-namespaces');
  const errors: unknown[] = [];
  await found
    .visit(async (info) => {
      if (confirmed !== undefined && !confirmed.has(keyOf(info))) return;
      count += 1;
      const at = addressOf(info);
      if (warns && info.resource?.namespaced === false) {
        context.warn('deleting cluster-scoped resources, not scoped to the provided namespace');
        warns = false;
      }
      if (plan.dryRun === 'client') return void streams.stdout.write(lineFor(info, plan, flags.string('output')));
      let uid: string | undefined;
      try {
        uid = await deleteObject(client, at, {
          cascade: plan.cascade,
          dryRun: plan.dryRun === 'server',
          ...(plan.grace >= 0 ? {gracePeriodSeconds: plan.grace} : {}),
        });
      } catch (error) {
        throw aboutSource('deleting', info.source, error);
      }
      streams.stdout.write(lineFor(info, plan, flags.string('output')));
      deleted.push({at, uid});
    })
    .catch((error: unknown) => {
      const all = error instanceof AggregateError ? error.errors : [error];
      errors.push(...(plan.ignoreNotFound ? all.filter((one) => !isNotFound(one)) : all));
    });
  throwAll(errors);
  if (count === 0) streams.stdout.write('No resources found\n');
  if (count === 0 || !flags.bool('wait') || plan.dryRun !== 'none') return;
  await waitUntilGone(client, deleted, flags.duration('timeout') || FOR_EVER);
};

const SUFFIX: Readonly<Record<DryRun, string>> = {none: '', client: ' (dry run)', server: ' (server dry run)'};

const lineFor = (info: Info, {grace, dryRun}: Plan, output: string): string => {
  const type = typeOf(info);
  if (output === 'name') return `${type}/${info.name}\n`;
  const done = grace === 0 ? 'force deleted' : 'deleted';
  const from = info.resource?.namespaced === true ? ` from ${info.namespace} namespace` : '';
  return `${type} "${info.name}" ${done}${from}${SUFFIX[dryRun]}\n`;
};

const deleteRaw = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const {client} = await context.cluster();
  const [file] = flags.strings('filename');
  let body: string | undefined;
  if (file !== undefined) {
    const {findSources} = await import('../../operations/resolve/files.ts');
    const {sources, errors} = findSources([file], false, streams.stdin as AsyncIterable<Buffer>);
    throwAll(errors);
    body = await sources[0]?.text();
  }
  const answer = await client.request({method: 'DELETE', path: flags.string('raw'), ...(body === undefined ? {} : {body})});
  streams.stdout.write(answer.text());
  return 0;
};

export const verb: Verb = {
  name: 'delete',
  short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  long:
    'Delete objects named by type and name, by a selector, or by a file. Each is given its grace period; the command waits until\n' +
    ' all are gone, finalizers included.\n\n' +
    ' --force forgets objects at once without waiting for their processes to end: two pods of the same name may then run at the\n' +
    ' same time. Deleting has no lock: what somebody sends between your look and your command is lost too.',
  examples: `
  # What a file describes
  {program} delete -f web.yaml

  # What standard input describes
  cat pod.json | {program} delete -f -

  # By name
  {program} delete pod,service web

  # By label
  {program} delete pods,services -l app=web

  # With one second to end
  {program} delete pod web --now

  # At once, on a node that is dead
  {program} delete pod web --force

  # All pods, after asking
  {program} delete pods --all --interactive`,
  usage: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  flags: [
    ...fileFlags('that names the objects to delete.'),
    selectorFlag,
    fieldSelectorFlag,
    {name: 'all', type: 'bool', usage: 'All objects of the named types in the namespace.'},
    allNamespacesFlag,
    {name: 'force', type: 'bool', usage: 'Forget the objects at once, without a grace period.'},
    {
      name: 'cascade',
      type: 'string',
      default: 'background',
      bare: 'background',
      usage: 'What happens to the objects that belong to it: background, orphan or foreground.',
    },
    {name: 'now', type: 'bool', usage: 'Give it one second (the same as --grace-period=1).'},
    {
      name: 'grace-period',
      type: 'int',
      default: -1,
      usage: "Seconds to end; negative is the object's own. Zero only with --force.",
    },
    {name: 'timeout', type: 'duration', default: '0s', usage: 'How long to wait; zero waits for a week.'},
    {
      name: 'ignore-not-found',
      type: 'bool',
      usage: 'An object that is not there counts as deleted. Default with --all and selectors.',
    },
    {name: 'wait', type: 'bool', default: true, usage: 'Wait until the objects are gone.'},
    {name: 'output', short: 'o', type: 'string', usage: 'Use "-o name" for TYPE/NAME.'},
    {name: 'raw', type: 'string', usage: 'Path to send DELETE to, with the connection of the kubeconfig.'},
    {name: 'interactive', short: 'i', type: 'bool', usage: 'List what goes, and ask first.'},
    dryRunFlag,
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
