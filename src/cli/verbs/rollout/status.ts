// `rollout status`: how far a rollout is, until it is done.
import {KdeckError} from '../../../base/errors.ts';
import {followRollout} from '../../../operations/rollout/status.ts';
import {cliError} from '../../errors.ts';
import type {Verb, VerbContext} from '../../verb.ts';
import {addressOf} from '../shared/changes.ts';
import {rolloutFlags, rolloutObjects, sayNothingFound} from './shared.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const revision = flags.int('revision');
  const found = await rolloutObjects(context);
  if (revision < 0) throw cliError(`revision must be a positive integer: ${revision}`);
  const {client} = await context.cluster();
  let count = 0;
  await found.visit(async (info) => {
    count += 1;
    const {group = '', kind = ''} = info.resource ?? {};
    if (group !== 'apps' || !['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind)) {
      throw cliError(`no status viewer has been implemented for ${group === '' ? kind : `${kind}.${group}`}`);
    }
    const limit = flags.duration('timeout');
    const clock = limit > 0 ? AbortSignal.timeout(limit) : undefined;
    try {
      for await (const {line} of followRollout(client, addressOf(info), {kind, revision, signal: clock})) {
        streams.stdout.write(`${line}\n`);
        if (!flags.bool('watch')) return;
      }
    } catch (error) {
      if (clock?.aborted === true) throw new KdeckError('KD-ROLLOUT-TIMEOUT', 'timed out waiting for the condition');
      throw error;
    }
  });
  if (count === 0) await sayNothingFound(context);
  return 0;
};

export const verb: Verb = {
  name: 'status',
  short: 'Show the status of the rollout',
  long:
    'Follow the rollout of a Deployment, DaemonSet or StatefulSet until it is done. Without --watch the status is shown once.\n\n' +
    ' With --revision a rollout that is replaced by a newer one is an error.',
  examples: `
  # A Deployment
  {program} rollout status deployment/web`,
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags: [
    ...rolloutFlags,
    {name: 'watch', short: 'w', type: 'bool', default: true, usage: 'Follow the rollout until it is done.'},
    {name: 'revision', type: 'int', default: 0, usage: 'The revision that must be running; 0 for whichever runs.'},
    {name: 'timeout', type: 'duration', default: '0s', usage: 'How long to follow, such as 30s or 2m; zero for ever.'},
  ],
  complete: async (context, word) => (await import('../../completion/resources.ts')).completeResources(context, word),
  run,
};
