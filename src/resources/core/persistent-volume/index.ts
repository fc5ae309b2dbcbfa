// What kdeck knows about PersistentVolumes.
import {canonicalQuantity, compareQuantities, parseQuantity, zeroQuantity} from '../../../base/quantity.ts';
import type {PersistentVolume} from '../../../kube/types/wire.ts';
import {column, type Tone} from '../../column.ts';
import {type Health, kind} from '../../kind.ts';
import {ageColumn, metadataColumns, nameColumn, textColumn} from '../../shared/columns.ts';
import {pointer, volumes} from '../../shared/refs.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {ownedBy} from '../../shared/relations.ts';
import {accessModesText, CLASS_ANNOTATION, volumeClass} from '../../shared/storage.ts';
import {describe} from './describe.ts';

const TONES: Readonly<Record<string, Tone>> = {
  Bound: 'ok',
  Available: 'idle',
  Released: 'warn',
  Failed: 'bad',
  Pending: 'busy',
  Terminating: 'busy',
};

const claimText = ({spec}: PersistentVolume): string =>
  spec?.claimRef === undefined ? '' : `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}`;

const health = (volume: PersistentVolume): Health => {
  const {metadata, spec, status} = volume;
  if (metadata.deletionTimestamp !== undefined)
    return {
      tone: 'busy',
      reason:
        status?.phase === 'Bound'
          ? `It is being deleted and waits for its claim ${claimText(volume)} to go.`
          : 'It is being deleted.',
    };
  switch (status?.phase) {
    case 'Bound':
      return {tone: 'ok', reason: `It is bound to the claim ${claimText(volume)}.`};
    case 'Available':
      return {tone: 'idle', reason: 'It is free for a claim.'};
    case 'Released':
      return {
        tone: 'warn',
        reason: `Its claim ${claimText(volume)} is gone; ${spec?.persistentVolumeReclaimPolicy === 'Retain' ? 'it keeps the data until somebody cleans up' : 'it waits to be cleaned up'}.`,
      };
    case 'Failed':
      return {tone: 'bad', reason: `It could not be cleaned up${status.message ? `: ${status.message}` : '.'}`};
    default:
      return {tone: 'busy', reason: 'It is not ready yet.'};
  }
};

export const resource = kind<PersistentVolume>({
  ref: volumes,
  kind: 'PersistentVolume',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  namespaced: false,
  family: 'storage',
  columns: [
    nameColumn,
    column<PersistentVolume, string>({
      id: 'capacity',
      title: 'CAPACITY',
      value: ({spec}) => canonicalQuantity(spec?.capacity?.['storage']),
      order: (a, b) => compareQuantities(parseQuantity(a) ?? zeroQuantity, parseQuantity(b) ?? zeroQuantity),
      align: 'right',
      keep: 7,
    }),
    textColumn<PersistentVolume>('access-modes', 'ACCESS MODES', ({spec}) => accessModesText(spec?.accessModes), {keep: 4}),
    textColumn<PersistentVolume>('reclaim-policy', 'RECLAIM POLICY', ({spec}) => spec?.persistentVolumeReclaimPolicy, {keep: 4}),
    column<PersistentVolume, string>({
      id: 'status',
      title: 'STATUS',
      value: ({metadata, status}) => (metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating'),
      tone: (status) => TONES[status],
      keep: 8,
    }),
    textColumn<PersistentVolume>('claim', 'CLAIM', claimText, {keep: 6}),
    textColumn<PersistentVolume>('storage-class', 'STORAGECLASS', volumeClass, {keep: 5}),
    textColumn<PersistentVolume>('volume-attributes-class', 'VOLUMEATTRIBUTESCLASS', ({spec}) => spec?.volumeAttributesClassName, {
      none: '<unset>',
      keep: 1,
    }),
    textColumn<PersistentVolume>('reason', 'REASON', ({status}) => status?.reason, {keep: 3}),
    ageColumn,
    textColumn<PersistentVolume>('volume-mode', 'VOLUMEMODE', ({spec}) => spec?.volumeMode, {
      none: '<unset>',
      show: 'wide',
      keep: 1,
    }),
    ...metadataColumns,
  ],
  keep: [
    `metadata.annotations['${CLASS_ANNOTATION}']`,
    'spec.capacity',
    'spec.accessModes',
    'spec.persistentVolumeReclaimPolicy',
    'spec.claimRef',
    'spec.storageClassName',
    'spec.volumeAttributesClassName',
    'spec.volumeMode',
    'status',
  ],
  health,
  describe,
  relations: [
    ownedBy,
    {
      type: 'binds',
      targets: ({spec}) =>
        spec?.claimRef?.name === undefined
          ? []
          : [pointer('', 'PersistentVolumeClaim', spec.claimRef.name, spec.claimRef.namespace, spec.claimRef.uid)],
    },
    {
      type: 'uses',
      targets: (volume) => (volumeClass(volume) === '' ? [] : [pointer('storage.k8s.io', 'StorageClass', volumeClass(volume))]),
    },
  ],
  actions: metadataActions<PersistentVolume>({...volumes, kind: 'PersistentVolume'}),
});
