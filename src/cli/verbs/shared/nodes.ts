// What cordon, uncordon and drain share: the nodes they mean, and cordoning with kubectl's lines.
import {messageOf} from '../../../base/errors.ts';
import {cordonNode, needsCordon} from '../../../operations/cordon.ts';
import type {Info} from '../../../operations/resolve/info.ts';
import {resolve} from '../../../operations/resolve/resolve.ts';
import {usageError, cliError} from '../../errors.ts';
import {dryRunFlag, selectorFlag} from '../../flags/bundles.ts';
import {namePrinter} from '../../../output/name.ts';
import type {DryRun} from '../../results.ts';
import type {Flag, VerbContext} from '../../verb.ts';
import {namesOf, objectOf, objectsOf} from './changes.ts';

export const nodeFlags: readonly Flag[] = [selectorFlag, dryRunFlag];

/** The nodes named or selected. `usage` is the verb's own line, such as `drain NODE`. */
export const nodesOf = async (context: VerbContext, usage: string): Promise<readonly Info[]> => {
  const {flags, args} = context;
  const selector = flags.string('selector');
  if (args.length === 0 && !flags.given('selector')) throw usageError(context.command, `USAGE: ${usage} [flags]`);
  if (args.length > 0 && selector !== '')
    throw usageError(context.command, 'error: cannot specify both a node name and a --selector option');
  const options = await objectsOf(context, {
    args: selector === '' ? namesOf('nodes', args) : ['nodes'],
    filenames: [],
    enforceNamespace: false,
    continueOnError: false,
    labelSelector: selector,
    ...(usage.startsWith('drain') ? {chunkSize: flags.int('chunk-size')} : {}),
  });
  const infos: Info[] = [];
  const found = await resolve(await context.cluster(), options);
  await found.visit((info) => {
    const {group = '', plural = '', version = ''} = info.resource ?? {};
    if (group !== '' || plural !== 'nodes')
      throw cliError(`error: expected resource of type node, got "${group === '' ? '' : group}/${version}, Resource=${plural}"`);
    infos.push(info);
  });
  return infos;
};

const SUFFIX: Readonly<Record<DryRun, string>> = {none: '', client: ' (dry run)', server: ' (server dry run)'};

/** Prints `node/x cordoned` and the like; these verbs know no `-o`. */
export const sentencePrinter =
  ({streams}: VerbContext, dryRun: DryRun) =>
  (object: object, operation: string): void =>
    namePrinter(`${operation}${SUFFIX[dryRun]}`).print(object, (text) => void streams.stdout.write(text));

/** Cordons or uncordons each node; failures are told and the others done all the same. */
export const cordonAll = async (
  context: VerbContext,
  nodes: readonly Info[],
  unschedulable: boolean,
  dryRun: DryRun,
): Promise<void> => {
  const word = unschedulable ? 'cordoned' : 'uncordoned';
  const print = sentencePrinter(context, dryRun);
  const {client} = await context.cluster();
  for (const info of nodes) {
    const node = objectOf(info);
    if (!needsCordon(node, unschedulable)) {
      print(node, `already ${word}`);
      continue;
    }
    try {
      if (dryRun !== 'client') await cordonNode(client, info.name, unschedulable, {dryRun: dryRun === 'server'});
      print(node, word);
    } catch (error) {
      context.streams.stderr.write(
        `error: unable to ${unschedulable ? 'cordon' : 'uncordon'} node ${JSON.stringify(info.name)}: ${messageOf(error)}\n`,
      );
    }
  }
};
