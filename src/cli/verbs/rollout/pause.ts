// `rollout pause`: stops the rollouts of a Deployment.
import {pausePatch} from '../../../operations/rollout/pause-restart.ts';
import type {Verb} from '../../verb.ts';
import {objectOf} from '../shared/changes.ts';
import {changeRollouts, changingFlags} from './shared.ts';

export const verb: Verb = {
  name: 'pause',
  short: 'Mark the provided resource as paused',
  long: 'Stop a Deployment from rolling out: its pod template may be changed several times before anything happens. Resume it with\n "{program} rollout resume".',
  examples: `
  # A Deployment
  {program} rollout pause deployment/web`,
  usage: 'RESOURCE',
  flags: changingFlags,
  complete: async (context, word) => (await import('../../completion/resources.ts')).completeResources(context, word),
  run: (context) =>
    changeRollouts(context, {
      operation: 'paused',
      patch: (object) => pausePatch(object, true),
      unchanged: (info, print) => print(objectOf(info), 'already paused'),
    }),
};
