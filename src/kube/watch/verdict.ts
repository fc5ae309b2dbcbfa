// What an error of a list or watch means for the next step.
import {KdeckError} from '../../base/errors.ts';
import {StatusError} from '../status-error.ts';

/** The next step after an error. */
export type Verdict = {
  readonly is: 'trouble' | 'denied' | 'absent' | 'expired' | 'simpler' | 'unwatchable' | 'full';
  /** The watch cannot go on from where it was. */
  readonly listAgain: boolean;
  /** The server does not know the version we have: its history is another one, as after a restored backup. */
  readonly forgetVersion: boolean;
  /** Milliseconds the server asked to be left alone. */
  readonly retryAfter: number;
};

const TROUBLE: Verdict = {is: 'trouble', listAgain: false, forgetVersion: false, retryAfter: 0};

/** Thrown by a sink that may hold no more objects. */
export const FULL = 'KD-CACHE-FULL';

export const verdictOn = (thrown: unknown, during: 'list' | 'watch'): Verdict => {
  if (!(thrown instanceof StatusError)) {
    if (thrown instanceof KdeckError && thrown.code === FULL) return {...TROUBLE, is: 'full', listAgain: true};
    const damaged = thrown instanceof KdeckError && thrown.code.endsWith('-DAMAGED');
    return {...TROUBLE, listAgain: damaged};
  }
  const {httpStatus, status} = thrown;
  const tooLarge = status.details?.causes?.some((cause) => cause.reason === 'ResourceVersionTooLarge') === true;
  if (tooLarge) return {...TROUBLE, listAgain: true, forgetVersion: true};
  if (httpStatus === 410 || thrown.reason === 'Expired' || thrown.reason === 'Gone')
    return {...TROUBLE, is: 'expired', listAgain: true};
  if (httpStatus === 403) return {...TROUBLE, is: 'denied'};
  if (httpStatus === 404) return {...TROUBLE, is: 'absent'};
  if (httpStatus === 405) return {...TROUBLE, is: during === 'list' ? 'absent' : 'unwatchable', listAgain: false};
  if (httpStatus === 406 || httpStatus === 415) return {...TROUBLE, is: 'simpler'};
  if (httpStatus === 400 || httpStatus === 422) return {...TROUBLE, listAgain: true};
  return {...TROUBLE, retryAfter: (status.details?.retryAfterSeconds ?? 0) * 1000};
};
