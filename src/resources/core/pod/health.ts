// How a pod is doing, in one sentence.
import {humanDuration} from '../../../base/age.ts';
import type {ContainerStatus, Pod} from '../../../kube/types/wire.ts';
import type {Health} from '../../kind.ts';
import {msSince} from '../../shared/columns.ts';
import {endText} from './exit-code.ts';
import {isPullReason, pullFailureOf, pullFailureText} from './image-pull.ts';
import {unschedulableText} from './scheduling.ts';
import {hasCondition, summaryOf} from './status.ts';

const HOUR = 3_600_000;
/** How long a pod may take to become ready before that is worth a word. */
const START_UP = 60_000;

export const health = (pod: Pod, {now}: {readonly now: Date}): Health => {
  const {metadata, status} = pod;
  if (metadata.deletionTimestamp !== undefined) return whileDeleting(pod, now);
  if (status?.phase === 'Succeeded') return {tone: 'idle', reason: 'It has finished its work.'};
  if (status?.phase === 'Failed') return whenFailed(pod);
  const unplaced = whileUnplaced(pod);
  if (unplaced !== undefined) return unplaced;
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  for (const each of statuses) {
    const trouble = containerTrouble(pod, each);
    if (trouble !== undefined) return trouble;
  }
  if (status?.phase === 'Unknown')
    return {tone: 'bad', reason: `Its node ${pod.spec?.nodeName ?? ''} has stopped reporting, so nobody knows.`};
  if (status?.phase === 'Pending') return whileStarting(pod, now);
  return whileRunning(pod, now);
};

const whileDeleting = (pod: Pod, now: Date): Health => {
  const late = (msSince(pod.metadata.deletionTimestamp, now) ?? 0) - 60_000;
  if (pod.status?.reason === 'NodeLost')
    return {tone: 'bad', reason: `Its node ${pod.spec?.nodeName ?? ''} is lost, so it cannot be stopped.`};
  if (late < 0) return {tone: 'busy', reason: 'It is being stopped.'};
  const held = pod.metadata.finalizers;
  const why =
    held !== undefined && held.length > 0
      ? `the finalizer ${held.join(', ')} holds it`
      : `its node ${pod.spec?.nodeName ?? ''} has not confirmed`;
  return {tone: 'warn', reason: `It should have stopped ${humanDuration(late + 60_000)} ago, but ${why}.`};
};

const whenFailed = (pod: Pod): Health => {
  const {reason, message, containerStatuses = []} = pod.status ?? {};
  if (reason === 'Evicted')
    return {tone: 'bad', reason: `It was evicted from its node: ${sentence(message ?? 'the node was short of something')}`};
  if (reason === 'DeadlineExceeded') return {tone: 'bad', reason: 'It ran longer than it was allowed to and was stopped.'};
  const ended = containerStatuses.find((each) => (each.state?.terminated?.exitCode ?? 0) !== 0);
  if (ended?.state?.terminated !== undefined)
    return {tone: 'bad', reason: `Container ${ended.name} failed: ${endText(ended.state.terminated)}.`};
  if (reason) return {tone: 'bad', reason: `It failed (${reason})${message ? `: ${sentence(message)}` : '.'}`};
  return {tone: 'bad', reason: 'It failed.'};
};

const whileUnplaced = (pod: Pod): Health | undefined => {
  const condition = pod.status?.conditions?.find((each) => each.type === 'PodScheduled' && each.status !== 'True');
  if (condition?.reason === 'SchedulingGated') {
    const gates = pod.spec?.schedulingGates?.map((gate) => gate.name).join(', ') ?? '';
    return {tone: 'idle', reason: `It is held back on purpose${gates === '' ? '' : ` by the scheduling gate ${gates}`}.`};
  }
  if (condition?.reason === 'Unschedulable') {
    if (pod.status?.nominatedNodeName)
      return {tone: 'busy', reason: `It waits on ${pod.status.nominatedNodeName} until less important pods are gone.`};
    return {tone: 'bad', reason: `${unschedulableText(condition.message)}.`};
  }
  return undefined;
};

