// The `Pod Template:` block of workloads.
import type {PodTemplateSpec} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import {annotationLines, labelLines, tolerationLines, topologyLines} from './blocks.ts';
import {containerLines} from './containers.ts';
import {prefixed} from './prefix.ts';
import {volumeLines} from './volumes.ts';

/** Writes a pod template as kubectl does below every workload. */
export const podTemplateLines = (template: PodTemplateSpec | undefined, out: DescribeWriter): void => {
  const w = prefixed(out);
  const spec = template?.spec;
  out.line(0, 'Pod Template:');
  labelLines(out, '  Labels', template?.metadata?.labels);
  const annotations = template?.metadata?.annotations ?? {};
  if (Object.keys(annotations).length > 0) annotationLines(out, '  Annotations', annotations);
  if (spec?.serviceAccountName) out.line(1, 'Service Account:', spec.serviceAccountName);
  if (spec?.initContainers !== undefined && spec.initContainers.length > 0) {
    containerLines('Init Containers', spec.initContainers, {inTemplate: true}, out);
  }
  containerLines('Containers', spec?.containers ?? [], {inTemplate: true}, out);
  volumeLines(spec?.volumes, true, out);
  topologyLines(w, spec?.topologySpreadConstraints, '  ');
  if (spec?.priorityClassName) out.line(1, 'Priority Class Name:', spec.priorityClassName);
  labelLines(out, '  Node-Selectors', spec?.nodeSelector);
  tolerationLines(w, '  Tolerations', spec?.tolerations);
  schedulingGroupLines(spec?.schedulingGroup, '  ', out);
};

/** `SchedulingGroup:`, when the pod belongs to one. */
export const schedulingGroupLines = (group: {podGroupName?: string} | undefined, space: string, out: DescribeWriter): void => {
  if (group === undefined) return;
  out.raw(`${space}SchedulingGroup:\n`);
  out.line(1, 'PodGroupName:', group.podGroupName ?? '');
};
