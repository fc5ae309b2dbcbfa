// Every kind the cluster serves, with the words the prompt takes for it.
import type {KubeObject} from '../../../kube/types/object.ts';
import {open} from '../../session/effect.ts';
import type {Catalogue, KnownKind} from '../../session/catalogue.ts';
import {itemsScreen} from '../items/items.ts';

type KindItem = KubeObject & {readonly known: KnownKind};

const made = new WeakMap<ReadonlyMap<string, KindItem>, Catalogue>();

export const kindsScreen = itemsScreen<Record<string, never>, KindItem>({
  name: 'kinds',
  word: 'kind',
  crumb: () => 'Kinds',
  shape: {
    columns: [
      {id: 'name', title: 'NAME', value: ({known}) => known.resource.plural, keep: 9},
      {id: 'short', title: 'SHORT', value: ({known}) => known.resource.shortNames.join(','), keep: 7},
      {
        id: 'group',
        title: 'APIVERSION',
        value: ({known}) =>
          known.resource.group === '' ? known.resource.version : `${known.resource.group}/${known.resource.version}`,
        keep: 5,
      },
      {id: 'scope', title: 'NAMESPACED', value: ({known}) => (known.resource.namespaced ? 'yes' : 'no'), keep: 3},
      {id: 'kind', title: 'KIND', value: ({known}) => known.resource.kind, keep: 6},
    ],
  },
  items: (_params, {app}, before) => {
    if (made.get(before) === app.kinds) return before;
    const items = new Map(
      app.kinds.all().map((known): [string, KindItem] => [known.key, {metadata: {name: known.key, uid: known.key}, known}]),
    );
    made.set(items, app.kinds);
    return items;
  },
  enter: ({known}, _params, {app}) => [open('list', {kind: known.key, namespaces: app.place.namespaces}, 'root')],
  empty: () => 'Asking the cluster what it serves ...',
});
