// `uncordon`: lets new pods come to nodes again.
import {dryRunOf} from '../results.ts';
import type {Verb} from '../verb.ts';
import {cordonAll, nodeFlags, nodesOf} from './shared/nodes.ts';

export const verb: Verb = {
  name: 'uncordon',
  short: 'Mark node as schedulable',
  long: 'Let new pods come to a node again.',
  examples: `
  # One node
  {program} uncordon worker-1`,
  usage: 'NODE',
  flags: nodeFlags,
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run: async (context) => {
    const dryRun = dryRunOf(context);
    await cordonAll(context, await nodesOf(context, 'uncordon NODE'), false, dryRun);
    return 0;
  },
};
