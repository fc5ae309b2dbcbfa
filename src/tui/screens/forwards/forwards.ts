// The port-forwards that run: where they listen, where they lead, and how they are doing.
import type {KubeObject} from '../../../kube/types/object.ts';
import {msSince, sinceText} from '../../../resources/shared/columns.ts';
import {cleanLine} from '../../../base/text.ts';
import {dialog} from '../../components/dialog.ts';
import type {Effect} from '../../session/effect.ts';
import {overlay, toast} from '../../session/effect.ts';
import {screen} from '../../session/screen.ts';
import {itemsScreen} from '../items/items.ts';
import type {Forward} from './forward-keeper.ts';
import {addressOf, forwardTone} from './forward-keeper.ts';

type ForwardItem = KubeObject & {readonly forward: Forward};

const saysOf = ({state, trouble}: Forward): string => {
  if (state.phase === 'starting') return 'looking for a pod';
  if (state.phase === 'ready')
    return trouble === undefined ? `pod ${state.to.pod}, port ${state.to.port}` : `last connection failed: ${trouble}`;
  return state.reason;
};

const stop = (forward: Forward): Effect => ({
  label: 'Stop the port-forward',
  outlives: true,
  run: async ({services, send}) => {
    await services.forwards.stop(forward.id);
    send({type: 'toast', toast: {tone: 'idle', text: `${addressOf(forward)} is closed`}});
  },
});

const askToStop = (forward: Forward): Effect =>
  overlay(
    dialog({
      title: `Stop forwarding ${addressOf(forward)}?`,
      says: [`It leads to port ${forward.port} of ${forward.target} in ${forward.namespace}.`],
      preview: () => [
        `${forward.state.phase}: ${saysOf(forward)}`,
        `${forward.connections} ${forward.connections === 1 ? 'connection' : 'connections'} so far; open ones are cut`,
      ],
      confirm: 'Stop',
      onConfirm: () => [stop(forward)],
    }),
  );

const made = new WeakMap<ReadonlyMap<string, ForwardItem>, readonly Forward[]>();

const list = itemsScreen<Record<string, never>, ForwardItem>({
  name: 'forwards',
  word: 'forward',
  crumb: () => 'Port-forwards',
  shape: {
    columns: [
      {id: 'name', title: 'LOCAL', value: ({forward}) => addressOf(forward), keep: 9},
      {id: 'target', title: 'TO', value: ({forward}) => forward.target, keep: 8},
      {id: 'port', title: 'PORT', value: ({forward}) => forward.port, align: 'right', keep: 7},
      {id: 'space', title: 'NAMESPACE', value: ({forward}) => forward.namespace, keep: 3},
      {id: 'status', title: 'STATE', value: ({forward}) => forward.state.phase, keep: 8},
      {id: 'says', title: 'SAYS', value: ({forward}) => saysOf(forward), keep: 6},
      {id: 'connections', title: 'CONNECTIONS', value: ({forward}) => forward.connections, align: 'right', keep: 4},
      {
        id: 'age',
        title: 'SINCE',
        value: ({forward}, {now}) => msSince(forward.since.toISOString(), now),
        text: (ms) => (ms === undefined ? '-' : sinceText(ms)),
        align: 'right',
        ticks: true,
        keep: 5,
      },
    ],
    tone: ({forward}) => forwardTone(forward),
  },
  items: (_params, {app}, before) => {
    if (made.get(before) === app.forwards) return before;
    const items = new Map(
      app.forwards.map((forward): [string, ForwardItem] => [
        forward.id,
        {metadata: {name: cleanLine(addressOf(forward)), uid: forward.id, namespace: forward.namespace}, forward},
      ]),
    );
    made.set(items, app.forwards);
    return items;
  },
  enter: ({forward}) => [askToStop(forward)],
  empty: (_params, {app}) =>
    `Nothing is forwarded. ${app.registry.keyOf('object.port-forward') ?? ':port-forward'} on a pod, a Service or a workload starts one.`,
});

export const forwardsScreen = screen<Record<string, never>, ReturnType<typeof list.start>[0]>({
  ...list,
  update: (state, event, at, params) => {
    if (event.type !== 'command' || event.id !== 'forwards.stop') return list.update(state, event, at, params);
    const forward = at.app.forwards.find(({id}) => id === state.cursor.uid);
    return [state, [forward === undefined ? toast('idle', 'Nothing is forwarded') : stop(forward)]];
  },
});