const containerTrouble = (pod: Pod, container: ContainerStatus): Health | undefined => {
  const {waiting, terminated} = container.state ?? {};
  const name = `Container ${container.name}`;
  const last = container.lastState?.terminated;
  if (waiting?.reason === 'CrashLoopBackOff') {
    const times = container.restartCount === 1 ? 'once' : `${container.restartCount} times`;
    if (last?.exitCode === 0)
      return {
        tone: 'bad',
        reason: `${name} ends normally and is started again and again (${times}); a pod like this should keep running.`,
      };
    return {
      tone: 'bad',
      reason: `${name} keeps crashing, restarted ${times}${last === undefined ? '' : `; last time: ${endText(last)}`}.`,
    };
  }
  if (waiting?.reason !== undefined && isPullReason(waiting.reason)) {
    return {
      tone: 'bad',
      reason: `${pullFailureText(pullFailureOf(waiting.reason, waiting.message ?? ''), container.image || imageOf(pod, container.name))}.`,
    };
  }
  if (waiting?.reason === 'CreateContainerConfigError')
    return {tone: 'bad', reason: `${name} cannot be set up: ${sentence(waiting.message ?? 'its configuration is incomplete')}`};
  if (waiting?.reason !== undefined && /Error$|^ContainerCannotRun$/.test(waiting.reason)) {
    return {
      tone: 'bad',
      reason: `${name} cannot be started (${waiting.reason})${waiting.message ? `: ${sentence(waiting.message)}` : '.'}`,
    };
  }
  if (terminated !== undefined && terminated.exitCode !== 0)
    return {tone: 'bad', reason: `${name} stopped: ${endText(terminated)}.`};
  return undefined;
};

const whileStarting = (pod: Pod, now: Date): Health => {
  const {status} = summaryOf(pod);
  const age = msSince(pod.status?.startTime ?? pod.metadata.creationTimestamp, now) ?? 0;
  const step = /^Init:(\d+)\/(\d+)$/.exec(status);
  if (step !== null) return {tone: 'busy', reason: `It is getting ready: start-up step ${Number(step[1]) + 1} of ${step[2]}.`};
  if (pod.spec?.nodeName === undefined) {
    if (age < START_UP / 2) return {tone: 'busy', reason: 'It waits for a node.'};
    return {tone: 'warn', reason: `No scheduler has placed it for ${humanDuration(age)}.`};
  }
  if (age > 2 * START_UP)
    return {tone: 'warn', reason: `Its containers have not started for ${humanDuration(age)}; its events say why.`};
  return {tone: 'busy', reason: 'Its containers are being made.'};
};

const whileRunning = (pod: Pod, now: Date): Health => {
  const statuses = pod.status?.containerStatuses ?? [];
  const slow = statuses.find((each) => each.state?.running !== undefined && each.started === false);
  if (slow !== undefined)
    return {tone: 'busy', reason: `Container ${slow.name} is starting; its start-up check has not passed yet.`};
  const unready = statuses.find((each) => each.state?.running !== undefined && !each.ready);
  if (unready !== undefined) {
    const age = msSince(unready.state?.running?.startedAt, now) ?? 0;
    if (age < START_UP) return {tone: 'busy', reason: `Container ${unready.name} runs and is not ready yet.`};
    return {tone: 'warn', reason: `Container ${unready.name} runs but does not pass its readiness check, so it gets no traffic.`};
  }
  const gate = pod.spec?.readinessGates?.find((each) => !hasCondition(pod, each.conditionType));
  if (gate !== undefined) return {tone: 'warn', reason: `It runs, but the readiness gate ${gate.conditionType} is not open.`};
  if (
    statuses.length > 0 &&
    pod.status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'False') === true &&
    statuses.every((each) => each.ready)
  ) {
    return {
      tone: 'warn',
      reason: `It counts as not ready although its containers are; its node ${pod.spec?.nodeName ?? ''} may have stopped reporting.`,
    };
  }
  const unstable = statuses.find(
    (each) => each.lastState?.terminated !== undefined && (msSince(each.lastState.terminated.finishedAt, now) ?? HOUR) < HOUR,
  );
  if (unstable?.lastState?.terminated !== undefined) {
    const {terminated} = unstable.lastState;
    const ago = humanDuration(msSince(terminated.finishedAt, now) ?? 0);
    if (terminated.reason === 'OOMKilled' || unstable.restartCount >= 3) {
      return {tone: 'warn', reason: `It runs again; container ${unstable.name} stopped ${ago} ago: ${endText(terminated)}.`};
    }
  }
  const ended = statuses.find((each) => each.state?.terminated !== undefined);
  if (ended !== undefined) return {tone: 'ok', reason: `It runs; container ${ended.name} is done.`};
  return {tone: 'ok', reason: 'It runs and is ready.'};
};

const imageOf = (pod: Pod, container: string): string =>
  [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])].find((each) => each.name === container)?.image ?? '';

/** Ends with one full stop. */
const sentence = (text: string): string => `${text.trim().replace(/[.\s]+$/, '')}.`;
