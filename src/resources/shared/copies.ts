// Health of things that keep a number of pods running, in the same words everywhere.
import type {KubeObject} from '../../kube/types/object.ts';
import type {Health} from '../kind.ts';
import {msSince} from './columns.ts';

/** How long copies may be missing before it is worth a warning. */
const PATIENCE = 60_000;

type Counts = {readonly want: number; readonly ready: number; readonly existing: number};

/** `2 of 3 copies are ready.` Young objects are busy rather than broken. */
export const copiesHealth = (object: KubeObject, {want, ready, existing}: Counts, now: Date): Health => {
  if (object.metadata.deletionTimestamp !== undefined) return {tone: 'busy', reason: 'It is being deleted.'};
  if (want === 0)
    return existing === 0
      ? {tone: 'idle', reason: 'It is scaled to nothing.'}
      : {tone: 'busy', reason: `It is scaled to nothing; ${copies(existing)} still to stop.`};
  if (ready >= want) return {tone: 'ok', reason: want === 1 ? 'Its only copy is ready.' : `All ${want} copies are ready.`};
  const young = (msSince(object.metadata.creationTimestamp, now) ?? 0) < PATIENCE;
  const reason = ready === 0 ? `None of its ${copies(want)} is ready.` : `${ready} of ${want} copies are ready.`;
  return {tone: young ? 'busy' : ready === 0 ? 'bad' : 'warn', reason};
};

const copies = (count: number): string => (count === 1 ? '1 copy' : `${count} copies`);

/** `FailedCreate: pods "x" is forbidden: exceeded quota …` in plain words. */
export const failedCreateText = (message: string | undefined): string => {
  const quota = /exceeded quota: ([^,]+), requested: (.*), used: (.*), limited: (.*)$/.exec(message ?? '');
  if (quota !== null) return `the quota ${quota[1]} is used up (needs ${quota[2]}, used ${quota[3]}, limit ${quota[4]})`;
  const policy = /violates PodSecurity "([^"]+)": (.*)$/.exec(message ?? '');
  if (policy !== null) return `the pod security level ${policy[1]} forbids them (${policy[2]})`;
  const account = /serviceaccount "([^"]+)" not found/.exec(message ?? '');
  if (account !== null) return `the service account ${account[1]} does not exist`;
  const refused = /is forbidden: (.*)$/s.exec(message ?? '');
  return refused?.[1] ?? message ?? 'the server gave no reason';
};
