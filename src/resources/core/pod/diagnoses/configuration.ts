// ConfigMaps and Secrets a pod needs and does not find, and keys that are not in them.
import type {KubeObject, ResourceRef} from '../../../../kube/types/object.ts';
import type {Container, Pod} from '../../../../kube/types/wire.ts';
import type {ClusterView, Diagnosis, Finding} from '../../../kind.ts';
import {evidence, oneOf, RANK, refOf, similarNames} from '../../../shared/finding.ts';
import {configMaps, pointer, secrets} from '../../../shared/refs.ts';

const ref = {group: '', kind: 'Pod'};

type Holder = KubeObject & {data?: Record<string, string>; binaryData?: Record<string, string>};
/** One thing the pod spec asks for. */
type Need = {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string | undefined;
  readonly path: string;
};

export const configurationMissing: Diagnosis<Pod> = {
  id: 'pod.configuration-missing',
  find: async (pod, view) => {
    if (!isHeldUp(pod)) return [];
    const found: Finding[] = [];
    const told = new Set<string>();
    for (const need of needsOf(pod)) {
      const id = `${need.kind}/${need.name}/${need.key ?? ''}`;
      if (told.has(id) || told.has(`${need.kind}/${need.name}/`)) continue;
      const finding = await check(pod, need, view);
      if (finding === undefined) continue;
      told.add(finding.id === 'pod.configuration-missing' ? `${need.kind}/${need.name}/` : id);
      found.push(finding);
    }
    return [...found, ...otherConfigErrors(pod, found.length > 0)];
  },
};

/** Only a pod with a container that was never started can lack something it must have. */
const isHeldUp = ({status}: Pod): boolean => {
  const waiting = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].map(
    (each) => each.state?.waiting?.reason,
  );
  return (
    status?.phase === 'Pending' &&
    waiting.some(
      (reason) => reason === 'CreateContainerConfigError' || reason === 'ContainerCreating' || reason === 'PodInitializing',
    )
  );
};

const check = async (pod: Pod, need: Need, view: ClusterView): Promise<Finding | undefined> => {
  const {namespace} = pod.metadata;
  const type: ResourceRef = need.kind === 'ConfigMap' ? configMaps : secrets;
  const holder = await view.get<Holder>(type, {namespace, name: need.name});
  const target = pointer('', need.kind, need.name, namespace);
  if (holder === undefined) {
    const names = await view.list(type, {namespace}).then(
      (all) => all.map((each) => each.metadata.name ?? ''),
      () => [],
    );
    const similar = similarNames(need.name, names);
    return {
      id: 'pod.configuration-missing',
      tone: 'bad',
      says: `It cannot start: the ${need.kind} ${need.name} does not exist in the namespace ${namespace}.`,
      object: refOf(pod, ref),
      evidence: evidence([need.path, need.name]),
      since: pod.status?.startTime,
      tryThis: [
        ...(similar.length === 0 ? [] : [{text: `Did somebody mean ${oneOf(similar)}?`}]),
        {text: `Create the ${need.kind} ${need.name}, or correct the name`, target},
      ],
      rank: RANK.missingThing,
    };
  }
  const keys = [...Object.keys(holder.data ?? {}), ...Object.keys(holder.binaryData ?? {})];
  if (need.key === undefined || keys.includes(need.key)) return undefined;
  const similar = similarNames(need.key, keys);
  return {
    id: 'pod.key-missing',
    tone: 'bad',
    says: `It cannot start: the ${need.kind} ${need.name} has no key ${need.key}${keys.length === 0 ? '; it is empty' : `; it has ${keys.slice(0, 5).join(', ')}`}.`,
    object: refOf(pod, ref),
    evidence: evidence([need.path, need.key], [`keys of ${need.kind} ${need.name}`, keys.join(', ')]),
    since: pod.status?.startTime,
    tryThis: [
      ...(similar.length === 0 ? [] : [{text: `Did somebody mean ${oneOf(similar)}?`}]),
      {text: `Add the key ${need.key} to the ${need.kind} ${need.name}, or correct its name in the pod`, target},
    ],
    rank: RANK.missingThing,
  };
};

/** A CreateContainerConfigError about something else, such as running as root. */
const otherConfigErrors = (pod: Pod, explained: boolean): readonly Finding[] => {
  if (explained) return [];
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])].flatMap(
    ({name, state}): Finding[] => {
      if (state?.waiting?.reason !== 'CreateContainerConfigError') return [];
      const message = state.waiting.message ?? '';
      const root = /runAsNonRoot|run as non-root|will run as root/.test(message);
      return [
        {
          id: root ? 'pod.runs-as-root' : 'pod.configuration-refused',
          tone: 'bad',
          says: root
            ? `Container ${name} would run as root, which the pod forbids.`
            : `Container ${name} cannot be set up: ${message.replace(/\.$/, '')}.`,
          object: refOf(pod, ref),
          evidence: evidence([`status.containerStatuses[${name}].state.waiting.message`, message]),
          tryThis: [{text: root ? 'Set runAsUser, or use an image with a user of its own' : 'Correct what the message names'}],
          rank: RANK.cause,
        },
      ];
    },
  );
};

const needsOf = ({spec}: Pod): readonly Need[] => {
  const needs: Need[] = [];
  const containers: readonly Container[] = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  for (const {name: container, env = [], envFrom = []} of containers) {
    for (const {name, valueFrom} of env) {
      const path = `spec.containers[${container}].env[${name}]`;
      const {configMapKeyRef: map, secretKeyRef: secret} = valueFrom ?? {};
      if (map?.name !== undefined && map.optional !== true) needs.push({kind: 'ConfigMap', name: map.name, key: map.key, path});
      if (secret?.name !== undefined && secret.optional !== true)
        needs.push({kind: 'Secret', name: secret.name, key: secret.key, path});
    }
    for (const {configMapRef: map, secretRef: secret} of envFrom) {
      const path = `spec.containers[${container}].envFrom`;
      if (map?.name !== undefined && map.optional !== true) needs.push({kind: 'ConfigMap', name: map.name, path});
      if (secret?.name !== undefined && secret.optional !== true) needs.push({kind: 'Secret', name: secret.name, path});
    }
  }
  for (const {name: volume, configMap, secret, projected} of spec?.volumes ?? []) {
    const path = `spec.volumes[${volume}]`;
    const keys = (items: readonly {key: string}[] | undefined): readonly (string | undefined)[] =>
      items === undefined || items.length === 0 ? [undefined] : items.map(({key}) => key);
    if (configMap?.name !== undefined && configMap.optional !== true)
      for (const key of keys(configMap.items)) needs.push({kind: 'ConfigMap', name: configMap.name, key, path});
    if (secret?.secretName !== undefined && secret.optional !== true)
      for (const key of keys(secret.items)) needs.push({kind: 'Secret', name: secret.secretName, key, path});
    for (const source of projected?.sources ?? []) {
      if (source.configMap?.name !== undefined && source.configMap.optional !== true)
        for (const key of keys(source.configMap.items)) needs.push({kind: 'ConfigMap', name: source.configMap.name, key, path});
      if (source.secret?.name !== undefined && source.secret.optional !== true)
        for (const key of keys(source.secret.items)) needs.push({kind: 'Secret', name: source.secret.name, key, path});
    }
  }
  return needs;
};
