// `exec`: a command in a container, with this terminal if it wants one.
import {containerOrDefault, findContainer, unknownContainer} from '../../operations/pods/containers.ts';
import {attachablePod, execute, refuseCompleted} from '../../operations/exec.ts';
import {resolve, type ResolveOptions} from '../../operations/resolve/resolve.ts';
import type {Pod} from '../../kube/types/wire.ts';
import {cliError, PlainError, usageError} from '../errors.ts';
import type {Flag, Verb, VerbContext} from '../verb.ts';
import {namesOf, objectOf, objectsOf} from './shared/changes.ts';
import {sizesOf, withRawTerminal} from '../../operations/terminal-session.ts';

/** Flags of exec and attach. */
export const sessionFlags = (timeout: string): readonly Flag[] => [
  {name: 'pod-running-timeout', type: 'duration', default: timeout, usage: 'How long to wait for a pod to run, such as 30s or 2m.'},
  {name: 'container', short: 'c', type: 'string', usage: "The container; the pod's annotated one or its first unless given."},
  {name: 'stdin', short: 'i', type: 'bool', usage: 'Pass standard input on.'},
  {name: 'tty', short: 't', type: 'bool', usage: 'Standard input is a terminal.'},
  {name: 'quiet', short: 'q', type: 'bool', usage: 'Print nothing but what the session prints.'},
];

/** The pod a session is about: the one object named, or the most alive pod behind it. */
export const podOf = async (context: VerbContext, options: ResolveOptions, several: string): Promise<Pod> => {
  const cluster = await context.cluster();
  const infos = await (await resolve(cluster, options)).all();
  const [info] = infos;
  if (info === undefined || infos.length > 1) throw cliError(several);
  const {kind = '', group = '', version = ''} = info.resource ?? {};
  const object = {...objectOf(info), kind, apiVersion: group === '' ? version : `${group}/${version}`};
  return attachablePod(cluster.client, object, {timeout: context.flags.duration('pod-running-timeout')});
};

/** Whether a terminal is to be used. Tells when it is wanted and cannot be. */
export const usesTerminal = ({flags, streams}: VerbContext, wanted: boolean): boolean => {
  if (!flags.bool('stdin') || !wanted) return false;
  if (streams.stdin.isTTY === true) return true;
  if (!flags.bool('quiet')) streams.stderr.write('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return false;
};

const readArguments = (context: VerbContext): {readonly resource: string; readonly command: readonly string[]} => {
  const {args, dash, flags} = context;
  const files = flags.strings('filename');
  if (dash === undefined && (args.length > 1 || (args.length > 0 && files.length > 0))) {
    throw usageError(context.command, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
  }
  const resource = args.length > 0 && dash !== 0 ? (args[0] ?? '') : '';
  if (flags.duration('pod-running-timeout') <= 0)
    throw usageError(context.command, '--pod-running-timeout must be higher than zero');
  const command = dash === undefined ? [] : args.slice(dash);
  if (resource === '' && files.length === 0) throw cliError('pod, type/name or --filename must be specified');
  if (command.length === 0) throw cliError('you must specify at least one command for the container');
  return {resource, command};
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const {resource, command} = readArguments(context);
  const pod = await podOf(
    context,
    await objectsOf(context, {args: resource === '' ? [] : namesOf('pods', [resource]), filenames: flags.strings('filename')}),
    'cannot exec into multiple objects at a time',
  );
  refuseCompleted(pod, 'exec into');
  const container = containerFor(context, pod);
  const tty = usesTerminal(context, flags.bool('tty'));
  const {client} = await context.cluster();
  const session = () =>
    execute(client, {
      namespace: pod.metadata.namespace ?? '',
      pod: pod.metadata.name ?? '',
      container,
      command,
      tty,
      stdin: flags.bool('stdin') ? streams.stdin : undefined,
      stdout: streams.stdout,
      stderr: tty ? undefined : streams.stderr,
      sizes: tty ? sizesOf(streams) : undefined,
    });
  const {exitCode} = tty ? await withRawTerminal(streams, session) : await session();
  if (exitCode !== 0) throw new PlainError(`command terminated with exit code ${exitCode}`, exitCode);
  return 0;
};

const containerFor = ({flags, streams}: VerbContext, pod: Pod): string => {
  const given = flags.string('container');
  if (given !== '') {
    if (findContainer(pod, given) === undefined) throw unknownContainer(pod, given);
    return given;
  }
  const {container, note} = containerOrDefault(pod, '');
  if (note !== undefined && !flags.bool('quiet')) streams.stderr.write(`${note}\n`);
  return container.name;
};

export const verb: Verb = {
  name: 'exec',
  short: 'Execute a command in a container',
  long: 'Run a command in a container of a pod, or of a pod that a Deployment, Service or other workload stands for.',
  examples: `
  # The date, from the first container of a pod
  {program} exec mypod -- date

  # From a chosen container
  {program} exec mypod -c web -- date

  # A shell
  {program} exec mypod -c web -it -- sh

  # In the first pod of a Deployment
  {program} exec deploy/web -- date

  # What stands behind -- is the command's own
  {program} exec mypod -it -- ls -t /usr`,
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  flags: [
    ...sessionFlags('1m0s'),
    {name: 'filename', short: 'f', type: 'csv', usage: 'File that names the object to run the command in.'},
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
