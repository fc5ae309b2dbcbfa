// `patch`: changes fields of objects by a patch of three kinds.
import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {KdeckError, messageOf} from '../../base/errors.ts';
import {readJson} from '../../base/json/read.ts';
import {writeJson} from '../../base/json/write.ts';
import {patchLocally} from '../../operations/local-patch.ts';
import {PATCH_CONTENT_TYPE, patchObject, type PatchType} from '../../operations/objects.ts';
import type {Info} from '../../operations/resolve/info.ts';
import {resolve} from '../../operations/resolve/resolve.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {cliError} from '../errors.ts';
import {dryRunFlag, fieldManagerFlag, fileFlags, printFlags, recordFlag, subresourceFlag} from '../flags/bundles.ts';
import {dryRunOf, resultPrinter, type DryRun} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {addressOf, objectOf, objectsOf} from './shared/changes.ts';

const TYPES = ['json', 'merge', 'strategic'];

const validate = ({flags, args}: VerbContext, dryRun: DryRun): void => {
  const patch = flags.string('patch');
  const file = flags.string('patch-file');
  if (patch !== '' && file !== '') throw cliError('cannot specify --patch and --patch-file together');
  if (patch === '' && file === '') throw cliError('must specify --patch or --patch-file containing the contents of the patch');
  if (flags.bool('local') && args.length > 0) throw cliError('cannot specify --local and server resources');
  if (flags.bool('local') && dryRun === 'server')
    throw cliError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  const type = flags.string('type');
  if (type !== '' && !TYPES.includes(type.toLowerCase()))
    throw cliError(`--type must be one of [${TYPES.join(' ')}], not ${JSON.stringify(type)}`);
};

/** The patch as JSON text. */
const readPatch = async ({flags}: VerbContext): Promise<string> => {
  let text = flags.string('patch');
  if (flags.string('patch-file') !== '') {
    const file = flags.string('patch-file');
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file or directory' : messageOf(error);
      throw new KdeckError('KD-PATCH-FILE', `unable to read patch file: open ${file}: ${reason}`, {cause: error});
    }
  }
  // What begins like a JSON object is sent as it stands, mistakes included; everything else is read as YAML.
  if (text.trimStart().startsWith('{')) return text;
  try {
    const {readYaml} = await import('../../base/yaml/read.ts');
    return writeJson(readYaml(text));
  } catch (error) {
    throw new KdeckError('KD-PATCH-SYNTAX', `unable to parse ${JSON.stringify(flags.string('patch'))}: ${messageOf(error)}`, {
      cause: error,
    });
  }
};

const parsed = (text: string): unknown => {
  try {
    return readJson(text);
  } catch (error) {
    throw new KdeckError('KD-PATCH-SYNTAX', messageOf(error), {cause: error});
  }
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args} = context;
  const dryRun = dryRunOf(context);
  validate(context, dryRun);
  const type = (flags.string('type').toLowerCase() || 'strategic') as PatchType;
  const patch = await readPatch(context);
  const local = flags.bool('local');
  const subresource = flags.string('subresource');
  const found = await resolve(local ? undefined : await context.cluster(), await objectsOf(context, {args, local, subresource}));
  let count = 0;
  await found.visit(async (info) => {
    count += 1;
    const before = objectOf(info);
    const after =
      local || dryRun === 'client' ? patchLocally(before, type, parsed(patch)) : await send(context, info, type, patch, dryRun);
    // kubectl forgets its own note about dry runs here.
    const print = await resultPrinter(context);
    print(after, isDeepStrictEqual(before, after) ? 'patched (no change)' : 'patched');
  });
  if (count === 0) throw cliError('no objects passed to patch');
  return 0;
};

const send = async (context: VerbContext, info: Info, type: PatchType, patch: string, dryRun: DryRun): Promise<AnyObject> => {
  const {client} = await context.cluster();
  const {flags} = context;
  try {
    return await patchObject(client, addressOf(info), type, patch, {
      dryRun: dryRun === 'server',
      fieldManager: flags.string('field-manager'),
      subresource: flags.string('subresource') === '' ? undefined : flags.string('subresource'),
    });
  } catch (error) {
    if ((error as {httpStatus?: number}).httpStatus !== 415) throw error;
    const {group = '', version = '', kind = ''} = info.resource ?? {};
    const apiVersion = group === '' ? `/${version}` : `${group}/${version}`;
    throw new KdeckError(
      'KD-PATCH-TYPE',
      `${PATCH_CONTENT_TYPE[type]} is not supported by ${apiVersion}, Kind=${kind}: ${messageOf(error)}`,
      {cause: error},
    );
  }
};

export const verb: Verb = {
  name: 'patch',
  short: 'Update fields of a resource',
  long:
    'Change fields of an object with a strategic merge patch, a JSON merge patch or a JSON patch, written as JSON or YAML.\n\n' +
    ' Custom types take no strategic patches.',
  examples: `
  # A strategic merge patch
  {program} patch node worker-1 -p '{"spec":{"unschedulable":true}}'

  # The same in YAML
  {program} patch node worker-1 -p $'spec:\\n unschedulable: true'

  # One container's image; containers are told apart by their names
  {program} patch pod web -p '{"spec":{"containers":[{"name":"nginx","image":"nginx:1.27"}]}}'

  # A JSON patch, which counts places
  {program} patch pod web --type=json -p='[{"op":"replace","path":"/spec/containers/0/image","value":"nginx:1.27"}]'

  # The number of replicas through the scale
  {program} patch deployment web --subresource=scale --type=merge -p '{"spec":{"replicas":2}}'`,
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  flags: [
    recordFlag,
    ...printFlags(),
    {name: 'patch', short: 'p', type: 'string', usage: 'The patch.'},
    {name: 'patch-file', type: 'string', usage: 'The file the patch stands in.'},
    {name: 'type', type: 'string', default: 'strategic', usage: 'The kind of patch; one of [json merge strategic].'},
    dryRunFlag,
    ...fileFlags('that names the objects to change.'),
    {name: 'local', type: 'bool', usage: 'Patch the content of the file and never ask the server.'},
    fieldManagerFlag('kubectl-patch'),
    subresourceFlag('Patch this subresource of the object.'),
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
