// `rollout resume`: lets a paused Deployment roll out again.
import {pausePatch} from '../../../operations/rollout/pause-restart.ts';
import type {Verb} from '../../verb.ts';
import {objectOf} from '../shared/changes.ts';
import {changeRollouts, changingFlags} from './shared.ts';

export const verb: Verb = {
  name: 'resume',
  short: 'Resume a paused resource',
  long: 'Let a paused Deployment roll out again.',
  examples: `
  # A Deployment
  {program} rollout resume deployment/web`,
  usage: 'RESOURCE',
  flags: changingFlags,
  complete: async (context, word) => (await import('../../completion/resources.ts')).completeResources(context, word),
  run: (context) =>
    changeRollouts(context, {
      operation: 'resumed',
      patch: (object) => pausePatch(object, false),
      unchanged: (info, print) => print(objectOf(info), 'already resumed'),
    }),
};
