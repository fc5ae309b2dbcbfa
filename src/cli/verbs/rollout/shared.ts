// What the rollout verbs share: flags, the objects they mean, and kubectl's sentences about kinds without rollouts.
import {KdeckError, messageOf} from '../../../base/errors.ts';
import {type Info} from '../../../operations/resolve/info.ts';
import {resolve, throwAll, type Resolved} from '../../../operations/resolve/resolve.ts';
import {groupResourceText, type AnyObject, type KubeObject} from '../../../kube/types/object.ts';
import {patchObject} from '../../../operations/objects.ts';
import {cliError} from '../../errors.ts';
import {fieldManagerFlag, fileFlags, printFlags, selectorFlag} from '../../flags/bundles.ts';
import {resultPrinter} from '../../results.ts';
import type {Flag, VerbContext} from '../../verb.ts';
import {addressOf, hasFiles, objectOf, objectsOf} from '../shared/changes.ts';

/** Flags every rollout verb has. */
export const rolloutFlags: readonly Flag[] = [...fileFlags('that names the objects.'), selectorFlag];

/** Flags of those that change something. */
export const changingFlags: readonly Flag[] = [...rolloutFlags, fieldManagerFlag('kubectl-rollout'), ...printFlags()];

/** The objects meant; throws when none are named. */
export const rolloutObjects = async (context: VerbContext): Promise<Resolved> => {
  if (context.args.length === 0 && !hasFiles(context)) throw cliError('required resource not specified');
  return resolve(
    await context.cluster(),
    await objectsOf(context, {typeAlone: true, latest: true, labelSelector: context.flags.string('selector')}),
  );
};

/** `No resources found in NS namespace.` */
export const sayNothingFound = async (context: VerbContext): Promise<void> => {
  context.streams.stderr.write(`No resources found in ${(await context.cluster()).namespace} namespace.\n`);
};

const KNOWN: ReadonlySet<string> = new Set([
  'apps DaemonSet',
  'apps Deployment',
  'apps ReplicaSet',
  'apps StatefulSet',
  'batch Job',
  'batch CronJob',
  ' Pod',
  ' ReplicationController',
]);

/** Throws for kinds that keep no revisions. `doing` and `missing` are kubectl's words for its helpers. */
export const mustHaveRevisions = (info: Info, doing: 'history' | 'rollbacker', missing: string): void => {
  const {group = '', kind = ''} = info.resource ?? {};
  if (group === 'apps' && (kind === 'Deployment' || kind === 'DaemonSet' || kind === 'StatefulSet')) return;
  const name = group === '' ? kind : `${kind}.${group}`;
  if (KNOWN.has(`${group} ${kind}`)) throw cliError(`no ${missing} has been implemented for "${name}"`);
  // Go prints the struct here, not its name.
  throw cliError(`error retrieving ${doing} for "${name}", no visitor method exists for {${group} ${kind}}`);
};

/** One changing verb: the patch for an object, and the words for it. */
export type RolloutChange = {
  /** Throws why it cannot be done. Undefined: nothing to do. */
  readonly patch: (object: KubeObject) => Record<string, unknown> | undefined;
  /** When there is nothing to do. */
  readonly unchanged: (info: Info, print: (object: AnyObject, operation: string) => void) => void;
  readonly operation: string;
};

/** Runs a change on every object, telling all that went wrong at the end. */
export const changeRollouts = async (context: VerbContext, change: RolloutChange): Promise<number> => {
  const found = await rolloutObjects(context);
  const {infos, errors: trouble} = await found.infos();
  const errors = [...trouble];
  if (infos.length === 0 && errors.length === 0) {
    await sayNothingFound(context);
    return 0;
  }
  const {client} = await context.cluster();
  for (const info of infos) {
    try {
      const print = await resultPrinter(context, 'none', {typed: true});
      const patch = patchOf(info, change);
      if (patch === undefined) {
        change.unchanged(info, print);
        continue;
      }
      const actual = await patchObject(client, addressOf(info), 'strategic', patch, {
        fieldManager: context.flags.string('field-manager'),
      }).catch((error: unknown) => {
        throw new KdeckError('KD-ROLLOUT-PATCH', `failed to patch: ${messageOf(error)}`, {cause: error});
      });
      print(actual, change.operation);
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
  return 0;
};

const patchOf = (info: Info, change: RolloutChange): Record<string, unknown> | undefined => {
  try {
    return change.patch(objectOf(info));
  } catch (error) {
    const type = info.resource === undefined ? '' : groupResourceText(info.resource);
    throw cliError(`error: ${type} "${info.name}" ${messageOf(error)}`);
  }
};
