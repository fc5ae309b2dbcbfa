// `diff`: what applying manifests would change, shown by the diff program.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {KdeckError, messageOf} from '../../base/errors.ts';
import {writeYaml} from '../../base/yaml/write.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {SERVER_SIDE_MANAGER} from '../../operations/apply/server-side.ts';
import {masked, wouldBe} from '../../operations/apply/would-be.ts';
import type {Info} from '../../operations/resolve/info.ts';
import {resolve} from '../../operations/resolve/resolve.ts';
import {omitManagedFields} from '../../output/managed-fields.ts';
import {cliError, usageError} from '../errors.ts';
import {fieldManagerFlag, fileFlags, selectorFlag} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';

const CLIENT_SIDE_MANAGER = 'kubectl-client-side-apply';

/** The diff program of KUBECTL_EXTERNAL_DIFF, with those of its words kubectl lets through, or `diff -u -N`. */
const diffCommand = (env: VerbContext['env'], from: string, to: string): readonly [string, readonly string[]] => {
  const external = env['KUBECTL_EXTERNAL_DIFF'] ?? '';
  if (external === '') return ['diff', ['-u', '-N', from, to]];
  const [program = '', ...words] = external.split(' ');
  return [program, [from, to, ...words.filter((word) => /^[a-zA-Z0-9-=]+$/.test(word))]];
};

const runDiff = ({env, streams}: VerbContext, from: string, to: string): Promise<number> =>
  new Promise((resolvePromise, reject) => {
    const [program, args] = diffCommand(env, from, to);
    const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe'], env: {...env}});
    child.stdout.on('data', (data: Buffer) => streams.stdout.write(data));
    child.stderr.on('data', (data: Buffer) => streams.stderr.write(data));
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        cliError(
          `failed to run ${JSON.stringify(program)}: ${error.code === 'ENOENT' ? `executable file not found in $PATH` : messageOf(error)}`,
        ),
      ),
    );
    child.on('close', (code) => {
      if (code !== null && code <= 1) resolvePromise(code);
      else reject(cliError(`failed to run ${JSON.stringify(program)}: exit status ${code}`));
    });
  });

const fileNameOf = ({resource, namespace, name}: Info): string =>
  `${resource!.group === '' ? '' : `${resource!.group}.`}${resource!.version}.${resource!.kind}.${namespace}.${name}`;

const compare = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (args.length > 0) throw usageError(context.command, `Unexpected args: [${args.join(' ')}]`);
  if (flags.strings('filename').length === 0 && flags.string('kustomize') === '') throw cliError('must specify one of -f and -k');
  const serverSide = flags.bool('server-side');
  if (flags.bool('force-conflicts') && !serverSide) throw cliError('--force-conflicts only works with --server-side');
  if (flags.bool('prune')) throw cliError('--prune is not in kdeck yet');
  const fieldManager = flags.given('field-manager')
    ? flags.string('field-manager')
    : serverSide
      ? SERVER_SIDE_MANAGER
      : CLIENT_SIDE_MANAGER;
  const cluster = await context.cluster();
  const resolved = await resolve(cluster, {
    filenames: flags.strings('filename'),
    kustomize: flags.string('kustomize'),
    recursive: flags.bool('recursive'),
    stdin: streams.stdin as AsyncIterable<Buffer>,
    namespace: cluster.namespace,
    enforceNamespace: cluster.namespaceExplicit,
    labelSelector: flags.string('selector'),
    continueOnError: false,
    program: context.program,
  });
  // Folders only this user can look into: what is compared may be secret.
  const from = mkdtempSync(join(tmpdir(), 'LIVE-'));
  const to = mkdtempSync(join(tmpdir(), 'MERGED-'));
  try {
    await resolved.visit(async (info) => {
      let sides = await wouldBe(cluster.client, info, {fieldManager, serverSide, forceConflicts: flags.bool('force-conflicts')});
      if (sides.live?.metadata.deletionTimestamp !== undefined) {
        streams.stderr.write(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
      }
      if (info.resource?.group === '' && info.resource.kind === 'Secret' && !flags.bool('show-secrets')) sides = masked(sides);
      const print = (folder: string, object: AnyObject | undefined): void => {
        const shown = object === undefined || flags.bool('show-managed-fields') ? object : omitManagedFields(object);
        writeFileSync(join(folder, fileNameOf(info)), shown === undefined ? '' : writeYaml(shown), {mode: 0o600});
      };
      print(from, sides.live);
      print(to, sides.merged);
    });
    return await runDiff(context, from, to);
  } finally {
    rmSync(from, {recursive: true, force: true});
    rmSync(to, {recursive: true, force: true});
  }
};

const run = async (context: VerbContext): Promise<number> => {
  try {
    return await compare(context);
  } catch (error) {
    // 1 means "there are differences", so trouble is 2 and up.
    if (error instanceof KdeckError) Object.assign(error, {exitCode: error.exitCode + 1});
    throw error;
  }
};

export const verb: Verb = {
  name: 'diff',
  short: 'Diff the live version against a would-be applied version',
  long:
    'Show what apply would change. The exit code is 0 when nothing would, 1 when something would, and more when something failed.\n\n' +
    ' KUBECTL_EXTERNAL_DIFF names another program than `diff -u -N`. Values of Secrets are hidden.',
  examples: `
  # What a manifest would change
  {program} diff -f pod.json`,
  usage: '-f FILENAME',
  flags: [
    {name: 'concurrency', type: 'int', default: 1, usage: 'Objects to compare at a time.'},
    fieldManagerFlag(CLIENT_SIDE_MANAGER),
    ...fileFlags('contains the configuration to diff'),
    {name: 'force-conflicts', type: 'bool', usage: 'Take fields over from other managers. Only with --server-side.'},
    {name: 'prune', type: 'bool', usage: 'Show what --prune would delete, too.'},
    {name: 'prune-allowlist', type: 'list', usage: 'group/version/kind that --prune may delete.'},
    selectorFlag,
    {name: 'server-side', type: 'bool', usage: 'Compare with what applying on the server would give.'},
    {name: 'show-managed-fields', type: 'bool', usage: 'Keep managedFields.'},
    {name: 'show-secrets', type: 'bool', usage: 'Do not hide values of Secrets.'},
  ],
  run,
};
