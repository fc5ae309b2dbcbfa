// A PersistentVolume as kubectl describes it.
import {ageText} from '../../../base/age.ts';
import {canonicalQuantity} from '../../../base/quantity.ts';
import type {PersistentVolume} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {startLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {persistentSourceLines} from '../../shared/describe/volumes.ts';
import {accessModesText, volumeClass} from '../../shared/storage.ts';

type Spec = NonNullable<PersistentVolume['spec']>;

export const describe = async (
  volume: PersistentVolume,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {metadata, spec, status} = volume;
  startLines(volume, out, {namespaced: false});
  out.line(0, 'Finalizers:', `[${(metadata.finalizers ?? []).join(' ')}]`);
  out.line(0, 'StorageClass:', volumeClass(volume));
  out.line(
    0,
    'Status:',
    metadata.deletionTimestamp === undefined
      ? (status?.phase ?? '')
      : `Terminating (lasts ${ageText(metadata.deletionTimestamp, view.now())})`,
  );
  out.line(0, 'Claim:', spec?.claimRef === undefined ? '' : `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}`);
  out.line(0, 'Reclaim Policy:', spec?.persistentVolumeReclaimPolicy ?? '');
  out.line(0, 'Access Modes:', accessModesText(spec?.accessModes));
  if (spec?.volumeMode !== undefined) out.line(0, 'VolumeMode:', spec.volumeMode);
  out.line(0, 'Capacity:', canonicalQuantity(spec?.capacity?.['storage']));
  affinityLines(spec?.nodeAffinity, out);
  out.line(0, 'Message:', status?.message ?? '');
  out.line(0, 'Source:');
  persistentSourceLines(spec ?? {}, out);
  await eventLines(volume, view, out, options);
};

const affinityLines = (affinity: Spec['nodeAffinity'], out: DescribeWriter): void => {
  const terms = affinity?.required?.nodeSelectorTerms;
  if (terms === undefined) {
    out.line(0, 'Node Affinity:', '<none>');
    return;
  }
  out.line(0, 'Node Affinity:', '');
  if (terms.length === 0) {
    out.line(1, 'Required Terms:', '<none>');
    return;
  }
  out.line(1, 'Required Terms:', '');
  for (const [index, {matchExpressions = []}] of terms.entries()) {
    const texts = matchExpressions.map(
      ({key, operator, values = []}) => `${key} ${operator.toLowerCase()}${values.length === 0 ? '' : ` [${values.join(', ')}]`}`,
    );
    out.line(2, `Term ${index}:`, texts[0] ?? '<none>');
    for (const text of texts.slice(1)) out.line(2, '', text);
  }
};
