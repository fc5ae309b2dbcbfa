// Health checks that fail: readiness keeps traffic away, liveness and start-up restart the container.
import {humanDuration} from '../../../../base/age.ts';
import type {Container, CoreEvent, Pod} from '../../../../kube/types/wire.ts';
import type {Diagnosis, Finding} from '../../../kind.ts';
import {msSince} from '../../../shared/columns.ts';
import {probeText} from '../../../shared/describe/probe.ts';
import {evidence, RANK, refOf} from '../../../shared/finding.ts';
import {type Placed, placedContainers} from './place.ts';

const ref = {group: '', kind: 'Pod'};
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type ProbeName = 'readinessProbe' | 'livenessProbe' | 'startupProbe';
const EVENT_WORD: Readonly<Record<ProbeName, string>> = {
  readinessProbe: 'Readiness',
  livenessProbe: 'Liveness',
  startupProbe: 'Startup',
};

export const probesFailing: Diagnosis<Pod> = {
  id: 'pod.readiness-failing',
  find: async (pod, view) => {
    const suspects = placedContainers(pod).flatMap((placed) => {
      const probe = suspectProbe(placed, view.now());
      return probe === undefined ? [] : [{placed, probe}];
    });
    if (suspects.length === 0) return [];
    const events = await view.eventsOf(pod).catch((): readonly CoreEvent[] => []);
    return suspects.flatMap(({placed, probe}) => findingOf(pod, placed, probe, events, view.now()));
  },
};

/** Which check may be to blame, from the state alone; the events then say whether it is. */
const suspectProbe = ({container, status}: Placed, now: Date): ProbeName | undefined => {
  const {running, waiting, terminated} = status.state ?? {};
  const up = msSince(running?.startedAt, now) ?? 0;
  const restarted = status.restartCount > 0 && (msSince(status.lastState?.terminated?.finishedAt, now) ?? HOUR) < HOUR;
  const dying = waiting?.reason === 'CrashLoopBackOff' || terminated !== undefined || restarted;
  if (container.startupProbe !== undefined && status.started !== true && dying) return 'startupProbe';
  if (container.livenessProbe !== undefined && dying) return 'livenessProbe';
  if (container.readinessProbe !== undefined && running !== undefined && !status.ready && up > patience(container))
    return 'readinessProbe';
  return undefined;
};

/** How long the container may take by its own settings, and a little more. */
const patience = ({readinessProbe}: Container): number => {
  const {initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3} = readinessProbe ?? {};
  return Math.min(Math.max((initialDelaySeconds + periodSeconds * failureThreshold) * 1000, MINUTE / 2), 10 * MINUTE);
};

const findingOf = (pod: Pod, placed: Placed, name: ProbeName, events: readonly CoreEvent[], now: Date): readonly Finding[] => {
  const {container, status, title} = placed;
  const probe = container[name];
  if (probe === undefined) return [];
  const failure = events
    .filter(
      ({reason, message, involvedObject}) =>
        reason === 'Unhealthy' &&
        message?.startsWith(EVENT_WORD[name]) === true &&
        (involvedObject.fieldPath ?? '').includes(`{${container.name}}`),
    )
    .toSorted((a, b) => timeOf(b) - timeOf(a))[0];
  // A container may also end by itself; only a failed check that was reported makes the check the cause.
  if (failure === undefined && name !== 'readinessProbe') return [];
  const answer = /probe failed: ([\s\S]*)$/.exec(failure?.message ?? '')?.[1]?.trim();
  const port = undeclaredPort(container, name);
  const what =
    name === 'readinessProbe'
      ? 'runs but does not pass its readiness check, so it gets no traffic'
      : name === 'livenessProbe'
        ? 'does not pass its liveness check, so it is restarted again and again'
        : 'does not pass its start-up check in time, so it is restarted again and again';
  const up = msSince(status.state?.running?.startedAt, now);
  return [
    {
      id:
        name === 'readinessProbe'
          ? 'pod.readiness-failing'
          : name === 'livenessProbe'
            ? 'pod.liveness-failing'
            : 'pod.startup-failing',
      tone: name === 'readinessProbe' ? 'warn' : 'bad',
      says: `${title} ${what}${answer === undefined ? '' : `: ${short(answer)}`}.`,
      object: refOf(pod, ref),
      evidence: evidence(
        [`spec.containers[${container.name}].${name}`, probeText(probe)],
        ['event Unhealthy', failure?.message],
        [`${placed.path}.ready`, String(status.ready)],
        ['running for', up === undefined ? undefined : humanDuration(up)],
      ),
      since: status.state?.running?.startedAt ?? failure?.firstTimestamp,
      tryThis: [
        ...(port === undefined
          ? []
          : [{text: `The check asks port ${port}, which the container does not name; correct one of them`}]),
        {
          text:
            name === 'startupProbe'
              ? 'Give it more time (failureThreshold), or see in its logs what takes so long'
              : name === 'livenessProbe'
                ? 'Check the path and port, or give it a start-up check so that it may take its time'
                : 'Check the path and port of the check, and what the application waits for',
          command: 'pod.logs',
          target: refOf(pod, ref),
        },
      ],
      // A failing liveness check explains the crash loop it makes.
      rank: name === 'readinessProbe' ? RANK.probe : RANK.cause + 1,
    },
  ];
};

const undeclaredPort = (container: Container, name: ProbeName): string | number | undefined => {
  const port = container[name]?.httpGet?.port ?? container[name]?.tcpSocket?.port;
  const ports = container.ports ?? [];
  if (typeof port === 'string') return ports.some((each) => each.name === port) ? undefined : port;
  return port === undefined || ports.length === 0 || ports.some((each) => each.containerPort === port) ? undefined : port;
};

const timeOf = ({lastTimestamp, series, eventTime}: CoreEvent): number =>
  Date.parse(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? '') || 0;

const short = (text: string): string => {
  const line = text.split('\n')[0] ?? '';
  return (line.length > 160 ? `${line.slice(0, 160)}…` : line).replace(/\.$/, '');
};
