// Port-forwards to whatever pod stands behind an object, and back to the next one when it is replaced.
import {KdeckError} from '../base/errors.ts';
import {readJson} from '../base/json/read.ts';
import {pathOf, type KubeClient} from '../kube/client.ts';
import {PortForwarder, type ForwardState} from '../kube/streams/port-forwarder.ts';
import {isStatus} from '../kube/status-error.ts';
import type {KubeList} from '../kube/types/object.ts';
import type {Pod} from '../kube/types/wire.ts';
import {getObject, type ObjectAddress} from './objects.ts';
import {compareForAttach} from './pods/pod-order.ts';
import {podSelectorOf} from './pods/pods-of.ts';
import {parsePorts, resolvePorts} from './ports.ts';
import {refusalOfUpgrade} from './upgrade-refusal.ts';
import {watchObject} from './watch-object.ts';

export {PortForwarder, type ForwardState} from '../kube/streams/port-forwarder.ts';

/** Asks the server whether the user may forward to a pod, before anything listens. Throws kubectl's sentence when not. */
export const askToForward = async (client: KubeClient, at: {readonly namespace: string; readonly pod: string}): Promise<void> => {
  const refused = await refusalOfUpgrade(client, {
    path: pathOf(POD, {namespace: at.namespace, name: at.pod, subresource: 'portforward'}),
  });
  if (refused !== undefined)
    throw new KdeckError('KD-FORWARD-REFUSED', `error upgrading connection: unable to upgrade connection: ${refused.message}`, {
      cause: refused,
    });
};

/** A forward that lives on while pods come and go. */
export type LivingForward = {
  /** `8080:http`, `:80`, `5000`. */
  readonly spec: string;
  readonly addresses?: readonly string[];
  readonly onState?: (state: ForwardState) => void;
  readonly onTrouble?: (message: string) => void;
  readonly onConnection?: (port: number) => void;
};

const POD = {group: '', version: 'v1', plural: 'pods'};

const isUp = (pod: Pod): boolean => pod.status?.phase === 'Running' && pod.metadata.deletionTimestamp === undefined;

/** The running pod to forward to now; undefined when there is none. */
const podBehind = async (client: KubeClient, at: ObjectAddress, kind: string, signal: AbortSignal) => {
  let object;
  try {
    object = {...(await getObject(client, at, {signal})), kind};
  } catch (error) {
    // A pod that is gone for good may come again under its name, as those of StatefulSets do.
    if (isStatus(error, 'NotFound') && kind === 'Pod') return undefined;
    throw error;
  }
  if (kind === 'Pod') return isUp(object) ? {object, pod: object as unknown as Pod} : undefined;
  const list = readJson(
    (
      await client.request({path: pathOf(POD, {namespace: at.namespace}), query: {labelSelector: podSelectorOf(object)}, signal})
    ).text(),
  ) as KubeList<Pod>;
  const [pod] = list.items.filter(isUp).toSorted(compareForAttach);
  return pod === undefined ? undefined : {object, pod};
};

/** Forwards one port to an object of a kind. The result is closed with `close()`; its states say how it is doing. */
export const openForward = async (
  client: KubeClient,
  at: ObjectAddress & {readonly kind: string},
  wanted: LivingForward,
): Promise<PortForwarder> => {
  const stop = new AbortController();
  const [localText] = wanted.spec.split(':');
  const local = wanted.spec.includes(':') ? Number(localText === '' ? '0' : localText) : undefined;
  let watched: AbortController | undefined;

  const resolve = async () => {
    const found = await podBehind(client, at, at.kind, stop.signal);
    if (found === undefined) return undefined;
    const [pair] = parsePorts(resolvePorts([wanted.spec], found.object, found.pod));
    const {namespace = '', name = ''} = found.pod.metadata;
    return {namespace, pod: name, port: pair?.remote ?? 0, local: pair?.local ?? 0};
  };

  // The first look decides the local port; a named port without a pod has none to give but a free one.
  const first = await resolve();
  const forwarder = new PortForwarder({
    client,
    localPort: local ?? first?.local ?? 0,
    ...(wanted.addresses === undefined ? {} : {addresses: wanted.addresses}),
    resolve,
    rebind: true,
    onState: (state) => {
      wanted.onState?.(state);
      if (state.phase === 'ready') follow(state.to);
    },
    ...(wanted.onTrouble === undefined ? {} : {onTrouble: wanted.onTrouble}),
    ...(wanted.onConnection === undefined ? {} : {onConnection: wanted.onConnection}),
    onClose: () => {
      watched?.abort();
      stop.abort();
    },
  });
  // An idle tunnel does not feel that its pod is gone; a watch does.
  const follow = (to: {readonly namespace: string; readonly pod: string}): void => {
    watched?.abort();
    const watch = new AbortController();
    watched = watch;
    const look = async (): Promise<void> => {
      for await (const seen of watchObject<Pod>(client, {...POD, namespace: to.namespace, name: to.pod}, watch.signal)) {
        if (seen.type === 'present' && isUp(seen.object)) continue;
        forwarder.replaced(seen.type === 'present' ? `pod ${to.pod} is ending` : `pod ${to.pod} is gone`);
        return;
      }
    };
    look().catch(() => undefined); // without the right to watch, the next connection finds out
  };
  await forwarder.open();
  return forwarder;
};
