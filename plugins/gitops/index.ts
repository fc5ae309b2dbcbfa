// Tells which objects a GitOps tool or Helm owns, and warns before a change that the owner will take back.
import {column, definePlugin} from '../../src/plugins/api/index.ts';
import type {CommandRun, KubeObject} from '../../src/plugins/api/index.ts';

type Owner = {
  readonly tool: string;
  readonly name: string;
  /** It puts its own state back within minutes. */ readonly reverts: boolean;
};

/** The tool an object's labels and annotations say it belongs to. */
export const ownerOf = (object: KubeObject): Owner | undefined => {
  const labels = object.metadata.labels ?? {};
  const annotations = object.metadata.annotations ?? {};
  const flux = labels['kustomize.toolkit.fluxcd.io/name'] ?? labels['helm.toolkit.fluxcd.io/name'];
  if (flux !== undefined) return {tool: 'Flux', name: flux, reverts: true};
  const tracking = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0] ?? labels['argocd.argoproj.io/instance'];
  if (tracking !== undefined) return {tool: 'Argo CD', name: tracking, reverts: true};
  const release = annotations['meta.helm.sh/release-name'];
  if (release !== undefined) return {tool: 'Helm', name: release, reverts: false};
  return undefined;
};

const managed = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'services', 'configmaps'] as const;

/** Everything of the namespaces on screen by the tool it belongs to, and what belongs to nobody. */
const showOwners = async ({namespaces, view, show}: CommandRun): Promise<void> => {
  const scopes = namespaces === 'all' ? [undefined] : namespaces;
  const lists = await Promise.all(
    managed.flatMap((kind) => {
      const [plural = '', group = ''] = kind.split('.');
      return scopes.map(async (namespace) => ({plural, objects: await view.list({group, version: 'v1', plural}, {namespace})}));
    }),
  );
  const found = lists.flatMap(({plural, objects}) =>
    objects.map((object) => ({owner: ownerOf(object), word: `${object.metadata.namespace}/${object.metadata.name}`, plural})),
  );
  const byOwner = Map.groupBy(found, ({owner}) => (owner === undefined ? '' : `${owner.tool} ${owner.name}`));
  const lines = [...byOwner.keys()]
    .toSorted((a, b) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
    .flatMap((name) => {
      const of = byOwner.get(name) ?? [];
      const head =
        name === '' ? 'Nobody: changed by hand' : `${name}${of[0]?.owner?.reverts === true ? ', puts its own version back' : ''}`;
      return [`${head} (${of.length})`, ...of.map(({plural, word}) => `  ${plural.padEnd(13)} ${word}`), ''];
    });
  show('Managed by', lines.length === 0 ? 'There is nothing here that a tool could manage.' : lines.join('\n'));
};

export default definePlugin({
  manifest: {
    name: 'gitops',
    version: '0.1.0',
    summary: 'Shows what Flux, Argo CD or Helm owns, and warns before a change they will take back',
  },
  contributes: {
    commands: [
      {
        id: 'gitops.owners',
        title: 'Managed by',
        summary: 'Shows which tool manages what in the namespaces on screen, and what nobody does.',
        group: 'Plugins',
        aliases: ['gitops'],
        run: showOwners,
      },
    ],
    columns: managed.map((kind) => ({
      kind,
      column: column<KubeObject, Owner | undefined>({
        id: 'managed-by',
        title: 'MANAGED BY',
        value: ownerOf,
        text: (owner) => (owner === undefined ? '' : `${owner.tool}/${owner.name}`),
        order: (a, b) => {
          const [left, right] = [a === undefined ? '' : `${a.tool}/${a.name}`, b === undefined ? '' : `${b.tool}/${b.name}`];
          return left < right ? -1 : left > right ? 1 : 0;
        },
        show: 'asked',
        keep: 1,
      }),
    })),
    hooks: {
      beforeOperation: ({object}) => {
        const owner = object === undefined ? undefined : ownerOf(object);
        if (owner?.reverts !== true) return undefined;
        return {
          ask: `${owner.tool} (${owner.name}) manages this object and will put its own version back; change it there instead?`,
        };
      },
    },
  },
});
