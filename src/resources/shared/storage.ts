// Small words of storage: access modes and storage classes.
import type {PersistentVolume, PersistentVolumeClaim} from '../../kube/types/wire.ts';

const SHORT = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const;

/** `RWO,ROX`, always in this order. */
export const accessModesText = (modes: readonly string[] | undefined): string =>
  SHORT.filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(',');

/** The annotation that named a class before the field did; it still wins. */
export const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

export const claimClass = (claim: PersistentVolumeClaim): string =>
  claim.metadata.annotations?.[CLASS_ANNOTATION] ?? claim.spec?.storageClassName ?? '';
export const volumeClass = (volume: PersistentVolume): string =>
  volume.metadata.annotations?.[CLASS_ANNOTATION] ?? volume.spec?.storageClassName ?? '';
