// `port-forward`: local ports joined to ports of a pod.
import {isIPv6} from 'node:net';
import {KdeckError} from '../../base/errors.ts';
import {attachablePod} from '../../operations/exec.ts';
import {askToForward, PortForwarder} from '../../operations/forward.ts';
import {getObject} from '../../operations/objects.ts';
import {parsePorts, resolvePorts, type PortPair} from '../../operations/ports.ts';
import {resolve} from '../../operations/resolve/resolve.ts';
import type {Pod} from '../../kube/types/wire.ts';
import {cliError, usageError} from '../errors.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {namesOf, objectOf, objectsOf} from './shared/changes.ts';

type Wanted = {readonly namespace: string; readonly pod: string; readonly ports: readonly PortPair[]};

const wantedOf = async (context: VerbContext): Promise<Wanted> => {
  const {args, flags} = context;
  if (args.length < 2) throw usageError(context.command, 'TYPE/NAME and list of ports are required for port-forward');
  if (flags.duration('pod-running-timeout') <= 0)
    throw usageError(context.command, '--pod-running-timeout must be higher than zero');
  const cluster = await context.cluster();
  const options = await objectsOf(context, {args: namesOf('pods', args.slice(0, 1)), filenames: [], enforceNamespace: false});
  const [info] = await (await resolve(cluster, options)).all();
  if (info === undefined) throw cliError('pod name or resource type/name must be specified');
  const {kind = '', group = '', version = ''} = info.resource ?? {};
  const object = {...objectOf(info), kind, apiVersion: group === '' ? version : `${group}/${version}`};
  const chosen = await attachablePod(cluster.client, object, {timeout: flags.duration('pod-running-timeout')});
  const specs = resolvePorts(args.slice(1), object, chosen);
  const {namespace = '', name = ''} = chosen.metadata;
  const pod = await getObject<Pod>(cluster.client, {group: '', version: 'v1', plural: 'pods', namespace, name});
  if (pod.status?.phase !== 'Running') {
    throw new KdeckError(
      'KD-FORWARD-NOT-RUNNING',
      `unable to forward port because pod is not running. Current status=${pod.status?.phase ?? ''}`,
    );
  }
  return {namespace, pod: name, ports: parsePorts(specs)};
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const {namespace, pod, ports} = await wantedOf(context);
  const {client} = await context.cluster();
  const {signal} = context;
  let lose: (error: Error) => void = () => undefined;
  const ended = new Promise<void>((resolveEnd, reject) => {
    lose = reject;
    signal.addEventListener('abort', () => resolveEnd(), {once: true});
  });
  ended.catch(() => undefined); // it may be lost before anybody waits
  const lost = (): void => lose(new KdeckError('KD-FORWARD-LOST', 'lost connection to pod'));
  await askToForward(client, {namespace, pod});
  const forwarders: PortForwarder[] = [];
  try {
    for (const {local, remote} of ports) {
      const forwarder = new PortForwarder({
        client,
        localPort: local,
        addresses: flags.strings('address'),
        resolve: async () => ({namespace, pod, port: remote}),
        rebind: false,
        onConnection: (port) => void streams.stdout.write(`Handling connection for ${port}\n`),
        onTrouble: (message) => {
          streams.stderr.write(`an error occurred forwarding ${forwarder.listening[0]?.port ?? local} -> ${remote}: ${message}\n`);
          lost();
        },
      });
      try {
        await forwarder.open();
        forwarders.push(forwarder);
        for (const {address, port} of forwarder.listening) {
          streams.stdout.write(`Forwarding from ${isIPv6(address) ? `[${address}]` : address}:${port} -> ${remote}\n`);
        }
      } catch (error) {
        if (!(error instanceof KdeckError) || error.code !== 'KD-FORWARD-LISTEN') throw error;
        streams.stderr.write(`Unable to listen on port ${local}: ${error.message}\n`);
      }
    }
    if (forwarders.length === 0) {
      throw new KdeckError(
        'KD-FORWARD-LISTEN',
        `unable to listen on any of the requested ports: [${ports.map(({local, remote}) => `{${local} ${remote}}`).join(' ')}]`,
      );
    }
    await ended;
    return 0;
  } finally {
    await Promise.all(forwarders.map((forwarder) => forwarder.close()));
  }
};

export const verb: Verb = {
  name: 'port-forward',
  short: 'Forward one or more local ports to a pod',
  long:
    'Join local ports to ports of a pod, or of a pod that a Service, Deployment or other workload stands for.\n\n' +
    ' The session ends when the pod does.',
  examples: `
  # Local ports 5000 and 6000 to the same ones of a pod
  {program} port-forward pod/mypod 5000 6000

  # Of a pod of a Deployment
  {program} port-forward deployment/web 5000

  # Local 8443 to the port a Service calls https
  {program} port-forward service/web 8443:https

  # On every address of this machine
  {program} port-forward --address 0.0.0.0 pod/mypod 8888:5000

  # A free local port
  {program} port-forward pod/mypod :5000`,
  usage: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  flags: [
    {name: 'pod-running-timeout', type: 'duration', default: '1m0s', usage: 'How long to wait for a pod to run.'},
    {
      name: 'address',
      type: 'csv',
      default: ['localhost'],
      usage: 'Addresses to listen on; localhost stands for 127.0.0.1 and ::1, of which one is enough.',
    },
  ],
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
