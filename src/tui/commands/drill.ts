// From an object to the objects it stands for: its pods, its jobs, its containers, its owner, its node, its events.
import {kindKey} from '../../resources/kind.ts';
import {labelsQuery, selectorQuery} from '../../resources/shared/selector.ts';
import type {LabelSelector} from '../../resources/shared/selector.ts';
import {groupOf} from '../../resources/shared/refs.ts';
import {pickFrom} from '../components/picker.ts';
import type {TargetObject} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import {open, overlay, send, toast} from '../session/effect.ts';
import type {SessionView} from '../session/session.ts';
import type {ListParams} from '../screens/list/list.ts';
import {paramsOf} from '../screens/text/target.ts';

type Spec = {readonly selector?: unknown; readonly nodeName?: string};
const specOf = ({object}: TargetObject): Spec => (object as {spec?: Spec}).spec ?? {};

const openPods = (target: TargetObject): readonly Effect[] => {
  const {object, resource} = target;
  const name = object.metadata.name ?? '';
  const namespace = object.metadata.namespace ?? '';
  const list = (params: Omit<ListParams, 'kind' | 'of'>): readonly Effect[] => [open('list', {kind: 'pods', of: name, ...params})];
  switch (kindKey(resource)) {
    case 'nodes':
      return list({namespaces: 'all', fieldSelector: `spec.nodeName=${name}`});
    case 'namespaces':
      return [send({type: 'namespaces', namespaces: [name]}), open('list', {kind: 'pods', namespaces: [name]}, 'root')];
    case 'services': {
      const query = labelsQuery(specOf(target).selector as Record<string, string> | undefined);
      return query === ''
        ? [toast('warn', `${name} selects no pods: it has no selector`)]
        : list({namespaces: [namespace], labelSelector: query});
    }
    default: {
      const query = selectorQuery(specOf(target).selector as LabelSelector | undefined);
      return query === '' ? [toast('warn', `${name} has no selector`)] : list({namespaces: [namespace], labelSelector: query});
    }
  }
};

/** Opens the object an owner reference names, as a list of one with the cursor on it. */
const openObject = (
  view: SessionView,
  group: string,
  kind: string,
  name: string,
  namespace: string | undefined,
): readonly Effect[] => {
  const known = view.app.kinds.forKind(group, kind);
  if (known === undefined) return [toast('warn', `This cluster does not serve ${kind}`)];
  const namespaces = known.resource.namespaced && namespace !== undefined ? [namespace] : ('all' as const);
  return [open('list', {kind: known.key, namespaces, fieldSelector: `metadata.name=${name}`, of: name})];
};

const openOwner = (view: SessionView, {object}: TargetObject): readonly Effect[] => {
  const owners = object.metadata.ownerReferences ?? [];
  const [first] = owners;
  if (first === undefined) return [toast('idle', `${object.metadata.name ?? 'This'} has no owner`)];
  const go = (owner: typeof first): readonly Effect[] =>
    openObject(view, groupOf(owner.apiVersion), owner.kind, owner.name, object.metadata.namespace);
  if (owners.length === 1) return go(first);
  return [
    overlay(
      pickFrom(
        'Owner',
        owners.map((owner) => ({
          title: `${owner.kind}/${owner.name}`,
          ...(owner.controller === true ? {note: 'controller'} : {}),
          run: () => go(owner),
        })),
      ),
    ),
  ];
};

/** Walks away from one object; undefined for other commands. */
export const drill = (id: string, view: SessionView, target: TargetObject): readonly Effect[] | undefined => {
  const {object} = target;
  const name = object.metadata.name ?? '';
  const namespace = object.metadata.namespace ?? '';
  switch (id) {
    case 'open.pods':
      return openPods(target);
    case 'open.jobs':
      return [open('list', {kind: 'jobs.batch', of: name, namespaces: [namespace], owner: object.metadata.uid ?? ''})];
    case 'open.containers':
      return [open('containers', {namespace, pod: name})];
    case 'deployment.replica-sets':
      return [open('list', {kind: 'replicasets.apps', of: name, namespaces: [namespace], owner: object.metadata.uid ?? ''})];
    case 'object.owner':
      return openOwner(view, target);
    case 'object.events': {
      const selector = [
        `involvedObject.name=${name}`,
        ...(object.metadata.uid === undefined ? [] : [`involvedObject.uid=${object.metadata.uid}`]),
      ].join(',');
      return [
        open('list', {kind: 'events', of: name, namespaces: namespace === '' ? 'all' : [namespace], fieldSelector: selector}),
      ];
    }
    case 'pod.node': {
      const node = specOf(target).nodeName;
      return node === undefined ? [toast('idle', `${name} runs on no node yet`)] : openObject(view, '', 'Node', node, undefined);
    }
    case 'namespace.use':
      return [send({type: 'namespaces', namespaces: [name]}), toast('ok', `Looking at ${name} from now on`)];
    case 'object.describe':
      return [open('describe', paramsOf(target))];
    case 'object.manifest':
      return [open('manifest', paramsOf(target))];
    case 'object.diagnose':
      return [open('diagnosis', paramsOf(target))];
    default:
      return undefined;
  }
};
