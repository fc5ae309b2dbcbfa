// `rollout undo`: back to an earlier revision.
import {planUndo, undoRollout} from '../../../operations/rollout/undo.ts';
import {objectName, type Info} from '../../../operations/resolve/info.ts';
import {dryRunFlag, printFlags} from '../../flags/bundles.ts';
import {dryRunOf, resultPrinter, type DryRun} from '../../results.ts';
import type {Verb, VerbContext} from '../../verb.ts';
import {addressOf, objectOf} from '../shared/changes.ts';
import {templateText} from './history.ts';
import {mustHaveRevisions, rolloutFlags, rolloutObjects} from './shared.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const run = async (context: VerbContext): Promise<number> => {
  const dryRun = dryRunOf(context);
  const found = await rolloutObjects(context);
  await found.visit(async (info) => {
    warnOfApply(context, info);
    mustHaveRevisions(info, 'rollbacker', 'rollbacker');
    const operation = await rollBack(context, info, dryRun);
    (await resultPrinter(context, dryRun, {typed: true}))(objectOf(info), operation);
  });
  return 0;
};

const warnOfApply = ({streams, program}: VerbContext, info: Info): void => {
  if (objectOf(info).metadata.annotations?.[LAST_APPLIED] === undefined) return;
  streams.stderr.write(
    `Warning: resource ${objectName(info)} was previously managed with '${program} apply'. Rolling back will not update the ${LAST_APPLIED} annotation, ` +
      `which may cause unexpected behavior on future '${program} apply' operations. Consider using '${program} apply' with your previous configuration file instead.\n`,
  );
};

const rollBack = async (context: VerbContext, info: Info, dryRun: DryRun): Promise<string> => {
  const {client} = await context.cluster();
  const toRevision = context.flags.int('to-revision');
  const at = addressOf(info);
  const options = {toRevision, dryRun: dryRun === 'server'};
  const plan = await planUndo(client, at, options);
  if (dryRun === 'client')
    return `${info.resource?.kind === 'Deployment' ? '' : 'will roll back to '}${templateText(plan.to.template)}`;
  const result = await undoRollout(client, at, plan, options);
  return result === 'skipped' ? `skipped rollback (current template already matches revision ${toRevision})` : result;
};

export const verb: Verb = {
  name: 'undo',
  short: 'Undo a previous rollout',
  long: 'Bring a Deployment, DaemonSet or StatefulSet back to the pod template of an earlier revision, the one before unless another is named.',
  examples: `
  # Back to the one before
  {program} rollout undo deployment/web

  # Back to revision 3
  {program} rollout undo daemonset/agent --to-revision=3

  # Only ask the server whether it would work
  {program} rollout undo --dry-run=server deployment/web`,
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags: [
    {name: 'to-revision', type: 'int', default: 0, usage: 'The revision to go back to; 0 for the one before.'},
    ...rolloutFlags,
    dryRunFlag,
    ...printFlags(),
  ],
  complete: async (context, word) => (await import('../../completion/resources.ts')).completeResources(context, word),
  run,
};
