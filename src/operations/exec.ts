// Runs commands in containers and attaches to them: which pod and container, then the stream.
import {KdeckError, messageOf} from '../base/errors.ts';
import {pathOf, type KubeClient} from '../kube/client.ts';
import {StatusError} from '../kube/status-error.ts';
import {runRemoteCommand, type RemoteCommand, type RemoteEnd} from '../kube/streams/remote-command.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {Pod} from '../kube/types/wire.ts';
import {compareForAttach} from './pods/pod-order.ts';
import {refusalOfUpgrade} from './upgrade-refusal.ts';
import {goTypeOf, podSelectorOf, waitForPods} from './pods/pods-of.ts';

export type {RemoteCommand, RemoteEnd, TerminalSizes} from '../kube/streams/remote-command.ts';
export {keySequence} from '../kube/streams/detach-keys.ts';
export type {TerminalSize} from '../kube/streams/channels.ts';

/** The pod to work in for an object: itself, or the most alive of those it selects. */
export const attachablePod = async (
  client: KubeClient,
  object: KubeObject,
  options: {readonly timeout: number; readonly signal?: AbortSignal | undefined},
): Promise<Pod> => {
  if (object.apiVersion === 'v1' && object.kind === 'Pod') return object;
  let selector: string;
  try {
    selector = podSelectorOf(object);
  } catch (error) {
    throw new KdeckError('KD-EXEC-NO-POD', `cannot attach to ${goTypeOf(object)}: ${messageOf(error)}`, {cause: error});
  }
  const [pod] = await waitForPods(client, object.metadata.namespace, selector, {...options, compare: compareForAttach});
  return pod as Pod;
};

/** Throws when the pod has ended: nothing can be run in it. */
export const refuseCompleted = (pod: Pod, doing: 'exec into' | 'attach'): void => {
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new KdeckError('KD-EXEC-COMPLETED', `cannot ${doing} a container in a completed pod; current phase is ${phase}`);
  }
};

/** Runs a command to its end; see {@link RemoteCommand}. */
export const execute = async (client: KubeClient, command: RemoteCommand): Promise<RemoteEnd> => {
  try {
    return await runRemoteCommand(client, command);
  } catch (error) {
    if (!(error instanceof StatusError) || error.httpStatus !== 403) throw error;
    const subresource = command.command === undefined ? 'attach' : 'exec';
    const refused = await refusalOfUpgrade(client, {
      path: pathOf({group: '', version: 'v1', plural: 'pods'}, {namespace: command.namespace, name: command.pod, subresource}),
      query: {container: command.container, command: command.command, stdout: true},
      signal: command.signal,
    });
    if (refused !== undefined)
      throw new KdeckError('KD-EXEC-REFUSED', `unable to upgrade connection: ${refused.message}`, {cause: refused});
    throw new KdeckError(
      'KD-EXEC-NEEDS-GET',
      `${error.message}; kdeck opens sessions over WebSockets, which need the right to get pods/${subresource}`,
      {
        cause: error,
        tryThis: [`kubectl auth can-i get pods --subresource=${subresource} -n ${command.namespace}`],
      },
    );
  }
};
