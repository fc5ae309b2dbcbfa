// `attach`: this terminal joined to the process a container already runs.
import {KdeckError, messageOf} from '../../base/errors.ts';
import {containerOrDefault, findContainer, type DefaultedContainer} from '../../operations/pods/containers.ts';
import {execute, keySequence, refuseCompleted} from '../../operations/exec.ts';
import type {Pod} from '../../kube/types/wire.ts';
import {cliError, PlainError} from '../errors.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {podOf, sessionFlags, usesTerminal} from './exec.ts';
import {namesOf, objectsOf} from './shared/changes.ts';
import {sizesOf, withRawTerminal} from '../../operations/terminal-session.ts';

const DETACH_KEYS = 'ctrl-p,ctrl-q';

const containerFor = ({flags}: VerbContext, pod: Pod): DefaultedContainer => {
  try {
    return containerOrDefault(pod, flags.string('container'));
  } catch (error) {
    throw new KdeckError('KD-ATTACH-CONTAINER', `cannot attach to the container: ${messageOf(error)}`, {cause: error});
  }
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (args.length === 0) throw cliError('at least 1 argument is required for attach');
  if (args.length > 2)
    throw cliError(`expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`);
  if (flags.duration('pod-running-timeout') <= 0) throw cliError('--pod-running-timeout must be higher than zero');
  const [first = '', second] = args;
  const words = second === undefined ? namesOf('pods', [first]) : namesOf(first, [second]);
  const pod = await podOf(context, await objectsOf(context, {args: words, filenames: []}), 'expected a single pod');
  refuseCompleted(pod, 'attach');
  const quiet = flags.bool('quiet');
  const {container, note} = containerFor(context, pod);
  if (note !== undefined && !quiet) streams.stderr.write(`${note}\n`);
  if (flags.bool('tty') && !container.tty && !quiet)
    streams.stderr.write(`error: Unable to use a TTY - container ${container.name} did not allocate one\n`);
  // A container with a terminal speaks no other way.
  const tty = usesTerminal(context, container.tty);
  if (!quiet) {
    streams.stderr.write(
      'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n' +
        "If you don't see a command prompt, try pressing enter.\n",
    );
  }
  const {client} = await context.cluster();
  const session = () =>
    execute(client, {
      namespace: pod.metadata.namespace ?? '',
      pod: pod.metadata.name ?? '',
      container: container.name,
      tty,
      stdin: flags.bool('stdin') ? streams.stdin : undefined,
      stdout: streams.stdout,
      stderr: tty ? undefined : streams.stderr,
      sizes: tty ? sizesOf(streams) : undefined,
      detach: tty ? keySequence(flags.string('detach-keys') || DETACH_KEYS) : undefined,
    });
  const {exitCode} = tty ? await withRawTerminal(streams, session) : await session();
  if (exitCode !== 0) throw new PlainError(`command terminated with exit code ${exitCode}`, exitCode);
  if (tty && !quiet) streams.stdout.write(`${reattachText(context, pod, container.name)}\n`);
  return 0;
};

const reattachText = ({command}: VerbContext, pod: Pod, container: string): string => {
  const again = `'${command} ${pod.metadata.name ?? ''} -c ${container} -n ${pod.metadata.namespace ?? ''} -i -t'`;
  return findContainer(pod, container)?.list === 'ephemeralContainers'
    ? `Session ended, the ephemeral container will not be restarted but may be reattached using ${again} if it is still running`
    : `Session ended, resume using ${again} command`;
};

export const verb: Verb = {
  name: 'attach',
  short: 'Attach to a running container',
  long: 'Join this terminal to the process a container runs. ctrl-p and then ctrl-q leaves it running.',
  examples: `
  # What a pod's first container prints
  {program} attach mypod

  # A chosen container, with input
  {program} attach mypod -c web -i -t

  # The first pod of a ReplicaSet
  {program} attach rs/web`,
  usage: '(POD | TYPE/NAME) -c CONTAINER',
  flags: [
    ...sessionFlags('1m0s'),
    {name: 'detach-keys', type: 'string', default: DETACH_KEYS, usage: 'The keys that leave the session.'},
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
