// `scale`: another number of replicas.
import {scaleObject} from '../../operations/scale.ts';
import {resolve, throwAll} from '../../operations/resolve/resolve.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {cliError} from '../errors.ts';
import {dryRunFlag, fileFlags, printFlags, recordFlag, selectorFlag} from '../flags/bundles.ts';
import {dryRunOf, resultPrinter} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {addressOf, objectOf, objectsOf} from './shared/changes.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {flags} = context;
  const dryRun = dryRunOf(context);
  const print = await resultPrinter(context, dryRun);
  const replicas = flags.int('replicas');
  const current = flags.int('current-replicas');
  if (replicas < 0) throw cliError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  if (current < -1) throw cliError('The --current-replicas must specify an integer of -1 or greater');
  const cluster = await context.cluster();
  const found = await resolve(
    cluster,
    await objectsOf(context, {typeAlone: flags.bool('all'), labelSelector: flags.string('selector')}),
  );
  const {infos, errors} = await found.infos();
  const resourceVersion = flags.string('resource-version');
  if (resourceVersion !== '' && infos.length > 1) throw cliError('cannot use --resource-version with multiple resources');
  if (infos.length === 0) {
    throwAll(errors);
    throw cliError('no objects passed to scale');
  }
  for (const info of infos) {
    const object = objectOf(info);
    const wanted =
      dryRun === 'client'
        ? replicas
        : await scaleObject(cluster.client, addressOf(info), {
            replicas,
            currentReplicas: current === -1 ? undefined : current,
            resourceVersion: resourceVersion === '' ? undefined : resourceVersion,
            dryRun: dryRun === 'server',
            timeout: flags.duration('timeout'),
          });
    print(withReplicas(object, info.resource?.group ?? '', wanted), 'scaled');
  }
  throwAll(errors);
  return 0;
};

// Custom types may keep their replicas elsewhere, so only the built-in groups are shown with the new number.
const withReplicas = (object: AnyObject, group: string, replicas: number): AnyObject =>
  group === 'apps' || group === '' ? {...object, spec: {...(object['spec'] as object | undefined), replicas}} : object;

export const verb: Verb = {
  name: 'scale',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  long:
    'Change how many replicas a Deployment, ReplicaSet, StatefulSet, ReplicationController or a custom type with a scale has.\n\n' +
    ' With --current-replicas or --resource-version the change is made only if the object is as expected.',
  examples: `
  # Three replicas of a Deployment
  {program} scale --replicas=3 deployment/web

  # Only if there are two now
  {program} scale --current-replicas=2 --replicas=3 deployment/web

  # Several at once
  {program} scale --replicas=5 deployment/web statefulset/db

  # What a file describes
  {program} scale --replicas=3 -f web.yaml`,
  usage: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  flags: [
    recordFlag,
    ...printFlags(),
    {name: 'all', type: 'bool', usage: 'All objects of the named types in the namespace.'},
    {name: 'resource-version', type: 'string', usage: 'Scale only if the object has this version.'},
    {
      name: 'current-replicas',
      type: 'int',
      default: -1,
      usage: 'Scale only if the object has this many replicas; -1 for no condition.',
    },
    {name: 'replicas', type: 'int', default: 0, required: true, usage: 'The new number of replicas.'},
    {
      name: 'timeout',
      type: 'duration',
      default: '0s',
      usage: 'How long to wait until as many run, such as 30s or 2m; zero does not wait.',
    },
    ...fileFlags('that names the objects to scale.'),
    dryRunFlag,
    selectorFlag,
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
