// `rollout history`: the revisions of a workload, or one of them in full.
import type {Info} from '../../../operations/resolve/info.ts';
import {revisionsOf, templateWithCause, type Revision} from '../../../operations/rollout/revisions.ts';
import type {PodTemplateSpec} from '../../../kube/types/wire.ts';
import {DescribePaper} from '../../../resources/describe-writer.ts';
import {podTemplateLines} from '../../../resources/shared/describe/pod-template.ts';
import {cliError} from '../../errors.ts';
import {printFlags} from '../../flags/bundles.ts';
import {resultPrinter} from '../../results.ts';
import type {Verb, VerbContext} from '../../verb.ts';
import {addressOf, objectOf} from '../shared/changes.ts';
import {mustHaveRevisions, rolloutFlags, rolloutObjects} from './shared.ts';

/** A pod template as `describe` writes it, with the tabs still in it: kubectl aligns nothing here. */
export const templateText = (template: PodTemplateSpec): string => {
  const paper = new DescribePaper();
  podTemplateLines(template, paper);
  return paper.blocks.join('');
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags} = context;
  const wanted = flags.int('revision');
  const asObjects = flags.string('output') !== '';
  const found = await rolloutObjects(context);
  if (wanted < 0) throw cliError(`revision must be a positive integer: ${wanted}`);
  const print = await resultPrinter(context, 'none', {typed: true});
  const {client} = await context.cluster();
  await found.visit(async (info) => {
    mustHaveRevisions(info, 'history', 'history viewer');
    const revisions = await revisionsOf(client, addressOf(info), objectOf(info));
    const chosen = wanted > 0 ? revisions.find(({number}) => number === wanted) : undefined;
    if (wanted > 0 && chosen === undefined && (asObjects || revisions.length > 0))
      throw cliError('unable to find the specified revision');
    if (asObjects) {
      for (const revision of chosen === undefined ? revisions : [chosen]) print(revision.object, '');
      return;
    }
    print(objectOf(info), textOf(info, revisions, chosen, wanted));
  });
  return 0;
};

const textOf = (_info: Info, revisions: readonly Revision[], chosen: Revision | undefined, wanted: number): string => {
  const title = wanted > 0 ? `with revision #${wanted}` : '';
  if (revisions.length === 0) return `${title}\nNo rollout history found.`;
  if (chosen !== undefined) return `${title}\n${templateText(templateWithCause(chosen))}`;
  const width = Math.max('REVISION'.length, ...revisions.map(({number}) => String(number).length)) + 2;
  const rows = revisions.map(
    ({number, changeCause}) => `${String(number).padEnd(width)}${changeCause === '' ? '<none>' : changeCause}\n`,
  );
  return `${title}\n${'REVISION'.padEnd(width)}CHANGE-CAUSE\n${rows.join('')}`;
};

export const verb: Verb = {
  name: 'history',
  short: 'View rollout history',
  long: 'Show the revisions of a Deployment, DaemonSet or StatefulSet with their change causes, or the pod template of one.',
  examples: `
  # The revisions of a Deployment
  {program} rollout history deployment/web

  # One of them
  {program} rollout history daemonset/agent --revision=3`,
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags: [
    {name: 'revision', type: 'int', default: 0, usage: 'Show this revision with its pod template.'},
    ...rolloutFlags,
    ...printFlags(),
  ],
  complete: async (context, word) => (await import('../../completion/resources.ts')).completeResources(context, word),
  run,
};
