// Containers that end: crash loops, memory kills, commands that cannot be started.
import {humanDuration} from '../../../../base/age.ts';
import type {Pod} from '../../../../kube/types/wire.ts';
import type {ClusterView, Diagnosis, Finding} from '../../../kind.ts';
import {evidence, RANK, refOf} from '../../../shared/finding.ts';
import {endText} from '../exit-code.ts';
import {type Placed, placedContainers} from './place.ts';

const ref = {group: '', kind: 'Pod'};
const HOUR = 3_600_000;

type Ended = NonNullable<NonNullable<Placed['status']['state']>['terminated']>;

export const crashes: Diagnosis<Pod> = {
  id: 'pod.crash-loop',
  find: async (pod, view) => {
    const found = await Promise.all(placedContainers(pod).map(async (placed) => findingOf(pod, placed, view)));
    return found.filter((each) => each !== undefined);
  },
};

const findingOf = async (pod: Pod, placed: Placed, view: ClusterView): Promise<Finding | undefined> => {
  const {status, title} = placed;
  const {waiting, terminated, running} = status.state ?? {};
  const last = terminated ?? status.lastState?.terminated;
  const looping = waiting?.reason === 'CrashLoopBackOff';
  const failed = terminated !== undefined && terminated.exitCode !== 0;
  if (last?.reason === 'OOMKilled' && (looping || failed || isRecent(last, view.now()))) return outOfMemory(pod, placed, last);
  if (
    waiting?.reason !== undefined &&
    /^(RunContainerError|StartError|CreateContainerError|ContainerCannotRun|PreStartHookError|PostStartHookError)$/.test(
      waiting.reason,
    )
  ) {
    return cannotStart(pod, placed, waiting.reason, waiting.message ?? last?.message ?? '');
  }
  if (last !== undefined && (last.reason === 'StartError' || last.reason === 'ContainerCannotRun') && (looping || failed))
    return cannotStart(pod, placed, last.reason, last.message ?? '');
  if (running !== undefined || last === undefined || (!looping && !failed)) return undefined;

  const times =
    status.restartCount === 0 ? '' : ` It was restarted ${status.restartCount === 1 ? 'once' : `${status.restartCount} times`}.`;
  const normal = last.exitCode === 0;
  const ran = runtime(last);
  const what = normal
    ? 'ends normally, although a pod like this should keep running'
    : `keeps crashing: ${endText(last)}${ran === undefined ? '' : `, after running ${ran}`}`;
  return {
    id: normal ? 'pod.ends-normally' : 'pod.crash-loop',
    tone: 'bad',
    says: `${title} ${what}.${times}`,
    object: refOf(pod, ref),
    evidence: [...endEvidence(placed, last), ...(await logEvidence(pod, placed, view))],
    since: last.finishedAt,
    tryThis: normal
      ? [{text: 'Keep the process in the foreground, or use a Job for work that ends'}, previousLogs(pod)]
      : [
          previousLogs(pod),
          ...(last.exitCode === 127 || last.exitCode === 126 ? [{text: 'Check the command and the entry point of the image'}] : []),
        ],
    rank: RANK.cause,
  };
};

const outOfMemory = (pod: Pod, placed: Placed, last: Ended): Finding => {
  const limit = placed.container.resources?.limits?.['memory'];
  return {
    id: 'pod.out-of-memory',
    tone: 'bad',
    says: `${placed.title} was killed for using more memory than ${limit === undefined ? 'there was' : `its limit of ${limit}`}.`,
    object: refOf(pod, ref),
    evidence: [
      ...endEvidence(placed, last),
      ...evidence([`spec.containers[${placed.container.name}].resources.limits.memory`, limit]),
    ],
    since: last.finishedAt,
    tryThis: [
      {
        text:
          limit === undefined
            ? 'Give it a memory limit it can live with, or find the leak'
            : `Raise the memory limit above ${limit}, or find what uses so much`,
      },
    ],
    rank: RANK.outOfMemory,
  };
};

const cannotStart = (pod: Pod, placed: Placed, reason: string, message: string): Finding => {
  const command = [...(placed.container.command ?? []), ...(placed.container.args ?? [])].join(' ');
  const missing = /executable file not found|no such file or directory/.test(message);
  const foreign = message.includes('exec format error');
  const cause = foreign
    ? 'its image is built for another kind of processor'
    : missing
      ? `the command ${command === '' ? 'of the image' : `"${command}"`} does not exist in the image`
      : message || reason;
  return {
    id: 'pod.cannot-start',
    tone: 'bad',
    says: `${placed.title} cannot be started: ${cause.replace(/\.$/, '')}.`,
    object: refOf(pod, ref),
    evidence: evidence([`${placed.path}.state`, reason], ['message', message], ['command', command]),
    tryThis: [
      {
        text: foreign
          ? 'Use an image for this processor, or choose nodes that fit'
          : 'Check the command, its arguments and the image',
      },
    ],
    rank: RANK.cause,
  };
};

const endEvidence = ({path, status}: Placed, {exitCode, reason, finishedAt, message}: Ended): Finding['evidence'] => {
  const where = status.state?.terminated === undefined ? `${path}.lastState.terminated` : `${path}.state.terminated`;
  return evidence(
    [`${where}.exitCode`, exitCode],
    [`${where}.reason`, reason],
    [`${where}.finishedAt`, finishedAt],
    [`${where}.message`, message],
    [`${path}.restartCount`, status.restartCount],
  );
};

/** The last words, where logs can be read. */
const logEvidence = async (pod: Pod, {container, status}: Placed, view: ClusterView): Promise<Finding['evidence']> => {
  if (view.lastLog === undefined) return [];
  const previous = status.state?.terminated === undefined;
  const text = await view.lastLog(pod, {container: container.name, previous, lines: 5}).catch(() => '');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-3).map((value) => ({path: previous ? 'log of the run before' : 'log', value}));
};

const previousLogs = (pod: Pod): Finding['tryThis'][number] => ({
  text: `Read the logs of the run before: kdeck logs ${pod.metadata.name} --previous`,
  command: 'pod.previous-logs',
  target: refOf(pod, ref),
});

const runtime = ({startedAt, finishedAt}: Ended): string | undefined => {
  const ms = startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : Number.NaN;
  return ms >= 0 ? humanDuration(ms) : undefined;
};

const isRecent = ({finishedAt}: Ended, now: Date): boolean =>
  finishedAt !== undefined && now.getTime() - Date.parse(finishedAt) < HOUR;
