// A pod as kubectl describes it.
import {ageText, rfc1123z} from '../../../base/age.ts';
import type {Pod} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {annotationLines, controllerLine, labelLines, tolerationLines, topologyLines} from '../../shared/describe/blocks.ts';
import {containerLines, resourceLines} from '../../shared/describe/containers.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {schedulingGroupLines} from '../../shared/describe/pod-template.ts';
import {prefixed} from '../../shared/describe/prefix.ts';
import {volumeLines} from '../../shared/describe/volumes.ts';
import {qosOf} from './qos.ts';

export const describe = async (
  pod: Pod,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  placeLines(pod, out);
  labelLines(out, 'Labels', pod.metadata.labels);
  annotationLines(out, 'Annotations', pod.metadata.annotations);
  statusLines(pod, view.now(), out);
  allContainerLines(pod, out);
  conditionTables(pod, out);
  volumeLines(pod.spec?.volumes, false, out);
  out.line(0, 'QoS Class:', qosOf(pod));
  labelLines(out, 'Node-Selectors', pod.spec?.nodeSelector);
  tolerationLines(prefixed(out), 'Tolerations', pod.spec?.tolerations);
  topologyLines(prefixed(out), pod.spec?.topologySpreadConstraints, '');
  schedulingGroupLines(pod.spec?.schedulingGroup, '', out);
  await eventLines(pod, view, out, options);
};

const placeLines = ({metadata, spec, status}: Pod, out: DescribeWriter): void => {
  out.line(0, 'Name:', metadata.name ?? '');
  out.line(0, 'Namespace:', metadata.namespace ?? '');
  if (spec?.priority !== undefined) out.line(0, 'Priority:', String(spec.priority));
  if (spec?.priorityClassName) out.line(0, 'Priority Class Name:', spec.priorityClassName);
  if (spec?.runtimeClassName) out.line(0, 'Runtime Class Name:', spec.runtimeClassName);
  if (spec?.serviceAccountName) out.line(0, 'Service Account:', spec.serviceAccountName);
  out.line(0, 'Node:', spec?.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>');
  if (status?.startTime !== undefined) out.line(0, 'Start Time:', rfc1123z(status.startTime));
};

const statusLines = (pod: Pod, now: Date, out: DescribeWriter): void => {
  const {metadata, spec, status} = pod;
  const phase = status?.phase ?? '';
  if (metadata.deletionTimestamp !== undefined && phase !== 'Failed' && phase !== 'Succeeded') {
    out.line(0, 'Status:', `Terminating (lasts ${ageText(metadata.deletionTimestamp, now)})`);
    out.line(0, 'Termination Grace Period:', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else {
    out.line(0, 'Status:', phase);
  }
  if (status?.reason) out.line(0, 'Reason:', status.reason);
  if (status?.message) out.line(0, 'Message:', status.message);
  const profile = spec?.securityContext?.seccompProfile;
  if (profile !== undefined) {
    out.line(0, 'SeccompProfile:', profile.type);
    if (profile.type === 'Localhost') out.line(0, 'LocalhostProfile:', profile.localhostProfile ?? '');
  }
  out.line(0, 'IP:', status?.podIP ?? '');
  const ips = status?.podIPs ?? [];
  out.line(0, ...(ips.length === 0 ? ['IPs:', '<none>'] : ['IPs:']));
  for (const {ip} of ips) out.line(1, 'IP:', ip);
  controllerLine(pod, out);
  if (status?.nominatedNodeName) out.line(0, 'NominatedNodeName:', status.nominatedNodeName);
  if (spec?.resources !== undefined) {
    out.line(0, 'Resources:');
    resourceLines(spec.resources, 1, out);
  }
};

const allContainerLines = (pod: Pod, out: DescribeWriter): void => {
  const {spec, status} = pod;
  const context = {pod, inTemplate: false};
  if (spec?.initContainers !== undefined && spec.initContainers.length > 0) {
    containerLines('Init Containers', spec.initContainers, {...context, statuses: status?.initContainerStatuses}, out);
  }
  containerLines('Containers', spec?.containers ?? [], {...context, statuses: status?.containerStatuses}, out);
  if (spec?.ephemeralContainers !== undefined && spec.ephemeralContainers.length > 0) {
    containerLines(
      'Ephemeral Containers',
      spec.ephemeralContainers,
      {...context, statuses: status?.ephemeralContainerStatuses},
      out,
    );
  }
};

const conditionTables = ({spec, status}: Pod, out: DescribeWriter): void => {
  const conditions = status?.conditions ?? [];
  const gates = spec?.readinessGates ?? [];
  if (gates.length > 0) {
    out.line(0, 'Readiness Gates:');
    out.line(1, 'Type', 'Status');
    for (const {conditionType} of gates) {
      out.line(1, `${conditionType} `, `${conditions.find((each) => each.type === conditionType)?.status ?? '<none>'} `);
    }
  }
  if (conditions.length > 0) {
    out.line(0, 'Conditions:');
    out.line(1, 'Type', 'Status');
    for (const condition of conditions) out.line(1, `${condition.type} `, `${condition.status} `);
  }
};
