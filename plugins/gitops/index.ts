// Tells which objects a GitOps tool or Helm owns, and warns before a change that the owner will take back.
import {column, definePlugin} from '../../src/plugins/api/index.ts';
import type {KubeObject} from '../../src/plugins/api/index.ts';

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

export default definePlugin({
  manifest: {
    name: 'gitops',
    version: '0.1.0',
    summary: 'Shows what Flux, Argo CD or Helm owns, and warns before a change they will take back',
  },
  contributes: {
    columns: ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'services', 'configmaps'].map((kind) => ({
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
