// A persistent volume claim in describe: the object itself, or the template inside an ephemeral volume.
import {ageText} from '../../../base/age.ts';
import {canonicalQuantity} from '../../../base/quantity.ts';
import type {PersistentVolumeClaim} from '../../../kube/types/wire.ts';
import {accessModesText, claimClass} from '../storage.ts';
import {annotationLines, labelLines} from './blocks.ts';
import type {PrefixWriter} from './prefix.ts';

/** Writes a claim; `now` only for a real object, a template has no name, status or finalizers. */
export const claimLines = (claim: PersistentVolumeClaim, w: PrefixWriter, now?: Date): void => {
  const {metadata, spec, status} = claim;
  const line = (key: string, value: string, level = 0): void => w.write(level, `${key}:\t${value}\n`);
  if (now !== undefined) {
    line('Name', metadata.name ?? '');
    line('Namespace', metadata.namespace ?? '');
  }
  line('StorageClass', claimClass(claim));
  if (now !== undefined)
    line(
      'Status',
      metadata.deletionTimestamp === undefined
        ? (status?.phase ?? '')
        : `Terminating (lasts ${ageText(metadata.deletionTimestamp, now)})`,
    );
  line('Volume', spec?.volumeName ?? '');
  labelLines(w, 'Labels', metadata.labels);
  annotationLines(w, 'Annotations', metadata.annotations);
  if (now !== undefined) line('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  const bound = spec?.volumeName !== undefined && spec.volumeName !== '';
  line('Capacity', bound ? canonicalQuantity(status?.capacity?.['storage']) : '');
  line('Access Modes', bound ? accessModesText(status?.accessModes) : '');
  if (spec?.volumeMode !== undefined) line('VolumeMode', spec.volumeMode);
  if (spec?.dataSource !== undefined) {
    w.write(0, 'DataSource:\n');
    // The server sends null for the core group.
    if (typeof spec.dataSource.apiGroup === 'string') line('APIGroup', spec.dataSource.apiGroup, 1);
    line('Kind', spec.dataSource.kind, 1);
    line('Name', spec.dataSource.name, 1);
  }
};
