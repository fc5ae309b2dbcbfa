// How a node is doing, in one sentence.
import {humanDuration} from '../../../base/age.ts';
import type {Node} from '../../../kube/types/wire.ts';
import type {Health} from '../../kind.ts';
import {msSince} from '../../shared/columns.ts';

const PRESSURES: Readonly<Record<string, string>> = {
  MemoryPressure: 'It is short of memory and may evict pods.',
  DiskPressure: 'It is short of disk space and may evict pods.',
  PIDPressure: 'It is running out of process ids.',
  NetworkUnavailable: 'Its network is not set up.',
};

export const health = ({spec, status}: Node, {now}: {readonly now: Date}): Health => {
  const conditions = status?.conditions ?? [];
  const ready = conditions.find((condition) => condition.type === 'Ready');
  const since = msSince(ready?.lastTransitionTime, now);
  const ago = since === undefined ? '' : ` for ${humanDuration(since)}`;
  if (ready === undefined) return {tone: 'bad', reason: 'It has never reported whether it is ready.'};
  if (ready.status === 'Unknown') return {tone: 'bad', reason: `It has stopped reporting${ago}; its pods will be moved elsewhere.`};
  if (ready.status !== 'True')
    return {tone: 'bad', reason: `It is not ready${ago}: ${ready.message || ready.reason || 'no reason was given'}.`};
  const pressure = conditions.find((condition) => condition.status === 'True' && PRESSURES[condition.type] !== undefined);
  if (pressure !== undefined) return {tone: 'warn', reason: PRESSURES[pressure.type] ?? ''};
  if (spec?.unschedulable === true) return {tone: 'warn', reason: 'It is cordoned: it keeps its pods and takes no new ones.'};
  const taint = spec?.taints?.find((each) => each.effect === 'NoExecute' || each.effect === 'NoSchedule');
  if (taint !== undefined) return {tone: 'ok', reason: `It is ready, for pods that tolerate ${taint.key}.`};
  return {tone: 'ok', reason: 'It is ready.'};
};
