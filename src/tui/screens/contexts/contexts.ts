// The contexts of the kubeconfig; Enter goes there, and nothing is asked of a cluster before.
import type {KubeObject} from '../../../kube/types/object.ts';
import {send} from '../../session/effect.ts';
import type {ContextInfo} from '../../session/services.ts';
import {itemsScreen} from '../items/items.ts';

type ContextItem = KubeObject & {readonly info: ContextInfo; readonly current: boolean};

const made = new WeakMap<ReadonlyMap<string, ContextItem>, {readonly from: readonly ContextInfo[]; readonly current: string}>();

export const contextsScreen = itemsScreen<Record<string, never>, ContextItem>({
  name: 'contexts',
  word: 'context',
  crumb: () => 'Contexts',
  shape: {
    columns: [
      {id: 'name', title: 'NAME', value: ({info}) => info.name, keep: 9},
      {
        id: 'current',
        title: 'HERE',
        value: ({current}) => (current ? 'here' : ''),
        tone: (value) => (value === '' ? undefined : 'busy'),
        keep: 8,
      },
      {id: 'cluster', title: 'CLUSTER', value: ({info}) => info.cluster, keep: 5},
      {id: 'user', title: 'USER', value: ({info}) => info.user, keep: 5},
      {id: 'default-namespace', title: 'NAMESPACE', value: ({info}) => info.namespace, keep: 4},
    ],
  },
  items: (_params, {app}, before) => {
    const known = made.get(before);
    if (known !== undefined && known.from === app.contexts && known.current === app.place.context) return before;
    const items = new Map(
      app.contexts.map((info): [string, ContextItem] => [
        info.name,
        {metadata: {name: info.name, uid: info.name}, info, current: info.name === app.place.context},
      ]),
    );
    made.set(items, {from: app.contexts, current: app.place.context});
    return items;
  },
  enter: ({info}) => [send({type: 'context', name: info.name})],
  empty: () => 'The kubeconfig has no contexts.',
});
