// What kdeck knows about PersistentVolumeClaims.
import {canonicalQuantity, compareQuantities, parseQuantity, zeroQuantity} from '../../../base/quantity.ts';
import type {PersistentVolumeClaim} from '../../../kube/types/wire.ts';
import {column, type Tone} from '../../column.ts';
import {type Health, kind} from '../../kind.ts';
import {ageColumn, metadataColumns, msSince, nameColumn, textColumn} from '../../shared/columns.ts';
import {claims, pointer} from '../../shared/refs.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {ownedBy} from '../../shared/relations.ts';
import {accessModesText, CLASS_ANNOTATION, claimClass} from '../../shared/storage.ts';
import {describe} from './describe.ts';

const TONES: Readonly<Record<string, Tone>> = {Bound: 'ok', Pending: 'busy', Lost: 'bad', Terminating: 'busy'};

const isBound = ({spec}: PersistentVolumeClaim): boolean => spec?.volumeName !== undefined && spec.volumeName !== '';

const health = (claim: PersistentVolumeClaim, {now}: {readonly now: Date}): Health => {
  const {metadata, spec, status} = claim;
  if (metadata.deletionTimestamp !== undefined) {
    const inUse = metadata.finalizers?.includes('kubernetes.io/pvc-protection') === true;
    return {tone: 'busy', reason: inUse ? 'It is being deleted and waits until no pod uses it.' : 'It is being deleted.'};
  }
  if (status?.phase === 'Lost') return {tone: 'bad', reason: `Its volume ${spec?.volumeName ?? ''} is gone.`};
  if (status?.phase === 'Bound') {
    const resize = status.conditions?.find((condition) => condition.status === 'True' && /Resiz|Modif/.test(condition.type));
    if (resize !== undefined)
      return {
        tone: resize.type.includes('Error') ? 'warn' : 'busy',
        reason: resize.type === 'FileSystemResizePending' ? 'It grows as soon as a pod mounts it again.' : 'It is being resized.',
      };
    return {tone: 'ok', reason: `It is bound to ${spec?.volumeName ?? 'a volume'}.`};
  }
  const name = claimClass(claim);
  const young = (msSince(metadata.creationTimestamp, now) ?? 0) < 60_000;
  const waits =
    name === ''
      ? 'It waits for a volume that fits; it names no storage class, so none is made for it.'
      : `It waits for a volume of class ${name}.`;
  return {tone: young ? 'busy' : 'warn', reason: waits};
};

export const resource = kind<PersistentVolumeClaim>({
  ref: claims,
  kind: 'PersistentVolumeClaim',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  namespaced: true,
  family: 'storage',
  columns: [
    nameColumn,
    column<PersistentVolumeClaim, string>({
      id: 'status',
      title: 'STATUS',
      value: ({metadata, status}) => (metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating'),
      tone: (status) => TONES[status],
      keep: 8,
    }),
    textColumn<PersistentVolumeClaim>('volume', 'VOLUME', ({spec}) => spec?.volumeName, {keep: 4}),
    column<PersistentVolumeClaim, string>({
      id: 'capacity',
      title: 'CAPACITY',
      value: (claim) => (isBound(claim) ? canonicalQuantity(claim.status?.capacity?.['storage']) : ''),
      order: (a, b) => compareQuantities(parseQuantity(a) ?? zeroQuantity, parseQuantity(b) ?? zeroQuantity),
      align: 'right',
      keep: 7,
    }),
    textColumn<PersistentVolumeClaim>(
      'access-modes',
      'ACCESS MODES',
      (claim) => (isBound(claim) ? accessModesText(claim.status?.accessModes) : ''),
      {keep: 4},
    ),
    textColumn<PersistentVolumeClaim>('storage-class', 'STORAGECLASS', claimClass, {keep: 6}),
    textColumn<PersistentVolumeClaim>(
      'volume-attributes-class',
      'VOLUMEATTRIBUTESCLASS',
      ({spec}) => spec?.volumeAttributesClassName,
      {none: '<unset>', keep: 1},
    ),
    ageColumn,
    textColumn<PersistentVolumeClaim>('volume-mode', 'VOLUMEMODE', ({spec}) => spec?.volumeMode, {
      none: '<unset>',
      show: 'wide',
      keep: 1,
    }),
    textColumn<PersistentVolumeClaim>('requested', 'REQUESTED', ({spec}) => spec?.resources?.requests?.['storage'], {
      show: 'asked',
      align: 'right',
      keep: 2,
    }),
    ...metadataColumns,
  ],
  keep: [
    'metadata.finalizers',
    `metadata.annotations['${CLASS_ANNOTATION}']`,
    'spec.volumeName',
    'spec.storageClassName',
    'spec.volumeMode',
    'spec.volumeAttributesClassName',
    'spec.resources.requests',
    'status',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    {type: 'binds', targets: ({spec}) => (spec?.volumeName ? [pointer('', 'PersistentVolume', spec.volumeName)] : [])},
    {
      type: 'uses',
      targets: (claim) => (claimClass(claim) === '' ? [] : [pointer('storage.k8s.io', 'StorageClass', claimClass(claim))]),
    },
  ],
  actions: metadataActions<PersistentVolumeClaim>({...claims, kind: 'PersistentVolumeClaim'}),
});
