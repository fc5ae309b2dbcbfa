// Relations that several kinds declare: owners, and what a pod spec names.
import type {KubeObject, ResourceRef} from '../../kube/types/object.ts';
import type {Container, PodSpec} from '../../kube/types/wire.ts';
import type {ObjectRef, Relation} from '../kind.ts';
import {groupOf, pointer} from './refs.ts';
import {type LabelSelector, selectorQuery} from './selector.ts';

/** Every kind's owners. */
export const ownedBy: Relation<KubeObject> = {
  type: 'owned by',
  targets: (object) =>
    (object.metadata.ownerReferences ?? []).map((owner) =>
      pointer(groupOf(owner.apiVersion), owner.kind, owner.name, object.metadata.namespace, owner.uid),
    ),
};

/** Objects of a kind selected by a label selector in the object's namespace. */
export const selects = <T extends KubeObject>(
  type: Relation<T>['type'],
  kind: ResourceRef,
  selectorOf: (object: T) => LabelSelector | null | undefined,
): Relation<T> => ({
  type,
  selects: (object) => {
    const selector = selectorOf(object);
    if (selector === null || selector === undefined) return undefined;
    const {namespace} = object.metadata;
    return {kind, labelSelector: selectorQuery(selector), ...(namespace === undefined ? {} : {namespace})};
  },
});

/** What a pod spec mounts and uses; the spec may be a template's. Reads more than the live cache keeps. */
export const podSpecRelations = <T extends KubeObject>(specOf: (object: T) => PodSpec | undefined): readonly Relation<T>[] => [
  {type: 'mounts', full: true, targets: (object) => mounted(specOf(object), object)},
  {type: 'uses', full: true, targets: (object) => used(specOf(object), object)},
];

const mounted = (spec: PodSpec | undefined, object: KubeObject): readonly ObjectRef[] => {
  const {namespace, name: owner} = object.metadata;
  const found: ObjectRef[] = [];
  const note = (kind: string, name: string | undefined): void => {
    if (name !== undefined && name !== '') found.push(pointer('', kind, name, namespace));
  };
  for (const volume of spec?.volumes ?? []) {
    note('ConfigMap', volume.configMap?.name);
    note('Secret', volume.secret?.secretName);
    note('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName);
    // A generic ephemeral volume's claim is named after pod and volume.
    if (volume.ephemeral !== undefined && object.kind === 'Pod') note('PersistentVolumeClaim', `${owner}-${volume.name}`);
    note('Secret', volume.csi?.nodePublishSecretRef?.name);
    for (const source of volume.projected?.sources ?? []) {
      note('ConfigMap', source.configMap?.name);
      note('Secret', source.secret?.name);
    }
  }
  return unique(found);
};

const used = (spec: PodSpec | undefined, object: KubeObject): readonly ObjectRef[] => {
  const {namespace} = object.metadata;
  const found: ObjectRef[] = [];
  const note = (kind: string, name: string | undefined): void => {
    if (name !== undefined && name !== '') found.push(pointer('', kind, name, namespace));
  };
  const containers: readonly Container[] = [
    ...(spec?.initContainers ?? []),
    ...(spec?.containers ?? []),
    ...((spec?.ephemeralContainers ?? []) as Container[]),
  ];
  for (const container of containers) {
    for (const {configMapRef, secretRef} of container.envFrom ?? []) {
      note('ConfigMap', configMapRef?.name);
      note('Secret', secretRef?.name);
    }
    for (const {valueFrom} of container.env ?? []) {
      note('ConfigMap', valueFrom?.configMapKeyRef?.name);
      note('Secret', valueFrom?.secretKeyRef?.name);
    }
  }
  for (const secret of spec?.imagePullSecrets ?? []) note('Secret', secret.name);
  if (spec !== undefined) note('ServiceAccount', spec.serviceAccountName ?? 'default');
  if (spec?.priorityClassName) found.push(pointer('scheduling.k8s.io', 'PriorityClass', spec.priorityClassName));
  if (spec?.runtimeClassName) found.push(pointer('node.k8s.io', 'RuntimeClass', spec.runtimeClassName));
  return unique(found);
};

const unique = (refs: readonly ObjectRef[]): readonly ObjectRef[] => [
  ...new Map(refs.map((ref) => [`${ref.group}/${ref.kind}/${ref.name}`, ref])).values(),
];
