// `rollout restart`: new pods for a workload, one after the other.
import {restartedAt, restartPatch} from '../../../operations/rollout/pause-restart.ts';
import {cliError} from '../../errors.ts';
import type {Verb} from '../../verb.ts';
import {changeRollouts, changingFlags} from './shared.ts';

export const verb: Verb = {
  name: 'restart',
  short: 'Restart a resource',
  long: 'Replace the pods of a Deployment, DaemonSet or StatefulSet, following its rollout strategy.',
  examples: `
  # All Deployments of the namespace
  {program} rollout restart deployment -n shop

  # One of them
  {program} rollout restart deployment/web

  # By label
  {program} rollout restart deployment --selector=app=web`,
  usage: 'RESOURCE',
  flags: changingFlags,
  complete: async (context, word) => (await import('../../completion/resources.ts')).completeResources(context, word),
  run: (context) =>
    changeRollouts(context, {
      operation: 'restarted',
      patch: (object) => {
        const patch = restartPatch(object, context.now());
        return restartedAt(object, patch) ? undefined : patch;
      },
      unchanged: ({name}) => {
        throw cliError(
          `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
        );
      },
    }),
};
