// `cordon`: keeps new pods away from nodes.
import {dryRunOf} from '../results.ts';
import type {Verb} from '../verb.ts';
import {cordonAll, nodeFlags, nodesOf} from './shared/nodes.ts';

export const verb: Verb = {
  name: 'cordon',
  short: 'Mark node as unschedulable',
  long: 'Keep new pods away from a node. Those that run there stay.',
  examples: `
  # One node
  {program} cordon worker-1`,
  usage: 'NODE',
  flags: nodeFlags,
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run: async (context) => {
    const dryRun = dryRunOf(context);
    await cordonAll(context, await nodesOf(context, 'cordon NODE'), true, dryRun);
    return 0;
  },
};
