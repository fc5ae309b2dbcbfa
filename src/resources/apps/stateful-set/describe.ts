// A StatefulSet as kubectl describes it.
import {canonicalQuantity} from '../../../base/quantity.ts';
import type {PersistentVolumeClaim, StatefulSet} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {annotationLines, creationLine, labelLines, manyLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {podCountsText} from '../../shared/describe/pod-counts.ts';
import {podTemplateLines} from '../../shared/describe/pod-template.ts';
import {prefixed} from '../../shared/describe/prefix.ts';
import {selectorQuery} from '../../shared/selector.ts';
import {claimClass} from '../../shared/storage.ts';

export const describe = async (
  set: StatefulSet,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const {metadata, spec, status} = set;
  const counts = await podCountsText(set, spec?.selector, view);
  out.line(0, 'Name:', metadata.name ?? '');
  out.line(0, 'Namespace:', metadata.namespace ?? '');
  creationLine(set, out);
  out.line(0, 'Selector:', selectorQuery(spec?.selector));
  labelLines(out, 'Labels', metadata.labels);
  annotationLines(out, 'Annotations', metadata.annotations);
  out.line(0, 'Replicas:', `${spec?.replicas ?? 0} desired | ${status?.replicas ?? 0} total`);
  out.line(0, 'Update Strategy:', spec?.updateStrategy?.type ?? '');
  const rolling = spec?.updateStrategy?.rollingUpdate;
  if (rolling?.partition !== undefined) {
    out.line(1, 'Partition:', String(rolling.partition));
    if (rolling.maxUnavailable !== undefined) out.line(1, 'MaxUnavailable:', String(rolling.maxUnavailable));
  }
  out.line(0, 'Pods Status:', counts);
  podTemplateLines(spec?.template, out);
  claimTemplateLines((spec?.volumeClaimTemplates ?? []) as PersistentVolumeClaim[], out);
  await eventLines(set, view, out, options);
};

const claimTemplateLines = (templates: readonly PersistentVolumeClaim[], out: DescribeWriter): void => {
  if (templates.length === 0) {
    out.line(0, 'Volume Claims:', '<none>');
    return;
  }
  out.line(0, 'Volume Claims:');
  for (const claim of templates) {
    out.line(1, 'Name:', claim.metadata.name ?? '');
    out.line(1, 'StorageClass:', claimClass(claim));
    labelLines(out, 'Labels', claim.metadata.labels, '  ');
    // Printed like labels, `k=v`, unlike annotations elsewhere.
    const annotations = claim.metadata.annotations ?? {};
    manyLines(
      prefixed(out),
      'Annotations',
      Object.keys(annotations)
        .toSorted()
        .map((key) => `${key}=${annotations[key]}`),
      '  ',
    );
    const request = claim.spec?.resources?.requests?.['storage'];
    out.line(1, 'Capacity:', request === undefined ? '<default>' : canonicalQuantity(request));
    out.line(1, 'Access Modes:', `[${(claim.spec?.accessModes ?? []).join(' ')}]`);
  }
};
