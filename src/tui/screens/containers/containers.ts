// The containers of one pod, live.
import type {Pod} from '../../../kube/types/wire.ts';
import type {At} from '../../session/app.ts';
import {open} from '../../session/effect.ts';
import {cleanLine} from '../../../base/text.ts';
import {itemsScreen} from '../items/items.ts';
import type {ContainerItem} from './container-item.ts';
import {containerColumns, containersOf, containerTone} from './container-item.ts';

/** Which pod. */
export type ContainersParams = {readonly namespace: string; readonly pod: string};

const podOf = (at: At): Pod | undefined => at.table('pod')?.model.row(0)?.item as Pod | undefined;

const made = new WeakMap<ReadonlyMap<string, ContainerItem>, Pod>();

export const containersScreen = itemsScreen<ContainersParams, ContainerItem>({
  name: 'containers',
  word: 'container',
  crumb: ({pod}, app) => `${cleanLine(pod)} ${app.look.glyphs.crumb} Containers`,
  kind: 'containers',
  shape: {columns: containerColumns, tone: containerTone},
  sources: ({namespace, pod}, app) => {
    const kind = app.kinds.get('pods')?.kind;
    return kind === undefined ? {} : {pod: {from: {kind, scope: {namespaces: [namespace], fieldSelector: `metadata.name=${pod}`}}}};
  },
  items: (_params, at, before) => {
    const pod = podOf(at);
    if (pod === undefined) return before.size === 0 ? before : new Map();
    if (made.get(before) === pod) return before;
    const items = containersOf(pod);
    made.set(items, pod);
    return items;
  },
  enter: (item, params) => [
    open('logs', {
      namespace: params.namespace,
      pods: [params.pod],
      container: item.container.name,
      of: `${params.pod}/${item.container.name}`,
    }),
  ],
  targets: (item, _params, at) => {
    const pod = podOf(at);
    const known = at.app.kinds.get('pods');
    return pod === undefined || known === undefined
      ? []
      : [
          {
            object: pod,
            resource: known.resource,
            kind: known.kind,
            ...(item === undefined ? {} : {container: item.container.name}),
          },
        ];
  },
  empty: ({pod}, at) => {
    const phase = at.table('pod')?.phase;
    if (phase === undefined || phase.is === 'loading') return 'Loading ...';
    return phase.is === 'denied' ? phase.error.message : `The pod ${cleanLine(pod)} is gone.`;
  },
});
