// `set image`: other images in pods and pod templates.
import {KdeckError, messageOf} from '../../base/errors.ts';
import {patchObject} from '../../operations/objects.ts';
import {podSpecOf, templatePathOf} from '../../operations/pod-template.ts';
import {goTypeOf} from '../../operations/pods/pods-of.ts';
import {objectName, type Info} from '../../operations/resolve/info.ts';
import {resolve, throwAll} from '../../operations/resolve/resolve.ts';
import {planImages, withImages} from '../../operations/set-image.ts';
import {cliError} from '../errors.ts';
import {dryRunFlag, fieldManagerFlag, fileFlags, printFlags, recordFlag, selectorFlag} from '../flags/bundles.ts';
import {dryRunOf, resultPrinter, type DryRun} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {addressOf, hasFiles, objectOf, objectsOf, readPairs, splitPairs} from './shared/changes.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args} = context;
  const dryRun = dryRunOf(context);
  const print = await resultPrinter(context, dryRun, {typed: true});
  const {resources, pairs} = splitPairs(args, 'image');
  const images = Object.fromEntries(readPairs(pairs, 'image', false).set);
  const local = flags.bool('local');
  if (local && resources.length > 0) {
    throw cliError(`error: you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`);
  }
  const found = await resolve(
    local ? undefined : await context.cluster(),
    await objectsOf(context, {
      args: resources,
      local,
      ...(local ? {} : {labelSelector: flags.string('selector'), typeAlone: flags.bool('all'), latest: true}),
    }),
  );
  const infos = await found.all();
  validate(context, resources, images, dryRun);

  const errors: unknown[] = [];
  const clientSide = local || dryRun === 'client';
  for (const info of infos) {
    try {
      const object = objectOf(info);
      const plan = planFor(info, images, errors);
      if (plan.patch === undefined) continue;
      if (clientSide) {
        print(withImages(object, images), 'image updated');
        continue;
      }
      const {client} = await context.cluster();
      const actual = await patchObject(client, addressOf(info), 'strategic', plan.patch, {
        dryRun: dryRun === 'server',
        fieldManager: flags.string('field-manager'),
      }).catch((error: unknown) => {
        throw new KdeckError('KD-SET-IMAGE', `failed to patch image update to pod template: ${messageOf(error)}`, {cause: error});
      });
      print(actual, 'image updated');
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
  return 0;
};

const planFor = (info: Info, images: Readonly<Record<string, string>>, errors: unknown[]): ReturnType<typeof planImages> => {
  const object = objectOf(info);
  if (templatePathOf(object) === undefined || podSpecOf(object) === undefined) {
    throw cliError(`error: ${objectName(info)} the object is not a pod or does not have a pod template: ${goTypeOf(object)}\n`);
  }
  const plan = planImages(object, images);
  for (const name of plan.missing) errors.push(cliError(`error: unable to find container named "${name}"`));
  return plan;
};

const validate = (
  context: VerbContext,
  resources: readonly string[],
  images: Readonly<Record<string, string>>,
  dryRun: DryRun,
): void => {
  const {flags} = context;
  const errors: Error[] = [];
  if (flags.bool('all') && flags.string('selector') !== '')
    errors.push(cliError('cannot set --all and --selector at the same time'));
  if (resources.length < 1 && !hasFiles(context))
    errors.push(cliError('one or more resources must be specified as <resource> <name> or <resource>/<name>'));
  const names = Object.keys(images);
  if (names.length < 1) errors.push(cliError('at least one image update is required'));
  else if (names.length > 1 && names.includes('*')) {
    errors.push(cliError('all containers are already specified by *, but saw more than one container_name=container_image pairs'));
  }
  if (flags.bool('local') && dryRun === 'server')
    errors.push(cliError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?'));
  throwAll(errors);
};

export const verb: Verb = {
  name: 'image',
  short: 'Update the image of a pod template',
  long:
    'Set other images for containers of a pod, or of the pod template of a Deployment, DaemonSet, StatefulSet, ReplicaSet,\n' +
    ' ReplicationController, Job or CronJob. The name * stands for every container.',
  examples: `
  # One container of a Deployment
  {program} set image deployment/web nginx=nginx:1.27

  # Every container of a DaemonSet
  {program} set image daemonset agent *=agent:v2

  # All Deployments of the namespace
  {program} set image deployments --all nginx=nginx:1.27

  # A file, without asking the server
  {program} set image -f web.yaml nginx=nginx:1.27 --local -o yaml`,
  usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  flags: [
    ...printFlags(),
    recordFlag,
    ...fileFlags('that names the objects to change.'),
    {name: 'all', type: 'bool', usage: 'All objects of the named types in the namespace.'},
    {name: 'local', type: 'bool', usage: 'Work on files only and never ask the server.'},
    dryRunFlag,
    fieldManagerFlag('kubectl-set'),
    selectorFlag,
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
